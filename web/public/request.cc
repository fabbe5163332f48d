#include "web/public/request.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <cctype>

#include "base/text.h"
#include "web/public/negotiate.h"

namespace signalbox::web {
namespace {

namespace http = boost::beast::http;

/// A target in origin or absolute form; no path: it is in another one.
struct Target {
  std::string_view authority = {};  ///< "" in origin form
  std::string_view path = {};
};

Target taken_apart(std::string_view target) {
  Target parts;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size()) continue;
    if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const auto slash = target.find_first_of("/?");
    parts.authority = target.substr(0, slash);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
    break;
  }
  if (target.starts_with('/')) parts.path = target.substr(0, target.find_first_of("?#"));
  return parts;
}

/// `Status.Example.:8080` is `status.example`; `[::1]:80` stays in its brackets.
std::string host_in(std::string_view authority) {
  const auto at = authority.rfind('@');
  if (at != std::string_view::npos) authority.remove_prefix(at + 1);
  const bool bracketed = authority.starts_with('[');
  const auto end = bracketed ? authority.find(']') : authority.find(':');
  std::string_view host =
      authority.substr(0, bracketed && end != std::string_view::npos ? end + 1 : end);
  if (host.ends_with('.')) host.remove_suffix(1);
  return to_lower(host);
}

/// Whether a name, an address or a port can be written so (RFC 3986, host and port).
bool is_host_text(std::string_view host) {
  return std::ranges::all_of(host, [](char c) {
    static constexpr std::string_view kBeside = "-._~!$&'()*+,;=:[]%";
    const bool alone = std::isalnum(static_cast<unsigned char>(c)) != 0;
    return alone || kBeside.find(c) != std::string_view::npos;
  });
}

/// `GET / HTTP/2.0`: well formed, but a version we do not speak.
bool names_other_version(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find("\r\n"));
  const auto at = line.rfind(" HTTP/");
  if (at == std::string_view::npos) return false;
  const std::string_view version = line.substr(at + 6);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  // HTTP/0.9 had no version to name: who names it does not speak HTTP.
  return version.size() == 3 && digit(version[0]) && version[0] != '0' && version[1] == '.' &&
         digit(version[2]);
}

/// Whether a line of the head goes on in the next one. Nobody honest writes that any more, and two
/// readers of one request rarely agree on what it means.
bool folds(std::string_view head) {
  if (head.starts_with("\r\n")) return false;
  for (auto at = head.find('\n'); at != std::string_view::npos; at = head.find('\n', at + 1)) {
    const std::string_view next = head.substr(at + 1);
    if (next.starts_with("\r\n")) return false;
    if (next.starts_with(' ') || next.starts_with('\t')) return true;
  }
  return false;
}

}  // namespace

void Request::clear() {
  method = Method::other;
  path.clear();
  query.clear();
  host.clear();
  cookie.clear();
  if_none_match.clear();
  accept_language.clear();
  forwarded_for.clear();
  last_event_id.clear();
  encoding = Encoding::identity;
  takes_html = false;
  method_text.clear();
  referer.clear();
  agent.clear();
  http_1_0 = false;
  authorization.clear();
  content_type.clear();
  body.clear();
}

RequestReader::RequestReader(Request& request, const Letterbox* letterbox, Awaiting* awaiting)
    : request_(request), letterbox_(letterbox), awaiting_(awaiting) {
  request_.clear();
  header_limit(kMostHead);
  body_limit(kMostBody);
  eager(true);
}

RequestReader::Fed RequestReader::feed(std::string_view bytes) {
  if (!is_header_done() && folds(bytes)) return status_ = 400, Fed{Progress::refused, 0};
  std::size_t taken = 0;
  while (!is_done()) {
    ErrorCode ec;
    taken += put(boost::asio::const_buffer(bytes.data() + taken, bytes.size() - taken), ec);
    if (ec == http::error::need_more) return {Progress::needs_more, taken};
    if (ec) return refused(ec, bytes);
    if (!is_done() && taken == bytes.size()) return {Progress::needs_more, taken};
  }
  return {Progress::complete, taken};
}

