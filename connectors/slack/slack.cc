// The slack kind: its settings and defaults.
#include <charconv>

#include "connectors/registry.h"
#include "connectors/slack/network.h"

namespace signalbox::connectors::slack {
namespace {

/// Slack gives at most 999 messages at once, and some apps no more than 15.
std::string page_size(const Settings& settings) {
  std::string text = settings.text("limit", "200");
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || value < 1 || value > 999) {
    settings.refuse("limit", "must be a number from 1 to 999");
  }
  return text;
}

std::vector<std::string> accepted_subtypes(const Settings& settings) {
  const Setting* setting = settings.find("subtypes");
  if (setting == nullptr) return {};
  for (const std::string& one : setting->list) {
    if (one != "thread_broadcast" && one != "file_share" && one != "me_message") {
      settings.refuse("subtypes", "knows thread_broadcast, file_share and me_message only");
    }
  }
  return setting->list;
}

std::unique_ptr<Network> make(const AccountSetup& setup, World world) {
  setup.settings.require("token");
  setup.settings.require("channel");
  if (setup.settings.text("channel").starts_with('#')) {
    setup.settings.refuse("channel", "must be the channel's id, such as C0123, not its name");
  }
  Channel channel{setup.id, setup.handle, setup.settings.text("channel"), page_size(setup.settings),
                  accepted_subtypes(setup.settings)};
  const std::string base =
      setup.base_url.empty() ? std::string("https://slack.com/api") : setup.base_url;
  return std::make_unique<Slack>(std::move(channel),
                                 Api(base, setup.settings.secret("token"), world), world.clock);
}

AccountPolicy defaults() {
  AccountPolicy policy;
  policy.kind = "slack";
  policy.label = "Slack";
  policy.authors = Authors::listed;  // a channel is many people's: none speaks for it unless named
  policy.thread_replies = ThreadReplies::ignore;
  policy.notices = Notices::when_addressed;
  return policy;
}

}  // namespace

extern const NetworkKind kKind;
const NetworkKind kKind{"slack", "Slack", defaults(), std::chrono::seconds(5), make};

}  // namespace signalbox::connectors::slack
