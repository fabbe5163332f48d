#include "web/copy/policy.h"

#include <vector>

#include "base/text.h"
#include "web/documents/view.h"

namespace signalbox::web::copy {

std::string header_of(const Document& document, std::string_view name) {
  const std::string& head = document.bytes(Encoding::identity).head;
  const std::string before = "\r\n" + std::string(name) + ": ";
  const std::size_t at = head.find(before);
  if (at == std::string::npos) return "";
  const std::size_t start = at + before.size();
  return head.substr(start, head.find("\r\n", start) - start);
}

std::string policy_of(const Document& document) {
  static const std::string script = "script-src 'self' " + style_hash("copy.js");
  static const std::string style = style_hash("copy.css");
  std::vector<std::string> rules;
  bool styled = false;
  const std::string policy = header_of(document, "Content-Security-Policy");
  for (const std::string_view part : split(policy, ';')) {
    const std::string rule(trim(part));
    const std::string_view name = std::string_view(rule).substr(0, rule.find(' '));
    // A <meta> cannot say who may frame it; and the site's scripts are not there.
    if (name.empty() || name == "frame-ancestors" || name == "script-src") continue;
    styled = styled || name == "style-src";
    rules.push_back(name == "style-src" ? rule + " " + style : rule);
  }
  if (!styled) rules.push_back("style-src " + style);
  rules.push_back(script);
  return join(rules, "; ");
}

}  // namespace signalbox::web::copy
