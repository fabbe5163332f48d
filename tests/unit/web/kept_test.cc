#include "web/documents/kept.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <thread>

#include "tests/unit/web/samples.h"
#include "web/documents/weights.h"

namespace signalbox::web {
namespace {

Kept::Made document(std::size_t size, Keeping keeping) {
  return {std::make_shared<Document>(std::string(size, 'x'), Heading{"text/plain", "", ""}),
          keeping};
}

TEST(Kept, MakesADocumentOnce) {
  Kept kept(1 << 20);
  int made = 0;
  const auto make = [&] {
    ++made;
    return document(10, Keeping::bounded);
  };
  const DocumentPtr first = kept.at("/a", make);
  EXPECT_EQ(kept.at("/a", make), first);
  EXPECT_EQ(made, 1);
  kept.clear();
  EXPECT_NE(kept.at("/a", make), first);
}

TEST(Kept, HoldsNothingOfWhatIsNotThereOrPasses) {
  Kept kept(1 << 20);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(kept.at("/no/" + std::to_string(i), [] { return Kept::Made{}; }), nullptr);
  }
  kept.at("/soon", [] { return document(10, Keeping::passing); });
  EXPECT_TRUE(kept.all().empty());
  EXPECT_EQ(kept.bytes(), 0U);
}

/// By what is still alive, not by what is counted.
TEST(Kept, HoldsNoMoreBytesThanItMay) {
  constexpr std::size_t kMost = std::size_t{1} << 20U;
  Kept kept(kMost);
  std::vector<std::weak_ptr<const Document>> made;
  for (int i = 0; i < 500; ++i) {
    made.push_back(kept.at("/incidents/" + std::to_string(i), [i] {
      return document(static_cast<std::size_t>(i % 50) * 1000, Keeping::bounded);
    }));
    std::size_t alive = 0;
    for (const auto& weak : made) {
      if (const auto here = weak.lock()) alive += here->body().size();
    }
    ASSERT_LE(alive, kMost);
    ASSERT_LE(kept.bytes(), kMost);
  }
  EXPECT_FALSE(made.back().expired());
  EXPECT_TRUE(made.front().expired());
}

TEST(Kept, NeverForgetsWhatAllReadersWant) {
  Kept kept(100'000);
  const DocumentPtr page = kept.at("/", [] { return document(1'000'000, Keeping::always); });
  for (int i = 0; i < 100; ++i) {
    kept.at(std::to_string(i), [] { return document(50'000, Keeping::bounded); });
  }
  EXPECT_EQ(kept.at("/", [] { return Kept::Made{}; }), page);
}

class Years final : public Archive {
 public:
  std::optional<Incident> incident(std::string_view id) override {
    Incident old =
        samples::incident(std::string(id), "API", samples::now() - std::chrono::hours(9000), false);
    old.updates[0].text = std::string(100'000, 'x');
    return old;
  }
  std::optional<std::vector<Rollup>> rollups(const Stretch& /*stretch*/) override { return {}; }
};

/// A crawler that walks years of incidents: 400 pages of 100 KB and more.
TEST(Site, KeepsNoMoreOfYearsOfIncidentsThanItMay) {
  Years archive;
  const SitePtr site = render(samples::shared(samples::bad_night()), nullptr, &archive);
  std::vector<std::weak_ptr<const Document>> made;
  for (int i = 0; i < 400; ++i) {
    std::array<char, 16> id{};
    std::snprintf(id.data(), id.size(), "z%011d", i);
    const std::string path = std::string("/incidents/") + id.data();
    DocumentPtr page;
    while ((page = site->find(path)) == nullptr) std::this_thread::yield();
    EXPECT_GT(page->body().size(), 100'000U);
    made.emplace_back(page);
  }
  std::size_t alive = 0;
  for (const auto& weak : made) {
    if (const auto here = weak.lock()) alive += here->body().size();
  }
  EXPECT_LE(alive, std::size_t{16} << 20U);
  EXPECT_GT(alive, std::size_t{4} << 20U);
}

TEST(Weights, CountEveryWord) {
  Incident incident = samples::incident("aaaaaaaaaaaa", "API", samples::now(), true);
  const std::size_t before = bytes_of(incident);
  incident.updates[1].text += std::string(5000, 'x');
  incident.postmortem = incident.updates[1];
  EXPECT_GE(bytes_of(incident), before + 10'000);
  const std::size_t without = bytes_of(incident);
  incident.updates[0].about = std::vector<std::string>(100, std::string(50, 's'));
  incident.awaits = {std::string(1000, 's')};
  EXPECT_GE(bytes_of(incident), without + 6'000);
  History history;
  history.incidents = {incident, incident};
  EXPECT_GE(bytes_of(history), 2 * bytes_of(incident));
}

}  // namespace
}  // namespace signalbox::web
