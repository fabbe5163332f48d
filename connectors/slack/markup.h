// Slack's markup to the plain text its author meant, and our plain text to markup that means
// exactly that.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::connectors::slack {

/// `<url|label>`, `<@U1|name>`, `<#C1|name>`, `<!here>` and friends become what a reader sees; the
/// marks of bold and italic go, those of code where the message begins with it; entities are
/// decoded last and once. An auto-linked bare domain gives back the domain as it was typed; another
/// label stands before its URL in parentheses. Struck-out text keeps its `~`: it is not said any
/// more.
std::string plain(std::string_view markup);

/// A mention at the very beginning of a message.
struct Mention {
  std::string id;         ///< "U…"; empty: there is none
  std::string name;       ///< the label, where one came along
  std::string_view rest;  ///< what follows it and its `:` or `,`
};
Mention leading_mention(std::string_view markup);

/// Plain text as it may be sent: no `<!channel>`, mention or link can come out of it.
std::string escaped(std::string_view text);

}  // namespace signalbox::connectors::slack
