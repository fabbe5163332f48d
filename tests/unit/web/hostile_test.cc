#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/unit/web/samples.h"
#include "web/documents/words.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> naughty() {
  const char* set = std::getenv("SIGNALBOX_TEST_DATA");
  const std::string root = set != nullptr ? set : SIGNALBOX_ROOT "/../shared/data";
  std::ifstream file(root + "/hostile/blns.json");
  const json list = json::parse(file, nullptr, false);
  if (!list.is_array()) return {};
  std::vector<std::string> strings = list.get<std::vector<std::string>>();
  strings.emplace_back("\xff\xfe broken \x01\x02 \xEF\xBF\xBF ]]> --> \x1b[31m");
  return strings;
}

/// A snapshot in which everything that comes from outside is `text`.
Snapshot all_of(const std::string& text) {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.name = text;
  snapshot.banners = {text};
  for (ServiceView& service : snapshot.services) {
    service.name = text;
    service.group = text;
    service.standing.note = text;
    if (service.standing.stated) service.standing.stated->source = {"a", text, text, text};
  }
  std::vector<IncidentPtr> hostile;
  for (Incident incident : snapshot.incidents) {
    incident.name = text;
    for (Update& update : incident.updates) {
      update.text = text;
      update.source = {"a", text, text, text};
    }
    hostile.push_back(std::make_shared<const Incident>(std::move(incident)));
  }
  snapshot.incidents = SharedIncidents(std::move(hostile));
  snapshot.notices[0].text = text;
  snapshot.maintenances[0].name = text;
  return snapshot;
}

/// What python's XML parser says of `xml`; "" when it is well formed.
std::string xml_trouble(const std::string& xml) {
  const std::string path = testing::TempDir() + "/hostile.xml";
  std::ofstream(path, std::ios::binary) << xml;
  const std::string command =
      "python3 -c \"import sys,xml.dom.minidom as m; m.parse(sys.argv[1])\" " + path +
      " 2>&1 | tail -1";
  std::FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 300> line{};
  const char* got = std::fgets(line.data(), line.size(), pipe);
  pclose(pipe);
  return got == nullptr ? "" : line.data();
}

TEST(Hostile, NoMarkupGetsThroughAnySink) {
  const auto strings = naughty();
  if (strings.empty()) GTEST_SKIP() << "skipped, because the shared data is absent";
  for (const std::string& text : strings) {
    const SitePtr site = render(samples::shared(all_of(text)), nullptr, nullptr);
    for (const char* path : {"/", "/incidents/aaaaaaaaaaaa", "/services/API", "/history"}) {
      const std::string& html = site->find(path)->body();
      for (const char* forbidden : {"<script", "<img", "<iframe", "href=\"java"}) {
        ASSERT_THAT(html, Not(HasSubstr(forbidden))) << path << " with " << text;
      }
    }
    for (const std::string& path : site->paths()) {
      if (path.ends_with(".json")) {
        ASSERT_TRUE(json::accept(site->find(path)->body())) << path << " with " << text;
      }
    }
  }
}

TEST(Hostile, FeedsAndBadgesStayWellFormed) {
  const auto strings = naughty();
  if (strings.empty()) GTEST_SKIP() << "skipped, because the shared data is absent";
  std::string all;
  for (const std::string& text : strings) all += text + "\n";
  const SitePtr site = render(samples::shared(all_of(all)), nullptr, nullptr);
  for (const char* path : {"/history.atom", "/history.rss", "/badge.svg", "/badge/API.svg"}) {
    EXPECT_EQ(xml_trouble(site->find(path)->body()), "") << path;
  }
}

TEST(Hostile, LinksAreHttpOnly) {
  EXPECT_EQ(safe_link("javascript:alert(1)"), "");
  EXPECT_EQ(safe_link("data:text/html,x"), "");
  EXPECT_EQ(safe_link("https://a\" onclick=\"x"), "");
  EXPECT_EQ(safe_link("//evil.example"), "");
  EXPECT_EQ(safe_link("HTTPS://ok.example/x"), "HTTPS://ok.example/x");
}

}  // namespace
}  // namespace signalbox::web
