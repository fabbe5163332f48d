#include "connectors/recipe/selector.h"

#include <optional>

#include "base/text.h"

namespace signalbox::connectors::recipe {
namespace {

/// Reads a selector from left to right; the first thing it does not know is `wrong`.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<std::string> all() {
    std::string path = one();
    while (wrong_.empty() && take(',')) path += " | " + one();
    if (wrong_.empty() && at_ < text_.size()) refuse("`" + std::string(1, text_[at_]) + "`");
    if (!wrong_.empty())
      return invalid(wrong_ + " is not among the selectors known here; an `xpath` may say it");
    return path;
  }

 private:
  static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || static_cast<unsigned char>(c) >= 0x80;
  }
  bool ends() const { return at_ >= text_.size() || text_[at_] == ',' || text_[at_] == ')'; }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool spaces() {
    const std::size_t from = at_;
    while (here() == ' ' || here() == '\t' || here() == '\n') ++at_;
    return at_ > from;
  }
  bool take(char c) {
    spaces();
    if (here() != c) return false;
    ++at_;
    return true;
  }
  std::string name() {
    std::string name;
    while (letter(here())) name += text_[at_++];
    if (name.empty() || (name[0] >= '0' && name[0] <= '9'))
      refuse(ends() ? "an end where a name should be" : "`" + std::string(1, here()) + "`");
    return name;
  }
  void refuse(std::string what) {
    if (wrong_.empty()) wrong_ = std::move(what);
    at_ = text_.size();
  }

  /// Compounds and the combinators between them.
  std::string one() {
    spaces();
    std::string path = "descendant::" + compound();
    while (wrong_.empty()) {
      const bool apart = spaces();
      if (ends()) break;
      if (take('>')) {
        path += "/child::";
      } else if (take('+')) {
        path += "/following-sibling::*[1]/self::";
      } else if (take('~')) {
        path += "/following-sibling::";
      } else if (apart) {
        path += "/descendant::";
      } else {
        refuse("`" + std::string(1, here()) + "`");
      }
      spaces();
      path += compound();
    }
    return path;
  }
  /// `type.class#id[attribute]:first-child`.
  std::string compound() {
    std::string node = "*";
    bool any = true;
    if (here() == '*') {
      ++at_;
    } else if (letter(here())) {
      node = name();
    } else {
      any = false;
    }
    for (auto more = predicate(); more; more = predicate()) {
      node += *more;
      any = true;
    }
    if (!any) refuse(ends() ? "an end where a type should be" : "`" + std::string(1, here()) + "`");
    return node;
  }
  std::optional<std::string> predicate() {
    switch (here()) {
      case '.':
        ++at_;
        return "[contains(concat(' ',normalize-space(@class),' '),' " + name() + " ')]";
      case '#':
        ++at_;
        return "[@id='" + name() + "']";
      case '[':
        ++at_;
        return attribute();
      case ':':
        ++at_;
        return pseudo_class();
      default:
        return std::nullopt;
    }
  }
  std::string attribute() {
    spaces();
    const std::string key = "@" + name();
    spaces();
    if (take(']')) return "[" + key + "]";
    const char how = here() == '=' ? '=' : here();
    if (how != '=') ++at_;
    if (!take('=')) return refuse("`" + std::string(1, how) + "`"), "";
    const std::string value = literal();
    if (!take(']')) refuse("an attribute without `]`");
    switch (how) {
      case '=':
        return "[" + key + "=" + value + "]";
      case '~':
        return "[contains(concat(' ',normalize-space(" + key + "),' '),concat(' '," + value +
               ",' '))]";
      case '^':
        return "[starts-with(" + key + "," + value + ")]";
      case '*':
        return "[contains(" + key + "," + value + ")]";
      case '$':
        return "[substring(" + key + ",string-length(" + key + ")-string-length(" + value +
               ")+1)=" + value + "]";
      default:
        return refuse("`" + std::string(1, how) + "=`"), "";
    }
  }
  /// A word or a quoted text, quoted as XPath does.
  std::string literal() {
    spaces();
    const char quote = here();
    if (quote != '"' && quote != '\'') return "'" + name() + "'";
    const auto end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return refuse("a text without its end"), "";
    const std::string value(text_.substr(at_, end + 1 - at_));
    at_ = end + 1;
    if (value.find('\\') != std::string::npos) refuse("`\\`");
    return value;
  }
  std::string pseudo_class() {
    const std::string which = name();
    if (which == "first-child") return "[not(preceding-sibling::*)]";
    if (which == "last-child") return "[not(following-sibling::*)]";
    if (which != "not" || here() != '(' || negated_) return refuse("`:" + which + "`"), "";
    ++at_;
    negated_ = true;
    spaces();
    const std::string inner = "[not(self::" + compound() + ")]";
    negated_ = false;
    if (!take(')')) refuse("more than one thing in `:not( )`");
    return inner;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool negated_ = false;
  std::string wrong_;
};

}  // namespace

Result<std::string> xpath_of(std::string_view selector) { return Reader(trim(selector)).all(); }

}  // namespace signalbox::connectors::recipe
