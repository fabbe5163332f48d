// What an account on a network may do and whose words count there: the configuration's answer, as
// plain values.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace signalbox {

/// Whose posts are reports on an account.
enum class Authors { itself, listed, members };

/// What a reply without a head means in the thread of an incident's post.
enum class ThreadReplies { update, ignore };

/// When a line without a state counts as a notice: always, or only with a leading mention of us.
enum class Notices { always, when_addressed };

/// The rules of one account (rules, section 1). The connector's own settings are not here.
struct AccountPolicy {
  std::string id;     ///< as configured: `fedi`
  std::string kind;   ///< `mastodon`, `slack`, `twitter`, `local`
  std::string label;  ///< how its network is called on the page: "Mastodon"
  Authors authors = Authors::itself;
  /// Immutable ids, when `listed`; the account's own, when `itself` and it is known beforehand.
  std::vector<std::string> author_ids;
  std::map<std::string, std::string> author_names;  ///< author id to the name the page may show
  bool announce = false;     ///< followers read it: staff's and the machine's words go out here
  bool staff = false;        ///< staff reads it: findings, reminders and refusals go here
  bool link_public = false;  ///< the page may link to its posts
  ThreadReplies thread_replies = ThreadReplies::update;
  Notices notices = Notices::always;

  bool operator==(const AccountPolicy&) const = default;
};

}  // namespace signalbox
