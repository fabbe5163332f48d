#include "net/trouble_words.h"

namespace signalbox::net {

std::string_view plain_words(CURLcode code) {
  switch (static_cast<int>(code)) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "the name does not resolve";
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "the proxy's name does not resolve";
    case CURLE_COULDNT_CONNECT:
      return "no connection: refused, or nobody is there";
    case CURLE_OPERATION_TIMEDOUT:
      return "no answer in the time allowed";
    case CURLE_PEER_FAILED_VERIFICATION:
      return "the certificate is not to be trusted: ended, for another name, or of an unknown "
             "issuer";
    case CURLE_SSL_CONNECT_ERROR:
      return "no secure connection: TLS failed";
    case CURLE_GOT_NOTHING:
      return "the connection was closed without an answer";
    case CURLE_SEND_ERROR:
      return "the connection broke while asking";
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return "the connection broke before the answer was there";
    case CURLE_PARTIAL_FILE:
      return "the answer ends too early";
    case CURLE_WEIRD_SERVER_REPLY:
      return "the answer is not HTTP";
    case CURLE_BAD_CONTENT_ENCODING:
      return "the answer cannot be decompressed";
    case CURLE_URL_MALFORMAT:
      return "not a URL that can be asked";
    case CURLE_UNSUPPORTED_PROTOCOL:
      return "neither http nor https";
    default:
      return curl_easy_strerror(code);
  }
}

}  // namespace signalbox::net
