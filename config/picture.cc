#include "config/picture.h"

#include <cstdint>

#include "base/text.h"

namespace signalbox::config {
namespace {

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t three = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      three = three << 8U | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0);
    }
    for (unsigned i = 0; i < 4; ++i) {
      const bool filled = at + i <= bytes.size();
      text += filled ? kDigits[three >> (18U - 6U * i) & 63U] : '=';
    }
  }
  return text;
}

/// Its root element is `svg`, behind a declaration, comments and a document type.
bool is_svg(std::string_view content) {
  const std::string_view text = trim(content.substr(0, content.find("<svg")));
  const bool named = content.find("<svg") != std::string_view::npos;
  const bool begun = text.empty() || text.starts_with("\xEF\xBB\xBF") ||
                     text.starts_with("<?xml") || text.starts_with("<!--") ||
                     text.starts_with("<!DOCTYPE svg");
  return named && begun && content.find('\0') == std::string_view::npos;
}

}  // namespace

std::string picture_url(std::string_view content) {
  std::string_view type;
  if (content.starts_with("\x89PNG\r\n\x1a\n")) type = "png";
  if (content.starts_with("RIFF") && content.substr(0, 12).ends_with("WEBP")) type = "webp";
  if (is_svg(content)) type = "svg+xml";
  if (type.empty()) return {};
  return "data:image/" + std::string(type) + ";base64," + base64(content);
}

}  // namespace signalbox::config
