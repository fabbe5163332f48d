// A request of staff and its answer, as plain values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::web {

/// A request, read whole.
struct StaffRequest {
  std::string method;
  std::string path;                                       ///< decoded, without the query
  std::map<std::string, std::string, std::less<>> given;  ///< by the query, or by a form's fields
  std::string body;

  /// What was given by that name, or "".
  std::string value(std::string_view name) const;
};

/// What is said to it.
struct StaffAnswer {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  ///< beside what every answer has
};

/// What the head of a request alone decides.
struct Admission {
  std::optional<StaffAnswer> refused;  ///< it goes no further: its body is not waited for
  bool known = false;                  ///< by the token or a session; else it may only be a login
};

/// `{"error": what}`.
StaffAnswer staff_error(int status, std::string_view what);

/// The path of a request's target, decoded.
std::string path_in(std::string_view target);
/// Puts together what came; `form`: the body holds a form's fields.
StaffRequest staff_request(std::string_view method, std::string_view target, std::string body,
                           bool form);

}  // namespace signalbox::web
