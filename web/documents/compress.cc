#include "web/documents/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

namespace signalbox::web {
namespace {

constexpr int kGzipLevel = 5;
constexpr int kGzipWindow = 15 + 16;  // 16: a gzip header
constexpr int kGzipMemory = 8;
constexpr int kBrotliQuality = 4;

}  // namespace

std::string gzip(std::string_view body) {
  z_stream stream{};
  if (deflateInit2(&stream, kGzipLevel, Z_DEFLATED, kGzipWindow, kGzipMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return {};
  }
  std::string out(deflateBound(&stream, body.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

std::string brotli(std::string_view body) {
  std::size_t size = BrotliEncoderMaxCompressedSize(body.size());
  std::string out(size, '\0');
  const auto* in = reinterpret_cast<const std::uint8_t*>(body.data());
  auto* to = reinterpret_cast<std::uint8_t*>(out.data());
  if (BrotliEncoderCompress(kBrotliQuality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.size(),
                            in, &size, to) == BROTLI_FALSE) {
    return {};
  }
  out.resize(size);
  return out;
}

}  // namespace signalbox::web
