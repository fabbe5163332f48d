// A document's bytes: head, body and 304, in each encoding.
#include <sodium.h>

#include <array>

#include "web/documents/compress.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

/// Below this a compressed body saves no packet.
constexpr std::size_t kWorthCompressing = 600;

std::string_view suffix(Encoding encoding) {
  switch (encoding) {
    case Encoding::identity:
      return "";
    case Encoding::gzip:
      return "-gz";
    case Encoding::brotli:
      return "-br";
  }
  return "";
}

std::string_view coding_line(Encoding encoding) {
  switch (encoding) {
    case Encoding::identity:
      return "";
    case Encoding::gzip:
      return "Content-Encoding: gzip\r\n";
    case Encoding::brotli:
      return "Content-Encoding: br\r\n";
  }
  return "";
}

/// The same for the same body, in every run and on every machine.
std::string tag_of(std::string_view body) {
  constexpr std::array<unsigned char, crypto_shorthash_KEYBYTES> kKey{};
  std::array<unsigned char, crypto_shorthash_BYTES> hash{};
  crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(body.data()), body.size(),
                   kKey.data());
  std::array<char, 2 * crypto_shorthash_BYTES + 1> text{};
  return sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
}

}  // namespace

Document::Document(std::string body, Heading heading)
    : heading_(std::move(heading)), tag_(tag_of(body)) {
  identity_ = made(Encoding::identity, std::move(body));
}

Bytes Document::made(Encoding encoding, std::string body) const {
  Bytes bytes;
  bytes.etag = "\"" + tag_ + std::string(suffix(encoding)) + "\"";
  const std::string vary = heading_.vary.empty() ? "" : heading_.vary + ", ";
  const std::string common =
      "ETag: " + bytes.etag + "\r\nVary: " + vary + "Accept-Encoding\r\n" + heading_.extra;
  bytes.head = "HTTP/1.1 200 OK\r\nContent-Type: " + heading_.content_type +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
               std::string(coding_line(encoding)) + "Accept-Ranges: none\r\n" + common;
  bytes.not_modified = "HTTP/1.1 304 Not Modified\r\n" + common;
  bytes.body = std::move(body);
  return bytes;
}

const Bytes& Document::compressed(Encoding encoding, std::once_flag& once, Bytes& bytes) const {
  std::call_once(once, [&] {
    std::string body = encoding == Encoding::gzip ? gzip(identity_.body) : brotli(identity_.body);
    if (!body.empty() && body.size() < identity_.body.size()) {
      bytes = made(encoding, std::move(body));
    }
  });
  return bytes.body.empty() ? identity_ : bytes;
}

const Bytes& Document::bytes(Encoding wanted) const {
  if (identity_.body.size() < kWorthCompressing) return identity_;
  switch (wanted) {
    case Encoding::identity:
      return identity_;
    case Encoding::gzip:
      return compressed(wanted, gzip_once_, gzip_);
    case Encoding::brotli:
      return compressed(wanted, brotli_once_, brotli_);
  }
  return identity_;
}

}  // namespace signalbox::web
