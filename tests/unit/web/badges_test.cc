#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/web/samples.h"
#include "web/documents/text_width.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::string body(const Snapshot& snapshot, const std::string& path) {
  return render(samples::shared(snapshot), nullptr, nullptr)->find(path)->body();
}

TEST(TextWidth, IsThatOfTheFont) {
  EXPECT_EQ(text_width(""), 0);
  EXPECT_EQ(text_width("i"), 278);
  EXPECT_EQ(text_width("W"), 989);
  EXPECT_EQ(text_width("API"), 684 + 603 + 295);
  EXPECT_GT(text_width("WWWW"), 3 * text_width("iiii"));
}

TEST(TextWidth, KnowsWhatIsWideAndWhatIsNothing) {
  EXPECT_EQ(text_width("状態"), 2000);
  EXPECT_EQ(text_width("e\u0301"), text_width("e"));
  EXPECT_EQ(text_width("\U0001F525"), 1000);
  EXPECT_EQ(text_width("Б"), 660);
}

TEST(Badge, NamesItselfToWhoCannotSeeIt) {
  const std::string svg = body(samples::bad_night(), "/badge/API.svg");
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-label=\"API service: DOWN\""));
  EXPECT_THAT(svg, HasSubstr("<title>API service: DOWN</title>"));
}

TEST(Badge, IsAsWideAsItsText) {
  Snapshot snapshot = samples::bad_night();
  const auto width_with = [&snapshot](const std::string& name) {
    snapshot.services[0].name = name;
    const std::string svg = body(snapshot, "/badge/API.svg");
    return std::stoi(svg.substr(svg.find("width=\"") + 7));
  };
  const int state = (text_width("DOWN") * 11 + 999) / 1000;
  EXPECT_EQ(width_with("i"), 4 + state + 24);
  EXPECT_EQ(width_with("WWWW"), 44 + state + 24);
}

TEST(Badge, IsReadByShields) {
  const json page = json::parse(body(samples::bad_night(), "/badge.json"));
  EXPECT_EQ(page, (json{{"schemaVersion", 1},
                        {"label", "Acme"},
                        {"message", "DOWN"},
                        {"color", "c0202b"},
                        {"isError", true}}));
  const json docs = json::parse(body(samples::bad_night(), "/badge/DOCS.json"));
  EXPECT_EQ(docs, (json{{"schemaVersion", 1},
                        {"label", "DOCS service"},
                        {"message", "UP"},
                        {"color", "007a5e"}}));
}

TEST(Badge, IsNeverGreenWhenNobodyHasBeenHeard) {
  const SitePtr site = render(samples::shared(samples::bad_night()), nullptr, nullptr);
  const json stale = json::parse(site->find_stale("/badge/DOCS.json", samples::now())->body());
  EXPECT_EQ(stale["message"], "UNKNOWN");
  EXPECT_EQ(stale["color"], "667079");
}

TEST(Badge, HasALabelWhateverTheName) {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.name = " \xE2\x80\x8B ";
  EXPECT_EQ(json::parse(body(snapshot, "/badge.json"))["label"], "status");
}

}  // namespace
}  // namespace signalbox::web
