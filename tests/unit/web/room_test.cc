#include "web/public/room.h"

#include <gtest/gtest.h>

#include "tests/unit/web/samples.h"
#include "web/documents/accept_language.h"

namespace signalbox::web {
namespace {

/// Says nothing, and counts how often it is asked for a language.
class Asked final : public Site {
 public:
  const SnapshotPtr& snapshot() const override { return snapshot_; }
  DocumentPtr find(std::string_view, std::string_view) const override { return nullptr; }
  DocumentPtr find_stale(std::string_view, Time, std::string_view) const override {
    return nullptr;
  }
  std::string_view language(std::string_view accept_language) const override {
    longest = std::max(longest, accept_language.size());
    ++asked;
    return {};
  }
  std::string moved(std::string_view) const override { return ""; }
  bool pending(std::string_view) const override { return false; }
  Reply ask(std::string_view, std::string_view, std::optional<Time>) const override { return {}; }
  std::vector<std::string> paths() const override { return {}; }
  const std::vector<PageSite>& pages() const override { return pages_; }

  mutable int asked = 0;
  mutable std::size_t longest = 0;

 private:
  SnapshotPtr snapshot_ = samples::shared(samples::bad_night());
  std::vector<PageSite> pages_;
};

TEST(Room, KeepsNoMoreOfALanguagesHeaderThanIsRead) {
  const auto site = std::make_shared<const Asked>();
  Room room;
  room.show(site, nullptr, nullptr);
  const std::string read(kMostAccepted + 1, 'd');
  for (const char end : {'a', 'b', 'c'}) room.document("/", read + std::string(8000, end), {});
  EXPECT_EQ(site->asked, 1) << "they differ only in what nobody reads";
  EXPECT_EQ(site->longest, kMostAccepted + 1) << "that there is more must still be told";
}

}  // namespace
}  // namespace signalbox::web
