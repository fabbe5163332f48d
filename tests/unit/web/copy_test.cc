#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "model/page_part.h"
#include "tests/unit/web/samples.h"
#include "web/copy/links.h"
#include "web/copy/names.h"
#include "web/copy/site_copy.h"

namespace signalbox::web {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

TEST(CopyNames, APageIsAFileBesideWhatIsBelowIt) {
  EXPECT_EQ(copy::file_name("/"), "index.html");
  EXPECT_EQ(copy::file_name("/de/"), "de/index.html");
  EXPECT_EQ(copy::file_name("/history"), "history.html");
  EXPECT_EQ(copy::file_name("/history/2026-11"), "history/2026-11.html");
  EXPECT_EQ(copy::file_name("/services/a.json"), "services/a.json.html") << "ids may hold dots";
  EXPECT_EQ(copy::file_name("/de/services/a.b"), "de/services/a.b.html");
  EXPECT_EQ(copy::file_name("/api/v2/incidents/unresolved.json"),
            "api/v2/incidents/unresolved.json");
  EXPECT_EQ(copy::file_name("/pages/eu/api/v2/incidents/unresolved.json"),
            "pages/eu/api/v2/incidents/unresolved.json");
  EXPECT_EQ(copy::file_name("/pages/api/services/a.json"), "pages/api/services/a.json.html");
  EXPECT_EQ(copy::file_name("/feeds/a.b.atom"), "feeds/a.b.atom");
  EXPECT_EQ(copy::file_name("/services/.."), "services/...html");
}

TEST(CopyNames, LinksAreResolvedAsABrowserDoes) {
  EXPECT_EQ(copy::resolved("/services/API", "../"), "/");
  EXPECT_EQ(copy::resolved("/services/API", "../history"), "/history");
  EXPECT_EQ(copy::resolved("/", "./services/API"), "/services/API");
  EXPECT_EQ(copy::resolved("/de/", "history"), "/de/history");
  EXPECT_EQ(copy::resolved("/history", "./"), "/");
  EXPECT_EQ(copy::resolved("/a/b", "../../../x"), "/x");
  EXPECT_EQ(copy::resolved("/a/b", "/x/y/"), "/x/y/");
  EXPECT_EQ(copy::way("services/API.html", "index.html"), "../index.html");
  EXPECT_EQ(copy::way("index.html", "services/API.html"), "services/API.html");
  EXPECT_EQ(copy::way("de/services/a.html", "de/services/b.html"), "b.html");
  EXPECT_EQ(copy::way("services-x.html", "services/b.html"), "services/b.html");
}

TEST(CopyLinks, LeadToFilesAndElseToTheSite) {
  const auto known = [](const std::string& path) { return path == "/" || path == "/history"; };
  const auto made = [&](const std::string& html) {
    return copy::with_file_links(html, "/services/API", "https://s.example", known);
  };
  EXPECT_EQ(made(R"(<a href="../history#x">h</a>)"), R"(<a href="../history.html#x">h</a>)");
  EXPECT_EQ(made(R"(<a href="../">n</a> <a href="/">n</a>)"),
            R"(<a href="../index.html">n</a> <a href="../index.html">n</a>)");
  EXPECT_EQ(made(R"(<a href="../live?a=b">)"), R"(<a href="https://s.example/live?a=b">)");
  for (const char* same :
       {R"(<a href="#f1">)", R"(<a href="https://x.example/">)", R"(<img src="data:x">)",
        R"(<a href="//x.example/history">)", R"(<a href="mailto:a@b">)", "<p>href=x</p>"}) {
    EXPECT_EQ(made(same), same);
  }
  EXPECT_EQ(copy::with_file_links(R"(<a href="../live">)", "/a/b", "", known),
            R"(<a href="../live">)");
}

TEST(CopyLinks, ScriptsGo) {
  EXPECT_EQ(
      copy::without_scripts("<p>a</p>\n<script src=\"x\"></script>\n<p>b</p><script>1</script>"),
      "<p>a</p>\n<p>b</p>");
  EXPECT_EQ(copy::without_scripts("<p>a</p><script>never ends"), "<p>a</p>");
  EXPECT_EQ(
      copy::without_scripts("<script defer src=\"a/0-page.js\" data-live=\"./live\"></script>\n"
                            "<script src=\"a/0-wall.js\"></script>\n<p>b</p>"),
      "<script defer src=\"a/0-page.js\" data-copy></script>\n<p>b</p>");
}

class OneOldOfApi final : public Archive {
 public:
  std::optional<Incident> incident(std::string_view id) override {
    if (id != "oooooooooooo") return std::nullopt;
    return samples::incident("oooooooooooo", "API", samples::at("2024-01-01T00:00:00Z"), false);
  }
  std::optional<std::vector<Rollup>> rollups(const Stretch& /*stretch*/) override { return {}; }
};

struct CopyOfASite : testing::Test {
  CopyOfASite() {
    snapshot.page.name = "Acme";
    snapshot.page.url = "https://status.example";
    snapshot.as_of = samples::now();
    snapshot.services = {samples::service("wall", State::up), samples::service("API", State::down),
                         samples::service("x.json", State::up)};
    snapshot.incidents = {samples::incident("aaaaaaaaaaaa", "API", samples::now() - 20min, true)};
  }
  SiteCopy copy(Duration every = 5min) {
    return SiteCopy(render(std::make_shared<const Snapshot>(snapshot), nullptr, nullptr), every);
  }
  /// A page beside the main one, open to everybody unless it has a lock.
  void add_page(const std::string& slug, const std::string& service, PageLock lock = {}) {
    pages.others.push_back({slug, "Acme " + slug, "", "", {service}, std::move(lock)});
    snapshot.page.parts = std::make_shared<const PageParts>(pages);
  }
  Snapshot snapshot;
  PageParts pages{{"wall", "API", "x.json"}, {}};
};

/// Asks the archive first, as whoever writes a copy does.
std::optional<CopiedFile> settled(const SiteCopy& copy, const std::string& name) {
  while (copy.pending(name)) std::this_thread::yield();
  return copy.find(name);
}

TEST_F(CopyOfASite, NamesTheFirstPageLastAndAssetsFirst) {
  const auto names = copy().names();
  EXPECT_EQ(names.back(), "index.html");
  EXPECT_THAT(names.front(), HasSubstr("assets/"));
  const auto at = [&](const std::string& name) { return std::ranges::find(names, name); };
  EXPECT_LT(at("api/board.json"), at("services/API.html"));
  EXPECT_LT(at("incidents/aaaaaaaaaaaa.html"), at("history.html"));
  EXPECT_EQ(std::ranges::count(names, "404.html"), 0) << "it would be shown at any depth";
}

TEST_F(CopyOfASite, APageCarriesItsPolicyItsScriptAndItsTime) {
  const SiteCopy site = copy();
  const auto draft = site.find("services/API.html");
  ASSERT_TRUE(draft);
  EXPECT_THAT(draft->body, Not(HasSubstr("copy-as-of\""))) << "undated";
  EXPECT_THAT(draft->body, Not(HasSubstr("data-live")));
  const CopiedFile page = site.dated(*draft);
  EXPECT_THAT(page.body,
              HasSubstr("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"));
  EXPECT_THAT(page.body, Not(HasSubstr("frame-ancestors"))) << "a <meta> cannot say it";
  EXPECT_THAT(page.body, HasSubstr("data-as-of=\"../as_of.js\""));
  EXPECT_THAT(page.body, HasSubstr("data-patience=\"420\""));
  EXPECT_THAT(page.body, HasSubstr("As of <time datetime=\"2026-11-21T03:30:00Z\">"));
  EXPECT_THAT(page.body, HasSubstr("at least every 5 min."));
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(page.cache_control, "no-cache");
}

TEST_F(CopyOfASite, ASourceIsTheSameUntilItsPageChanges) {
  const auto before = copy().find("services/API.html")->body;
  snapshot.as_of += 1min;
  EXPECT_EQ(copy().find("services/API.html")->body, before);
  snapshot.services[1].state = State::up;
  EXPECT_NE(copy().find("services/API.html")->body, before);
}

TEST_F(CopyOfASite, OtherFilesAreTheDocumentsThemselves) {
  const SiteCopy site = copy();
  const auto file = site.find("api/v2/summary.json");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->body, site.site()->find("/api/v2/summary.json")->body());
  EXPECT_EQ(site.dated(*file).body, file->body);
  EXPECT_FALSE(site.find("incidents/bbbbbbbbbbbb.html"));
  EXPECT_FALSE(site.find("no/such/file"));
}

TEST_F(CopyOfASite, AnOlderIncidentIsFoundInEveryLanguageAndOnEveryOpenPage) {
  add_page("api", "API");
  add_page("wall", "wall");
  add_page("shut", "API", {PageLock::Kind::token, "digest"});
  OneOldOfApi archive;
  const SiteCopy copy(render(samples::shared(snapshot), nullptr, &archive), 5min);
  const std::string file = "incidents/oooooooooooo.html";
  for (const char* above : {"", "de/", "pages/api/", "pages/api/ar/"}) {
    const auto found = settled(copy, above + file);
    ASSERT_TRUE(found) << above;
    EXPECT_EQ(found->name, above + file);
    EXPECT_THAT(found->body, HasSubstr("disks caught fire")) << above;
  }
  for (const char* above : {"xx/", "api/", "de/de/", "pages/wall/", "pages/shut/", "pages/none/"}) {
    EXPECT_FALSE(settled(copy, above + file)) << above;
  }
}

TEST_F(CopyOfASite, AnOlderIncidentLeadsToItsOtherLanguagesInTheCopy) {
  OneOldOfApi archive;
  const SiteCopy copy(render(samples::shared(snapshot), nullptr, &archive), 5min);
  const auto page = settled(copy, "incidents/oooooooooooo.html");
  ASSERT_TRUE(page);
  EXPECT_THAT(page->body, HasSubstr("<a href=\"../de/incidents/oooooooooooo.html\""));
  const auto german = settled(copy, "de/incidents/oooooooooooo.html");
  ASSERT_TRUE(german);
  EXPECT_THAT(german->body, HasSubstr("<a href=\"../../ar/incidents/oooooooooooo.html\""));
}

TEST_F(CopyOfASite, SaysAsOfWhenAllOfItIs) {
  const auto files = copy().as_of_files();
  ASSERT_EQ(files.size(), 2U);
  EXPECT_THAT(files[0].body, HasSubstr("signalbox_as_of({\"as_of\":\"2026-11-21T03:30:00.000Z\""));
  EXPECT_THAT(files[1].body, HasSubstr("\"stale_after\":420"));
  EXPECT_THAT(copy(Duration{}).as_of_files()[1].body, HasSubstr("\"stale_after\":120"));
}

TEST_F(CopyOfASite, TheWallKeepsItsOwnTimeAndComplainsAllTheSame) {
  const SiteCopy site = copy();
  const CopiedFile wall = site.dated(*site.find("wall.html"));
  EXPECT_THAT(wall.body, HasSubstr("copy-lost"));
  EXPECT_THAT(wall.body, Not(HasSubstr("copy-as-of\"")));
  const CopiedFile service = site.dated(*site.find("services/wall.html"));
  EXPECT_THAT(service.body, HasSubstr("copy-as-of\"")) << "a service of that name";
}

}  // namespace
}  // namespace signalbox::web
