#include "board/veil.h"

#include <algorithm>

namespace signalbox::board {
namespace {

constexpr std::string_view kInstead = "another service";

/// Bytes of other than ASCII characters belong to words.
bool in_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || byte == '_' || (byte >= '0' && byte <= '9') ||
         ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
}

/// Whether `name` stands at `at` as words of their own.
bool stands_at(std::string_view text, std::size_t at, std::string_view name) {
  if (text.compare(at, name.size(), name) != 0) return false;
  const std::size_t end = at + name.size();
  const bool begins = at == 0 || !in_word(text[at - 1]) || !in_word(name.front());
  return begins && (end == text.size() || !in_word(text[end]) || !in_word(name.back()));
}

}  // namespace

Veil::Veil(const std::vector<std::string>& hidden, const std::vector<std::string>& kept) {
  const auto add = [this](const std::vector<std::string>& names, bool hide) {
    for (const std::string& name : names) {
      if (!name.empty())
        names_.at(static_cast<unsigned char>(name.front())).push_back({name, hide});
    }
  };
  add(kept, false);
  add(hidden, true);
  for (auto& names : names_) {
    std::ranges::stable_sort(names, std::ranges::greater{},
                             [](const Name& name) { return name.text.size(); });
  }
}

const Veil::Name* Veil::longest_at(std::string_view text, std::size_t at) const {
  for (const Name& name : names_.at(static_cast<unsigned char>(text[at]))) {
    if (stands_at(text, at, name.text)) return &name;
  }
  return nullptr;
}

std::string Veil::over(std::string_view text) const {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Name* name = longest_at(text, at);
    if (name == nullptr) {
      out += text[at++];
      continue;
    }
    out += name->hidden ? kInstead : std::string_view(name->text);
    at += name->text.size();
  }
  return out;
}

}  // namespace signalbox::board
