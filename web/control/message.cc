#include "web/control/message.h"

#include <charconv>

#include "base/text.h"
#include "web/documents/json.h"

namespace signalbox::web {
namespace {

/// `%41` is `A`; what is no such code stands for itself.
std::string decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char code = 0;
    const char* digits = text.data() + i + 1;
    const bool coded = text[i] == '%' && i + 2 < text.size() &&
                       std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2;
    if (coded) {
      out += static_cast<char>(code);
      i += 2;
    } else {
      out += text[i] == '+' && plus_is_space ? ' ' : text[i];
    }
  }
  return out;
}

void add_fields(StaffRequest& request, std::string_view text) {
  for (const std::string_view field : split(text, '&')) {
    const auto equals = field.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : field.substr(equals + 1);
    if (!field.empty())
      request.given[decoded(field.substr(0, equals), true)] = decoded(value, true);
  }
}

}  // namespace

std::string StaffRequest::value(std::string_view name) const {
  const auto found = given.find(name);
  return found == given.end() ? std::string() : found->second;
}

StaffAnswer staff_error(int status, std::string_view what) {
  return {status, "application/json; charset=utf-8", dumped(Json{{"error", printable(what)}}), {}};
}

std::string path_in(std::string_view target) {
  return decoded(target.substr(0, target.find('?')), false);
}

StaffRequest staff_request(std::string_view method, std::string_view target, std::string body,
                           bool form) {
  StaffRequest request;
  request.method = method;
  request.path = path_in(target);
  if (const auto at = target.find('?'); at != std::string_view::npos) {
    add_fields(request, target.substr(at + 1));
  }
  if (form) add_fields(request, body);
  request.body = std::move(body);
  return request;
}

}  // namespace signalbox::web
