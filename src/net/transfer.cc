#include "net/transfer.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/text.h"
#include "net/check_request.h"
#include "net/learned.h"
#include "net/lookups.h"
#include "net/route.h"
#include "net/trouble_words.h"

namespace signalbox::net {
namespace {

constexpr std::size_t kMostHeaderBytes = 64u << 10;

std::string authority(std::string_view url) {
  const std::size_t start = url.find("://") + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", start), url.size());
  return to_lower(url.substr(0, end));
}

/// The name in `authority` (`http://name:80`) that must be looked up; "" for addresses and
/// localhost.
std::string name_in(std::string_view authority) {
  std::string_view host = authority.substr(authority.find("://") + 3);
  host.remove_prefix(host.rfind('@') == std::string_view::npos ? 0 : host.rfind('@') + 1);
  if (host.starts_with('[')) return "";
  const std::string name(host.substr(0, host.rfind(':')));
  in_addr address{};
  return name == "localhost" || inet_pton(AF_INET, name.c_str(), &address) == 1 ? "" : name;
}

/// Proxies come from the environment as everywhere, but never stand between us and our own machine.
std::string make_without_proxy() {
  const char* lower = std::getenv("no_proxy");
  const char* upper = std::getenv("NO_PROXY");
  const char* named = lower != nullptr ? lower : upper;
  return (named != nullptr ? std::string(named) + "," : "") + "localhost,127.0.0.1,::1";
}

const std::string& without_proxy() {
  static const std::string all = make_without_proxy();
  return all;
}

/// A connection was refused by our own machine: no port, buffer or leave to connect.
bool refused_here(long error) {
  return error == EADDRNOTAVAIL || error == ENOBUFS || error == ENOMEM || error == EMFILE ||
         error == ENFILE || error == EPERM || error == EACCES;
}

/// Whether the caller wants a connection of its own, closed afterwards.
bool wants_own_connection(const Headers& headers) {
  return std::ranges::any_of(headers, [](const auto& header) {
    return equal_ignoring_case(header.first, "connection") &&
           equal_ignoring_case(header.second, "close");
  });
}

}  // namespace

Transfer::Transfer(Request request, const std::string& user_agent, Done done)
    : request_(std::move(request)),
      done_(std::move(done)),
      user_agent_(user_agent),
      host_(authority(request_.url)),
      place_(place_of(request_)),
      deadline_(std::chrono::steady_clock::now() + request_.timeout),
      zone_(zone_of(name_in(host_))),
      looking_up_(!zone_.empty()) {}

CURL* Transfer::start(Handle blank, Moment now) {
  easy_ = std::move(blank);
  curl_easy_setopt(easy_.get(), CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy_.get(), CURLOPT_PRIVATE, this);
  set_method();
  set_headers();
  set_limits(now);
  set_connection();
  set_callbacks();
  note_delay(now);
  return easy_.get();
}

Transfer::Handle Transfer::take_handle() {
  if (request_.connect_only) return nullptr;  // libcurl leaves its connection on it
  curl_easy_reset(easy_.get());
  return std::move(easy_);
}

void Transfer::set_method() {
  CURL* easy = easy_.get();
  if (request_.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  const bool has_body = !request_.body.empty() || request_.method != "GET";
  if (has_body && request_.method != "DELETE") {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request_.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.c_str());
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

void Transfer::set_headers() {
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  bool typed = false;
  for (const auto& [name, value] : request_.headers) {
    typed = typed || equal_ignoring_case(name, "content-type");
    // libcurl sends a header without a value only when it is written with a semicolon.
    const std::string line = value.empty() ? name + ";" : name + ": " + value;
    list = curl_slist_append(list, line.c_str());
  }
  if (!typed) list = curl_slist_append(list, "Content-Type:");
  headers_.reset(list);
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, list);
  curl_easy_setopt(easy_.get(), CURLOPT_USERAGENT, user_agent_.c_str());
  curl_easy_setopt(easy_.get(), CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
}

void Transfer::set_limits(Moment now) {
  CURL* easy = easy_.get();
  const auto left = std::chrono::duration_cast<Duration>(deadline_ - now);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, std::max<long>(1, left.count()));
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request_.most_bytes));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  // A look-up that hangs must not be waited for when its transfer is given up.
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

void Transfer::set_connection() {
  CURL* easy = easy_.get();
  const bool only = request_.connect_only;
  curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, only ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_NOPROXY, only ? "*" : without_proxy().c_str());
  const bool own = only || wants_own_connection(request_.headers);
  if (own || request_.speaks) curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  if (own) curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
  if (request_.about_certificate) curl_easy_setopt(easy, CURLOPT_CERTINFO, 1L);
  if (request_.ca_file.empty()) return;
  curl_easy_setopt(easy, CURLOPT_CAINFO, request_.ca_file.c_str());
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
}

