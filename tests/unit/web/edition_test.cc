// For whom a document is made: the way up to the page, and the language.
#include "web/documents/edition.h"

#include <gtest/gtest.h>

namespace signalbox::web {
namespace {

TEST(Edition, KnowsTheWayUpToThePage) {
  EXPECT_EQ(root_of("/"), "./");
  EXPECT_EQ(root_of("/history"), "./");
  EXPECT_EQ(root_of("/services/API"), "../");
  EXPECT_EQ(root_of("/api/v2/incidents/unresolved.json"), "../../../");
  EXPECT_EQ(root_of("/" + std::string(8000, '/')), [] {
    std::string up;
    for (int i = 0; i < 8000; ++i) up += "../";
    return up;
  }()) << "strangers ask for any path";
}

TEST(Language, IsKnownByItsCode) {
  for (const Language& one : languages()) EXPECT_EQ(language(one.code()), &one);
  EXPECT_EQ(languages().size(), 6U);
  EXPECT_EQ(english().code(), "en");
  EXPECT_EQ(language("tlh"), nullptr);
}

}  // namespace
}  // namespace signalbox::web