RequestReader::Fed RequestReader::refused(const ErrorCode& ec, std::string_view bytes) {
  if (status_ != 0) return {Progress::refused, 0};
  status_ = 400;
  if (ec == http::error::header_limit) {
    status_ = version_ == 0 ? 414 : 431;
  }
  if (ec == http::error::body_limit) status_ = 413;
  if (ec == http::error::bad_version && names_other_version(bytes)) status_ = 505;
  return {Progress::refused, 0};
}

void RequestReader::refuse(int status, ErrorCode& ec) {
  status_ = status;
  ec = http::error::bad_value;
}

void RequestReader::on_request_impl(http::verb verb, Text method, Text target, int version,
                                    ErrorCode& ec) {
  version_ = version;
  request_.http_1_0 = version < 11;
  if (request_.for_log) request_.method_text.assign(method);
  if (target.size() > kMostTarget) return refuse(414, ec);
  const auto [authority, path] = taken_apart(target);
  if (path.empty()) return refuse(400, ec);
  request_.path.assign(path);
  host_in_target_ = !authority.empty();
  if (!is_host_text(authority)) return refuse(400, ec);
  if (host_in_target_) request_.host = host_in(authority);
  const std::size_t mark = target.find('?');
  if (mark != Text::npos) {
    const std::string_view rest = std::string_view(target).substr(mark + 1);
    request_.query.assign(rest.substr(0, rest.find('#')));
  }
  if (verb == http::verb::get) request_.method = Request::Method::get;
  if (verb == http::verb::head) request_.method = Request::Method::head;
  if (verb == http::verb::post) request_.method = Request::Method::post;
  if (verb == http::verb::options) request_.method = Request::Method::options;
}

void RequestReader::on_field_impl(Field field, Text name, Text value, ErrorCode& ec) {
  switch (field) {
    case Field::host:
      ++hosts_;
      if (!is_host_text(value)) return refuse(400, ec);
      if (!host_in_target_) request_.host = host_in(value);
      return;
    case Field::cookie:
      if (!request_.cookie.empty()) request_.cookie += ';';
      request_.cookie.append(value);
      return;
    case Field::accept:
      request_.takes_html |= value.find("text/html") != Text::npos;
      return;
    case Field::accept_encoding:
      request_.encoding = preferred(value);
      return;
    case Field::if_none_match:
      request_.if_none_match.assign(value);
      return;
    case Field::referer:
      if (request_.for_log) request_.referer.assign(value);
      return;
    case Field::user_agent:
      if (request_.for_log) request_.agent.assign(value);
      return;
    case Field::accept_language:
      if (!request_.accept_language.empty()) request_.accept_language += ',';
      request_.accept_language.append(value);
      return;
    case Field::authorization:
      request_.authorization.assign(value);
      return;
    case Field::content_type:
      request_.content_type.assign(value);
      return;
    case Field::expect:
      if (!equal_ignoring_case(value, "100-continue")) return refuse(417, ec);
      continues_ = version_ >= 11;
      return;
    case Field::transfer_encoding:
      // Anything but exactly one "chunked" on HTTP/1.1 is how requests are smuggled.
      if (version_ < 11 || !equal_ignoring_case(value, "chunked")) refuse(400, ec);
      return;
    default:
      break;
  }
  if (equal_ignoring_case(name, "last-event-id")) request_.last_event_id.assign(value);
  if (!equal_ignoring_case(name, "x-forwarded-for")) return;
  if (!request_.forwarded_for.empty()) request_.forwarded_for += ',';
  request_.forwarded_for.append(value);
}

void RequestReader::on_header_impl(ErrorCode& ec) {
  if (hosts_ > 1 || (version_ >= 11 && hosts_ == 0)) return refuse(400, ec);
  if (request_.method != Request::Method::post) return;
  keeps_ = letterbox_ != nullptr && letterbox_->takes(request_.path) &&
           letterbox_->admits(request_.authorization);
  keeps_ = keeps_ || (awaiting_ != nullptr && awaiting_->awaits(request_));
}

std::size_t RequestReader::keep(Text body) {
  if (keeps_ && request_.body.size() + body.size() <= kMostBody) request_.body.append(body);
  return body.size();
}

}  // namespace signalbox::web
