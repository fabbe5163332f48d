// The languages pages speak, each a file of messages in web/messages.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace signalbox::web {

/// One language. Made once, never changed: any thread may read it.
class Language {
 public:
  using Messages = std::map<std::string, std::string, std::less<>>;

  Language(std::string code, Messages messages);

  /// As HTML's `lang` and paths have it: "en".
  const std::string& code() const { return code_; }
  /// "ltr" or "rtl", as HTML's `dir` has it.
  std::string_view direction() const { return text("direction"); }
  /// The message of that key. A key without a message is a mistake of ours and stops the program.
  const std::string& text(std::string_view key) const;
  const Messages& messages() const { return messages_; }

 private:
  std::string code_;
  Messages messages_;
};

/// English first: what is said where nobody asked for another.
std::span<const Language> languages();
const Language& english();
/// The language of that code; null when there is none.
const Language* language(std::string_view code);

}  // namespace signalbox::web
