#include "connectors/mastodon/mastodon.h"
#include "connectors/registry.h"

namespace signalbox::connectors::mastodon {
namespace {

std::unique_ptr<Network> make(const AccountSetup& setup, World world) {
  return std::make_unique<Mastodon>(setup, world);
}

AccountPolicy defaults() {
  AccountPolicy policy;
  policy.kind = "mastodon";
  policy.label = "Mastodon";
  policy.link_public = true;
  return policy;
}

}  // namespace

extern const NetworkKind kKind;
const NetworkKind kKind{"mastodon", "Mastodon", defaults(), std::chrono::seconds(10), make};

}  // namespace signalbox::connectors::mastodon