void Transfer::set_callbacks() {
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_connected);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
}

void Transfer::finish(CURLcode code) {
  if (code != CURLE_OK) return fail(meaning(code));
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  response_.took = time_taken(easy_.get(), request_.connect_only);
  if (request_.about_certificate) response_.certificate_ends = certificate_ends(easy_.get());
  done_(std::move(response_));
}

void Transfer::fail(Error error) { done_(std::move(error)); }

void Transfer::note_delay(Moment now) { held_up_ = deadline_ - now < request_.timeout / 2; }

bool Transfer::way_out() const {
  return std::ranges::any_of(addresses_, [](const Address& one) {
    return has_route(reinterpret_cast<const sockaddr*>(&one.bytes), one.size);
  });
}

bool Transfer::maybe_ours(CURLcode code) const {
  long refusal = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &refusal);
  switch (static_cast<int>(code)) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_FAILED_INIT:
    case CURLE_OUT_OF_MEMORY:
    case CURLE_SSL_CACERT_BADFILE:
      return true;
    case CURLE_COULDNT_CONNECT:
      return no_socket_ || refused_here(refusal) || !way_out();
    case CURLE_OPERATION_TIMEDOUT:
      return held_up_ || no_socket_ || (!sending_ && !way_out());
    default:
      return false;
  }
}

Error Transfer::meaning(CURLcode code) const {
  const std::string mark(sending_ ? "" : kNeverSent);
  if (too_long_ || code == CURLE_FILESIZE_EXCEEDED) {
    const bool our_limit = header_bytes_ <= kMostHeaderBytes;
    return corrupt(place_ + ": the answer is longer than " + std::to_string(request_.most_bytes) +
                   " bytes" + std::string(our_limit ? kMaybeOurs : ""));
  }
  const std::string what = mark + place_ + ": " + std::string(plain_words(code));
  switch (static_cast<int>(code)) {
    case CURLE_URL_MALFORMAT:
      return invalid(what);
    case CURLE_UNSUPPORTED_PROTOCOL:  // also an answer that is not HTTP/1
      return sending_ ? corrupt(place_ + ": the answer is not HTTP") : invalid(what);
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:
      return corrupt(what);
    default:
      return unavailable(what + std::string(maybe_ours(code) ? kMaybeOurs : ""));
  }
}

std::size_t Transfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMostHeaderBytes) {
    too_long_ = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) {  // a new head: what came before was an interim answer
    response_.headers.clear();
    return line.size();
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    response_.headers.emplace_back(to_lower(trim(line.substr(0, colon))),
                                   std::string(trim(line.substr(colon + 1))));
  }
  return line.size();
}

std::size_t Transfer::take_body(std::string_view part) {
  if (part.size() > request_.most_bytes - response_.body.size()) {
    too_long_ = true;
    return part.empty() ? 1 : 0;
  }
  response_.body += part;
  return part.size();
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->take_header({bytes, size * count});
}

std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->take_body({bytes, size * count});
}

int Transfer::on_connected(void* self, char*, char*, int, int) {
  auto* transfer = static_cast<Transfer*>(self);
  transfer->looking_up_ = false;
  transfer->sending_ = true;
  return CURL_PREREQFUNC_OK;
}

curl_socket_t Transfer::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto* transfer = static_cast<Transfer*>(self);
  transfer->looking_up_ = false;
  if (transfer->addresses_.empty()) transfer->note_delay(std::chrono::steady_clock::now());
  Address& tried = transfer->addresses_.emplace_back();
  tried.size = std::min<socklen_t>(address->addrlen, sizeof tried.bytes);
  std::memcpy(&tried.bytes, &address->addr, tried.size);
  const int made = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  transfer->no_socket_ = made < 0 && errno != EAFNOSUPPORT;
  return made;
}

}  // namespace signalbox::net
