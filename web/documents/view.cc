#include "web/documents/view.h"

#include <sodium.h>

#include <array>
#include <map>
#include <memory>

#include "base/check.h"
#include "base/text.h"
#include "web/documents/embedded.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

using kainjow::mustache::mustache;

/// The template's text with every `{{>part}}` replaced by that file, so that it is parsed once.
std::string assembled(std::string_view name) {
  std::string text = embedded(name);
  for (std::size_t at = text.find("{{>"); at != std::string::npos; at = text.find("{{>", at)) {
    const std::size_t end = text.find("}}", at);
    check(end != std::string::npos, "a template's partial has no end");
    std::string part = text.substr(at + 3, end - at - 3);
    if (part.find('.') == std::string::npos) part += ".mustache";
    text.replace(at, end + 2 - at, embedded(part));
  }
  return text;
}

/// With every `{{t.KEY}}` replaced by that message.
std::string in_language(std::string text, const Language& language) {
  constexpr std::string_view kOpen = "{{t.";
  for (std::size_t at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at)) {
    const std::size_t end = text.find("}}", at);
    check(end != std::string::npos, "a template's message has no end");
    const std::size_t key = at + kOpen.size();
    text.replace(at, end + 2 - at, language.text(text.substr(key, end - key)));
  }
  return text;
}

/// Rendering writes into the parsed template, so each thread has its own.
mustache& parsed(std::string_view name, const Language& language) {
  using Key = std::pair<std::string, const Language*>;
  thread_local std::map<Key, std::unique_ptr<mustache>> templates;
  auto& made = templates[{std::string(name), &language}];
  if (made != nullptr) return *made;
  made = std::make_unique<mustache>(in_language(assembled(name), language));
  check(made->is_valid(), "a built-in template does not parse");
  return *made;
}

/// A run of text; a link where `url` is not empty.
View part(std::string_view text, const std::string& url) {
  View view;
  view["text"] = View(std::string(text));
  view["url"] = plain_text(url);
  return view;
}

/// Where the link that starts at `at` ends: before white space, punctuation at its end, and a
/// bracket that closes none of its own.
std::size_t link_end(std::string_view text, std::size_t at) {
  const std::size_t stop = std::min(text.find_first_of(" \t\n\"<>\\", at), text.size());
  std::size_t end = at;
  std::size_t open = 0;
  for (std::size_t i = at; i < stop; ++i) {
    const bool opens = text[i] == '(' || text[i] == '[';
    const bool closes = text[i] == ')' || text[i] == ']';
    const bool ends = opens || std::string_view(".,;:!?'").find(text[i]) != std::string_view::npos;
    if (closes ? open > 0 : !ends) end = i + 1;
    if (opens) ++open;
    if (closes && open > 0) --open;
  }
  return end;
}

/// Where the next http:// or https:// begins, in any case; npos when there is none.
std::size_t next_link(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("://", from); at != std::string_view::npos;
       at = text.find("://", at + 3)) {
    for (const std::string_view scheme : {"https", "http"}) {
      const std::size_t length = scheme.size();
      if (at < from + length) continue;
      if (equal_ignoring_case(text.substr(at - length, length), scheme)) return at - length;
    }
  }
  return std::string_view::npos;
}

}  // namespace

View optional_text(std::string_view text) { return text.empty() ? View(false) : text_view(text); }

View list_view(ViewList list) {
  View view(View::type::list);
  // The library takes lists by copy only; what it lends out as a constant is none.
  const_cast<ViewList&>(view.list_value()).swap(list);
  return view;
}

View text_view(std::string_view text) { return View(shown(text)); }

View plain_text(const std::string& text) { return text.empty() ? View(false) : View(text); }

View svg_view(const charts::Svg& svg) { return View(svg.markup); }

View parts(std::string_view raw) {
  const std::string text = shown(raw);
  ViewList list;
  std::size_t done = 0;
  for (std::size_t at = next_link(text, 0); at != std::string::npos; at = next_link(text, done)) {
    const std::size_t end = link_end(text, at);
    const std::string_view link = std::string_view(text).substr(at, end - at);
    if (at > done) list.push_back(part(std::string_view(text).substr(done, at - done), ""));
    list.push_back(part(link, safe_link(link)));
    done = end;
  }
  if (done < text.size()) list.push_back(part(std::string_view(text).substr(done), ""));
  return View(list);
}

std::string filled(std::string_view template_name, const View& view, const Language& language) {
  std::string out;
  out.reserve(64 * 1024);
  parsed(template_name, language).render(view, [&out](const std::string& piece) { out += piece; });
  return out;
}

std::string style_hash(std::string_view name) { return hash_of_style(embedded(name)); }

std::string hash_of_style(std::string_view style) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(style.data()),
                     style.size());
  std::array<char,
             sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)>
      text{};
  sodium_bin2base64(text.data(), text.size(), digest.data(), digest.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  return "'sha256-" + std::string(text.data()) + "'";
}

}  // namespace signalbox::web
