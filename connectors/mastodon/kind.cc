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

std::string profile(const AccountSetup& setup) {
  if (setup.handle.empty() || setup.base_url.empty()) return "";
  return setup.base_url + "/@" + setup.handle;
}

}  // namespace

extern const NetworkKind kKind;
const NetworkKind kKind{"mastodon", "Mastodon", defaults(), std::chrono::seconds(10),
                        make,       profile};

}  // namespace signalbox::connectors::mastodon
