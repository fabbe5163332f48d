#include "connectors/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace signalbox::connectors {
namespace {

using ::testing::Contains;

TEST(Registry, KnowsEveryKindByItsName) {
  EXPECT_THAT(network_kinds(), Contains("local"));
  EXPECT_THAT(network_kinds(), Contains("mastodon"));
  for (const std::string_view name : network_kinds()) {
    const NetworkKind* kind = network_kind(name);
    ASSERT_NE(kind, nullptr);
    EXPECT_EQ(kind->kind, name);
    EXPECT_EQ(kind->defaults.kind, name);
    EXPECT_EQ(kind->defaults.label, kind->label);
    EXPECT_NE(kind->make, nullptr);
    EXPECT_GE(kind->poll, std::chrono::seconds(1));
  }
  for (const std::string_view name : meter_kinds()) {
    ASSERT_NE(meter_kind(name), nullptr);
    EXPECT_EQ(meter_kind(name)->kind, name);
    EXPECT_NE(meter_kind(name)->make, nullptr);
  }
}

TEST(Registry, HasNothingUnderOtherNames) {
  EXPECT_EQ(network_kind("carrier-pigeon"), nullptr);
  EXPECT_EQ(network_kind(""), nullptr);
  EXPECT_EQ(meter_kind("mastodon"), nullptr);
}

}  // namespace
}  // namespace signalbox::connectors
