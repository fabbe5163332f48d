// One request off the wire: Beast's parser, told to keep only what we answer by and to refuse what
// is not clean HTTP.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "web/public/letterbox.h"
#include "web/publisher.h"

namespace signalbox::web {

/// The caps of a request (threat model: slow or huge requests).
inline constexpr std::size_t kMostHead = 8 * 1024;
inline constexpr std::size_t kMostTarget = 4 * 1024;
inline constexpr std::size_t kMostBody = 64 * 1024;

/// What is kept of a request. Reused from one to the next, so that a request in the usual size
/// allocates nothing.
struct Request {
  enum class Method { get, head, post, options, other };
  Method method = Method::other;
  std::string path;    ///< without query; of an absolute target, its path
  std::string query;   ///< what follows the `?`
  std::string host;    ///< asked for, lower case, without port and closing dot; "" of HTTP/1.0
  std::string cookie;  ///< all Cookie lines, joined by `;`
  std::string if_none_match;
  std::string accept_language;  ///< as much of it as the cap of the head lets through
  std::string last_event_id;    ///< of a live stream that begins again
  std::string forwarded_for;    ///< all X-Forwarded-For lines, joined by commas
  std::string authorization;
  std::string content_type;
  std::string body;  ///< of a POST that somebody awaits; else it is read and dropped
  Encoding encoding = Encoding::identity;
  bool takes_html = false;  ///< as browsers say when they go somewhere; programs rarely do
  bool for_log = false;     ///< set by who asks: the three below are kept, too
  std::string method_text;
  std::string referer;
  std::string agent;
  bool http_1_0 = false;
  /// All but `for_log`.
  void clear();
};

/// Whether a POST is awaited beside the letterbox. Used by one thread only.
class Awaiting {
 public:
  virtual ~Awaiting() = default;
  /// Asked when the head has come.
  virtual bool awaits(const Request& request) = 0;
};

/// Reads one request. Feed it what has come; it says how much it took.
class RequestReader final : public boost::beast::http::basic_parser<true> {
 public:
  /// `request` outlives it and is filled; so do `letterbox` and `awaiting` (may be null), which are
  /// asked whose body is kept.
  explicit RequestReader(Request& request, const Letterbox* letterbox = nullptr,
                         Awaiting* awaiting = nullptr);

  enum class Progress { needs_more, complete, refused };
  /// Takes what it can of `bytes`; `taken` says how much. After `refused`, status() says why.
  struct Fed {
    Progress progress;
    std::size_t taken;
  };
  Fed feed(std::string_view bytes);
  /// 400, 413, 414, 417, 431 or 505: the one answer before the connection is closed.
  int status() const { return status_; }
  bool head_done() const { return is_header_done(); }
  /// Whether the other side waits for a 100 before it sends the body (RFC 9110, section 10.1.1);
  /// true once.
  bool wants_continue() { return head_done() && std::exchange(continues_, false); }

 private:
  using Field = boost::beast::http::field;
  using ErrorCode = boost::beast::error_code;
  using Text = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb verb, Text method, Text target, int version,
                       ErrorCode& ec) override;
  void on_response_impl(int, Text, int, ErrorCode&) override {}
  void on_field_impl(Field field, Text name, Text value, ErrorCode& ec) override;
  void on_header_impl(ErrorCode& ec) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  std::size_t on_body_impl(Text body, ErrorCode&) override { return keep(body); }
  void on_chunk_header_impl(std::uint64_t, Text, ErrorCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text body, ErrorCode&) override {
    return keep(body);
  }
  void on_finish_impl(ErrorCode&) override {}

  void refuse(int status, ErrorCode& ec);
  Fed refused(const ErrorCode& ec, std::string_view bytes);
  std::size_t keep(Text body);

  Request& request_;
  const Letterbox* letterbox_;
  Awaiting* awaiting_;
  bool host_in_target_ = false;  // it goes before a Host line
  bool keeps_ = false;
  bool continues_ = false;
  int status_ = 0;
  int version_ = 0;
  int hosts_ = 0;
};

}  // namespace signalbox::web
