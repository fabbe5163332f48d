// What the failure of something said means: whether it may be out nevertheless.
#pragma once

#include <string>

#include "base/result.h"
#include "net/http.h"

namespace signalbox::connectors {

/// The Error for a say() whose request failed with `error`: what the other side may have taken is
/// `unavailable` without net::kNeverSent, even when its answer made no sense; a refusal (400, 401,
/// 429, …) stays what it is.
inline Error after_saying(Error error) {
  if (error.code == Error::Code::corrupt) error.code = Error::Code::unavailable;
  return error;
}

/// The Error for a say() that failed in a look-up before it: certainly not out.
inline Error before_saying(Error error) {
  if (error.code == Error::Code::corrupt) error.code = Error::Code::unavailable;
  if (!error.what.starts_with(net::kNeverSent)) error.what.insert(0, net::kNeverSent);
  return error;
}

}  // namespace signalbox::connectors
