// AWS Signature Version 4: proves to Amazon's services that a request is ours, without sending the
// secret.
#pragma once

#include <string>

#include "base/secret.h"
#include "base/time.h"
#include "net/http.h"

namespace signalbox::net {

/// Who signs, and for what.
struct AwsKeys {
  std::string access_key;
  Secret secret_key;
  Secret session_token = {};  ///< of temporary credentials; else empty
  std::string region;         ///< "eu-west-1"
  std::string service;        ///< "monitoring"
};

/// `request` with X-Amz-Date, Authorization (X-Amz-Security-Token, and X-Amz-Content-Sha256 where
/// the service is "s3"). Its method, path, query, body and Content-Type are signed: nothing of them
/// may change afterwards. A signature is good for five minutes around `now`.
Request signed_v4(Request request, const AwsKeys& keys, Time now);

}  // namespace signalbox::net
