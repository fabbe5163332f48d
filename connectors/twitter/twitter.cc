// The twitter kind (X): its settings and defaults.
#include "connectors/registry.h"
#include "connectors/twitter/network.h"

namespace signalbox::connectors::twitter {
namespace {

/// Either the four keys, or a bearer token alone to read with.
Keys keys(const Settings& settings) {
  Keys keys;
  keys.user.consumer_key = settings.secret("consumer_key");
  keys.user.consumer_secret = settings.secret("consumer_secret");
  keys.user.token_secret = settings.secret("token_secret");
  settings.require("token");
  if (keys.user.consumer_key.empty()) {
    keys.bearer = settings.secret("token");
    return keys;
  }
  keys.user.token = settings.secret("token");
  settings.require("consumer_secret");
  settings.require("token_secret");
  return keys;
}

Timeline timeline(const AccountSetup& setup) {
  Timeline timeline;
  timeline.account = setup.id;
  setup.settings.require("user");
  timeline.user = setup.settings.text("user");
  if (timeline.user.find_first_not_of("0123456789") != std::string::npos) {
    setup.settings.refuse("user", "must be the account's number, not its name");
  }
  timeline.fields_parameter = setup.settings.text("fields_parameter", "tweet.fields");
  if (timeline.fields_parameter != "tweet.fields" && timeline.fields_parameter != "post.fields") {
    setup.settings.refuse("fields_parameter", "must be tweet.fields or post.fields");
  }
  timeline.mentions = reads_mentions(setup.settings);
  timeline.authors = setup.authors;
  return timeline;
}

std::unique_ptr<Network> make(const AccountSetup& setup, World world) {
  const std::string base =
      setup.base_url.empty() ? std::string("https://api.x.com") : setup.base_url;
  Timeline own = timeline(setup);
  return std::make_unique<Twitter>(std::move(own), Api(base, keys(setup.settings), world),
                                   world.clock);
}

AccountPolicy defaults() {
  AccountPolicy policy;
  policy.kind = "twitter";
  policy.label = "X";
  policy.link_public = true;
  policy.thread_replies = ThreadReplies::update;
  policy.notices = Notices::always;
  return policy;
}

std::string profile(const AccountSetup& setup) {
  return setup.handle.empty() ? "" : "https://x.com/" + setup.handle;
}

}  // namespace

extern const NetworkKind kKind;
const NetworkKind kKind{"twitter", "X", defaults(), std::chrono::seconds(60), make, profile};

}  // namespace signalbox::connectors::twitter
