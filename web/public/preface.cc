#include "web/public/preface.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "web/public/networks.h"

namespace signalbox::web {
namespace {

constexpr std::string_view kLine = "PROXY ";
constexpr std::string_view kSignature{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::size_t kBlockHead = 16;

constexpr Preface kMore{Preface::Progress::needs_more};
constexpr Preface kBroken{Preface::Progress::broken};

Preface complete(std::size_t taken, std::string client) {
  return {Preface::Progress::complete, taken, std::move(client)};
}

std::uint8_t octet(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

std::size_t length_at(std::string_view bytes, std::size_t at) {
  return std::size_t{octet(bytes, at)} * 256 + octet(bytes, at + 1);
}

bool is_port(std::string_view text) {
  int port = -1;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  const bool zeros = text.size() > 1 && text[0] == '0';
  return error == std::errc() && stop == end && port >= 0 && port <= 65535 && !zeros;
}

/// An address of that family, written plainly.
std::optional<std::string> written_address(std::string_view text, bool six) {
  const bool plain = text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  const auto colons = std::ranges::count(text, ':');
  if (!plain || (six ? colons < 2 : colons > 0)) return std::nullopt;
  const auto bytes = ip_bytes(text);
  return bytes ? std::optional(ip_text(*bytes)) : std::nullopt;
}

/// `PROXY TCP4 192.0.2.7 198.51.100.1 49152 443`.
Preface read_line(std::string_view bytes) {
  const auto end = bytes.substr(0, kMostPrefaceLine).find("\r\n");
  if (end == std::string_view::npos) return bytes.size() < kMostPrefaceLine ? kMore : kBroken;
  const auto words = split(bytes.substr(0, end), ' ');
  if (words[1] == "UNKNOWN") return complete(end + 2, "");
  const bool six = words[1] == "TCP6";
  if (words.size() != 6 || (!six && words[1] != "TCP4")) return kBroken;
  auto client = written_address(words[2], six);
  if (!client || !written_address(words[3], six)) return kBroken;
  if (!is_port(words[4]) || !is_port(words[5])) return kBroken;
  return complete(end + 2, std::move(*client));
}

/// What follows the addresses: type, length of two bytes, value.
bool additions_fit(std::string_view rest) {
  while (!rest.empty()) {
    if (rest.size() < 3 || length_at(rest, 1) > rest.size() - 3) return false;
    rest.remove_prefix(3 + length_at(rest, 1));
  }
  return true;
}

std::string block_address(std::string_view addresses, bool six) {
  IpBytes bytes{};
  if (!six) bytes.at(10) = bytes.at(11) = 0xff;
  std::copy_n(addresses.begin(), six ? 16 : 4, bytes.begin() + (six ? 0 : 12));
  return ip_text(bytes);
}

/// Of a block that speaks for a client.
Preface spoken_for(std::uint8_t family, std::string_view rest, std::size_t taken) {
  constexpr std::uint8_t kUnspecified = 0x00, kTcp4 = 0x11, kTcp6 = 0x21, kUnix = 0x31;
  struct Form {
    std::uint8_t family;
    std::size_t addresses;
  };
  static constexpr std::array<Form, 3> kForms = {{{kTcp4, 12}, {kTcp6, 36}, {kUnix, 216}}};
  if (family == kUnspecified) return complete(taken, "");
  const auto form = std::ranges::find(kForms, family, &Form::family);
  if (form == kForms.end() || rest.size() < form->addresses) return kBroken;
  if (!additions_fit(rest.substr(form->addresses))) return kBroken;
  return complete(taken, family == kUnix ? "" : block_address(rest, family == kTcp6));
}

Preface read_block(std::string_view bytes) {
  if (bytes.size() < kBlockHead) return kMore;
  const std::size_t taken = kBlockHead + length_at(bytes, 14);
  const std::uint8_t command = octet(bytes, 12);
  constexpr std::uint8_t kLocal = 0x20, kProxy = 0x21;
  if ((command != kLocal && command != kProxy) || taken > kMostPrefaceBlock) return kBroken;
  if (bytes.size() < taken) return kMore;
  if (command == kLocal) return complete(taken, "");
  return spoken_for(octet(bytes, 13), bytes.substr(kBlockHead, taken - kBlockHead), taken);
}

bool begins(std::string_view bytes, std::string_view with) {
  return bytes.substr(0, with.size()) == with.substr(0, bytes.size());
}

}  // namespace

Preface read_preface(std::string_view bytes) {
  if (begins(bytes, kSignature)) return read_block(bytes);
  if (!begins(bytes, kLine)) return kBroken;
  return bytes.size() < kLine.size() ? kMore : read_line(bytes);
}

}  // namespace signalbox::web
