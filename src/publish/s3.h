// A mirror in a bucket that is spoken to as Amazon's S3 is.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "net/client.h"
#include "net/sigv4.h"
#include "publish/mirror.h"

namespace signalbox::publish {

/// Where the bucket is and who writes there.
struct S3Settings {
  std::string base_url;  ///< of the service, without a trailing slash: `https://s3.eu-west-1.…`
  std::string bucket;
  std::string prefix = {};  ///< before every key; "", or ending in `/`
  net::AwsKeys keys;
  /// Files are kept compressed, and given so to everybody (Content-Encoding: gzip): a program that
  /// does not ask for it gets it all the same. Null: as they are.
  std::function<std::string(std::string_view)> gzip = {};
  Duration patience = std::chrono::seconds(30);  ///< for one request
};

/// Requests under way at once.
inline constexpr std::size_t kMostUploads = 8;

/// `NAME.html` is kept under its address as well (`history` beside `history.html`, `de/` beside
/// `de/index.html`): a bucket has nobody who would look for it. A PUT replaces an object whole or
/// not at all. recall() lists the bucket and drops from the manifest, which is kept in the file
/// `manifest`, what has another ETag there than we were told; where listing is refused, the
/// manifest is believed. Objects that we did not write stay.
std::unique_ptr<Mirror> s3_mirror(S3Settings settings, std::string manifest, const Clock& clock);

/// Under which further name a file is kept; "" when under none.
std::string address_of(std::string_view name);

}  // namespace signalbox::publish
