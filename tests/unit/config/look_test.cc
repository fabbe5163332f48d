// How the page looks, by the configuration: what is taken, and what is refused with which words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "config/colours.h"
#include "config/config.h"
#include "config/picture.h"

namespace signalbox::config {
namespace {

using testing::HasSubstr;

/// A folder with a configuration, and files that it names.
class LookFiles : public testing::Test {
 protected:
  LookFiles() { std::filesystem::create_directories(folder_); }
  ~LookFiles() override { std::filesystem::remove_all(folder_); }

  void put(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  Loaded read(const std::string& page) {
    return load_text("services: [{id: A}]\npage: {" + page + "}\n", (folder_ / "f.yaml").string());
  }
  LookPtr look(const std::string& page) {
    const Loaded loaded = read(page);
    for (const Misfit& misfit : loaded.misfits) ADD_FAILURE() << to_text(misfit);
    return loaded.config ? loaded.config->page.look : nullptr;
  }
  std::string mistake(const std::string& page) {
    const Loaded loaded = read(page);
    return loaded.misfits.empty() ? "" : to_text(loaded.misfits[0]);
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() /
      ("signalbox_look_" +
       std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(LookFiles, AreNotNeeded) { EXPECT_EQ(look("name: A"), nullptr); }

TEST_F(LookFiles, SayThemeTextsAndColours) {
  const LookPtr said = look(
      "theme: classic, header: Ask us, footer: Bye, colours: {light: {link: '#8A1C5B'}, "
      "dark: {background: '#000000', card: '#000000'}}");
  ASSERT_NE(said, nullptr);
  EXPECT_EQ(said->theme, Theme::classic);
  EXPECT_EQ(said->header, "Ask us");
  EXPECT_EQ(said->footer, "Bye");
  EXPECT_EQ(said->light.link, "#8a1c5b");
  EXPECT_EQ(said->light.text, "");
  EXPECT_EQ(said->dark.card, "#000000");
}

TEST_F(LookFiles, PutALogoAndRulesIn) {
  put("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
  put("own.css", ".name { font-style: italic; background: url( 'data:image/gif;base64,' ); }");
  const LookPtr said = look("logo: logo.svg, css: own.css");
  ASSERT_NE(said, nullptr);
  EXPECT_EQ(said->logo,
            "data:image/svg+xml;base64,PHN2ZyB4bWxucz0naHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmcnLz4=");
  EXPECT_THAT(said->css, HasSubstr("italic"));
}

TEST_F(LookFiles, ThatAreNotThereMayBeAbsent) {
  const Loaded loaded = read("logo: no.svg");
  ASSERT_EQ(loaded.misfits.size(), 1U);
  EXPECT_TRUE(loaded.misfits[0].absent);
  EXPECT_THAT(to_text(loaded.misfits[0]), HasSubstr(":2:14: `logo` names a file that cannot be"));
}

TEST_F(LookFiles, AreRefusedWhenTheyAreNoPictureOrTooLarge) {
  put("x.svg", "<html><svg/></html>");
  put("large.png", "\x89PNG\r\n\x1a\n" + std::string(std::size_t{100} * 1024, 'x'));
  put("fits.png", "\x89PNG\r\n\x1a\n" + std::string(std::size_t{100} * 1024 - 8, 'x'));
  EXPECT_THAT(mistake("logo: x.svg"), HasSubstr("is no SVG, PNG or WebP picture"));
  EXPECT_THAT(mistake("logo: large.png"), HasSubstr("more than 100 KiB"));
  EXPECT_NE(look("logo: fits.png"), nullptr);
}

TEST_F(LookFiles, AreRefusedWhenRulesCouldLeaveTheirPlace) {
  put("out.css", "a{} </STYLE><script>");
  put("far.css", "a { background: URL( \"https://x.example/a.png\") }");
  put("import.css", "@import 'a.css';");
  put("escaped.css", "a { background: u\\52 l(https://x.example/a.png) }");
  put("imported.css", "@\\000069mport 'a.css';");
  put("line.css", "@\\69\r\nmport 'a.css';");
  put("letter.css", "@\\import 'a.css';");
  put("set.css", "a { background: image-set('https://x.example/a.png' 1x) }");
  put("bytes.css", "a{} \xff");
  put("large.css", std::string(std::size_t{64} * 1024 + 1, ' '));
  EXPECT_THAT(mistake("css: out.css"), HasSubstr("holds `</style`"));
  EXPECT_THAT(mistake("css: far.css"), HasSubstr("loads something"));
  EXPECT_THAT(mistake("css: import.css"), HasSubstr("loads something"));
  for (const char* name : {"escaped.css", "imported.css", "line.css", "letter.css", "set.css"}) {
    EXPECT_THAT(mistake(std::string("css: ") + name), HasSubstr("loads something")) << name;
  }
  EXPECT_THAT(mistake("css: bytes.css"), HasSubstr("no text in UTF-8"));
  EXPECT_THAT(mistake("css: large.css"), HasSubstr("more than 64 KiB"));
}

TEST_F(LookFiles, AreRefusedWhenColoursCannotBeReadBy) {
  EXPECT_THAT(mistake("colours: {light: {link: '#aaaaaa'}}"),
              HasSubstr("`link` cannot be read by: `link` #aaaaaa on `background` #f6f7f9 has a "
                        "contrast of 2.1; choose colours further apart, with 4.5 or more"));
  EXPECT_THAT(mistake("colours: {dark: {card: '#888888'}}"),
              HasSubstr("`card` cannot be read by: `text` #e6eaee on `card` #888888"));
  EXPECT_THAT(mistake("colours: {light: {link: blue}}"), HasSubstr("must be a colour as"));
  EXPECT_THAT(mistake("colours: {light: {lnk: '#000000'}}"), HasSubstr("did you mean `link`?"));
  EXPECT_THAT(mistake("theme: clasic"), HasSubstr("must be standard or classic"));
  EXPECT_THAT(mistake("header: " + std::string(2001, 'x')), HasSubstr("more than 2000 characters"));
}

TEST(Contrast, IsAsWcagHasIt) {
  EXPECT_NEAR(contrast("#000000", "#ffffff"), 21, 1e-9);
  EXPECT_NEAR(contrast("#777777", "#ffffff"), 4.48, 0.005);
  EXPECT_NEAR(contrast("#ffffff", "#ffffff"), 1, 1e-9);
}

TEST(OwnColours, CanBeReadByInBothSchemes) {
  for (const Palette& own : {light_palette(), dark_palette()}) {
    for (const std::string& behind : {own.background, own.card}) {
      for (const std::string& front :
           {own.text, own.soft, own.link, own.up, own.issue, own.down, own.maint, own.unknown}) {
        EXPECT_GE(contrast(front, behind), 4.5) << front << " on " << behind;
      }
    }
  }
}

TEST(Picture, IsToldByItsFirstBytes) {
  EXPECT_THAT(picture_url("<?xml version='1.0'?>\n<svg/>"),
              HasSubstr("data:image/svg+xml;base64,"));
  EXPECT_THAT(picture_url("RIFF____WEBPVP8 "), HasSubstr("data:image/webp;base64,"));
  EXPECT_EQ(picture_url("\x89PNG\r\n\x1a\n"), "data:image/png;base64,iVBORw0KGgo=");
  for (const char* other : {"", "GIF89a", "<script>", "RIFF____WAVE", "x<svg/>"}) {
    EXPECT_EQ(picture_url(other), "") << other;
  }
}

}  // namespace
}  // namespace signalbox::config
