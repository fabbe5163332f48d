#include "publish/manifest.h"

#include <gtest/gtest.h>

namespace signalbox::publish {
namespace {

TEST(ManifestText, IsReadBackAsItWas) {
  Manifest manifest;
  manifest.whole = true;
  manifest.files["services/Ä \"x\".html"] = {1, 0xffffffffffffffffULL, "\"etag\""};
  manifest.files["index.html"] = {0, 7, ""};
  const auto read = decoded(encoded(manifest));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, manifest);
}

TEST(ManifestText, NonsenseIsCorrupt) {
  for (const char* text :
       {"", "{", "[]", "{}", R"({"version":2,"whole":true,"files":{}})",
        R"({"version":1,"whole":1,"files":{}})", R"({"version":1,"whole":true,"files":[]})",
        R"({"version":1,"whole":true,"files":{"a":["1","2"]}})",
        R"({"version":1,"whole":true,"files":{"a":["1","x","t"]}})",
        R"({"version":1,"whole":true,"files":{"a":[1,2,3]}})", R"({"version":{},"files":{}})"}) {
    const auto read = decoded(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, Error::Code::corrupt);
  }
}

}  // namespace
}  // namespace signalbox::publish
