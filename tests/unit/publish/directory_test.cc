#include "publish/directory.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/hash.h"
#include "publish/disk.h"

namespace signalbox::publish {
namespace {

namespace fs = std::filesystem;

struct DirectoryMirror : testing::Test {
  DirectoryMirror() {
    std::string pattern = (fs::temp_directory_path() / "signalbox-mirror-XXXXXX").string();
    root = ::mkdtemp(pattern.data());
    ::umask(077);
  }
  ~DirectoryMirror() override { fs::remove_all(root); }
  static File file(const std::string& name, const std::string& body) {
    return {name, "text/plain", "no-cache", body};
  }
  static mode_t mode(const fs::path& path) {
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 ? about.st_mode & 0777 : 0;
  }
  fs::path root;
};

TEST_F(DirectoryMirror, IsReadableByAWebServerWhateverOurUmask) {
  const auto mirror = directory_mirror(root / "site");
  ASSERT_TRUE(mirror->put({file("api/v2/summary.json", "{}")}));
  EXPECT_EQ(mode(root / "site"), 0755U);
  EXPECT_EQ(mode(root / "site/api/v2"), 0755U);
  EXPECT_EQ(mode(root / "site/api/v2/summary.json"), 0644U);
}

TEST_F(DirectoryMirror, RemembersAndBelievesOnlyWhatIsThere) {
  const auto mirror = directory_mirror(root);
  ASSERT_TRUE(mirror->put({file("a", "A"), file("b", "B"), file("c", "C")}));
  Manifest manifest;
  manifest.whole = true;
  for (const auto& [name, body] : {std::pair("a", "A"), {"b", "B"}, {"c", "C"}}) {
    manifest.files[name] = {1, hash64(body), ""};
  }
  ASSERT_TRUE(mirror->remember(manifest));
  EXPECT_EQ(directory_mirror(root)->recall().value(), manifest);
  std::ofstream(root / "a") << "defaced";
  fs::remove(root / "b");
  const Manifest left = directory_mirror(root)->recall().value();
  EXPECT_FALSE(left.whole);
  EXPECT_EQ(left.files.size(), 1U);
  EXPECT_TRUE(left.files.contains("c"));
  std::ofstream(root / kManifestName) << "nonsense";
  EXPECT_EQ(directory_mirror(root)->recall().value(), Manifest{});
}

TEST_F(DirectoryMirror, NeverLeavesItsRoot) {
  const auto mirror = directory_mirror(root / "site");
  for (const char* name : {"../x", "/etc/x", "a/../../x", "", "a/", "./x"}) {
    EXPECT_FALSE(mirror->put({file(name, "x")})) << name;
    EXPECT_TRUE(mirror->remove({name})) << name;
  }
  EXPECT_FALSE(fs::exists(root / "x"));
}

TEST_F(DirectoryMirror, TakesAwayFilesAndTheFoldersTheyLeaveEmpty) {
  const auto mirror = directory_mirror(root);
  ASSERT_TRUE(mirror->put({file("de/services/a.html", "A"), file("de/index.html", "I")}));
  ASSERT_TRUE(mirror->remove({"de/services/a.html", "never/there.html"}));
  EXPECT_FALSE(fs::exists(root / "de/services"));
  EXPECT_TRUE(fs::exists(root / "de/index.html"));
}

TEST_F(DirectoryMirror, SaysWhatItCannotWrite) {
  std::ofstream(root / "site") << "a file in the way";
  const auto done = directory_mirror(root / "site")->put({file("a", "A")});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().what.find("site"), std::string::npos);
}

}  // namespace
}  // namespace signalbox::publish
