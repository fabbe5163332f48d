// Which names a configuration may not give.
#include <gtest/gtest.h>

#include "grammar/lexicon.h"

namespace signalbox::grammar {
namespace {

Service service(std::string id, std::string group = "", std::vector<std::string> aliases = {}) {
  return Service{.id = std::move(id),
                 .name = "",
                 .group = std::move(group),
                 .aliases = std::move(aliases),
                 .thresholds = {}};
}

/// The targets that are refused, in order.
std::vector<std::string> refused(const std::vector<Service>& services) {
  std::vector<std::string> targets;
  for (const Clash& clash : clashes(services)) targets.push_back(clash.target);
  return targets;
}

using Names = std::vector<std::string>;

TEST(Clashes, AreNotSeenWhereAllIsWell) {
  EXPECT_EQ(refused({service("API", "Core", {"rest"}), service("JS", "Core"),
                     service("BALANCED-JS", "EU West"), service("a.b_c-9"), service("UPLOAD"),
                     service("SHUT-DOWN")}),
            Names{});
}

TEST(Clashes, AreNamesAlikeButForCase) {
  EXPECT_EQ(refused({service("API"), service("api")}), Names{"api"});
  EXPECT_EQ(refused({service("API", "", {"Api"})}), Names{"Api"});
  EXPECT_EQ(refused({service("API", "api")}), Names{"api"});
  EXPECT_EQ(refused({service("API", "EU West"), service("JS", "EU-West")}), Names{"EU-West"});
  EXPECT_EQ(refused({service("API", "", {"x"}), service("JS", "", {"X"})}), Names{"X"});
}

TEST(Clashes, AreTheGrammarsOwnWords) {
  for (const auto name :
       {"ALL",         "all",           "Up",         "ISSUE",      "down",     "MAINT",
        "ok",          "operational",   "degraded",   "partial",    "outage",   "major",
        "maintenance", "investigating", "identified", "monitoring", "resolved", "done",
        "postmortem",  "until",         "help",       "status",     "STATUS"}) {
    EXPECT_EQ(refused({service(name)}), Names{name});
    EXPECT_EQ(refused({service("API", name)}), Names{name});
    EXPECT_EQ(refused({service("API", "", {name})}), Names{name});
  }
}

TEST(Clashes, AreNamesThatReadAsATargetAndAWord) {
  EXPECT_EQ(refused({service("API-DOWN"), service("API")}), Names{"API-DOWN"});
  EXPECT_EQ(refused({service("API"), service("api-ok")}), Names{"api-ok"});
  EXPECT_EQ(refused({service("API"), service("JS", "api down")}), Names{"api down"});
  EXPECT_EQ(refused({service("ALL-UP")}), Names{"ALL-UP"});
  EXPECT_EQ(refused({service("API", "", {"rest"}), service("REST-done")}), Names{"REST-done"});
}

TEST(Clashes, AreIllegalCharacters) {
  for (const auto name :
       {"", "A B", "-A", ".A", "_A", "A:", "A,B", "\u0410\u0420\u0406", "A/B", "A\n"}) {
    EXPECT_EQ(refused({service(name)}), Names{name}) << name;
  }
  EXPECT_EQ(refused({service("API", "(Core)")}), Names{"(Core)"});
  EXPECT_EQ(refused({service("API", "Core (EU)")}), Names{});
}

TEST(Clashes, NameBothSides) {
  const auto found = clashes({service("API"), service("JS", "", {"api"})});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].what.find("alias of JS"), std::string::npos);
  EXPECT_NE(found[0].what.find("service API"), std::string::npos);
}

}  // namespace
}  // namespace signalbox::grammar
