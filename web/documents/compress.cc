#include "web/documents/compress.h"

#include <brotli/encode.h>
#include <libdeflate.h>

#include <memory>

namespace signalbox::web {
namespace {

constexpr int kGzipLevel = 6;
constexpr int kBrotliQuality = 4;

}  // namespace

std::string gzip(std::string_view body) {
  struct Free {
    void operator()(libdeflate_compressor* one) const { libdeflate_free_compressor(one); }
  };
  thread_local const std::unique_ptr<libdeflate_compressor, Free> compressor(
      libdeflate_alloc_compressor(kGzipLevel));
  if (compressor == nullptr) return {};
  std::string out(libdeflate_gzip_compress_bound(compressor.get(), body.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(compressor.get(), body.data(), body.size(), out.data(), out.size()));
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
