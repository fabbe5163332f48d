// Which language a reader is answered in: by the address, else by the Accept-Language header.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/unit/web/samples.h"
#include "web/documents/accept_language.h"
#include "web/documents/address.h"
#include "web/documents/table.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

SitePtr site_in(const std::string& own, std::vector<std::string> others = {}) {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.language = own;
  snapshot.page.languages = std::move(others);
  return render(samples::shared(snapshot), nullptr, nullptr);
}

TEST(Address, NamesALanguageInItsFirstSegmentOnly) {
  EXPECT_EQ(address_of("/de/services/API").language, language("de"));
  EXPECT_EQ(address_of("/de/services/API").rest, "/services/API");
  EXPECT_EQ(address_of("/de/").rest, "/");
  EXPECT_EQ(address_of("/de").language, language("de"));
  EXPECT_EQ(address_of("/de").rest, "");
  EXPECT_EQ(address_in("de", "/services/API"), "/de/services/API");
  for (const char* plain : {"/", "", "de", "//de/", "/services/de", "/DE/", "/den/", "/tlh/"}) {
    EXPECT_EQ(address_of(plain).language, nullptr) << plain;
    EXPECT_EQ(address_of(plain).rest, plain);
  }
}

TEST(AcceptLanguage, IsAnsweredByWhatIsWantedMost) {
  struct Case {
    const char* header;
    const char* answer;
  };
  const Case cases[] = {
      {"", "en"},
      {"de", "de"},
      {"DE-at", "de"},
      {"de-AT, en;q=0.5", "de"},
      {"en-US,en;q=0.9,de;q=0.8", "en"},
      {"tlh, fr;q=0.2", "fr"},
      {"fr, de", "fr"},
      {"de, fr", "de"},
      {"fr;q=0.5, de;q=0.9, *;q=0.1", "de"},
      {"ja;q=0.001", "ja"},
      {"*", "en"},
      {"*, es", "en"},
      {"es;q=0.9, *;q=0.5", "es"},
      {"en;q=0, *", "de"},
      {"de;q=0, de-AT, fr;q=0.1", "fr"},
      {"de;q=0", "en"},
      {"de;q=0, en;q=0", "en"},
      {"zh-Hans-CN, zh;q=0.9", "en"},
      {"ar-EG-u-nu-latn", "ar"},
      {"de;q=abc, fr;q=0.1", "fr"},
      {"de;q=7", "en"},
      {" ,, ;q=1 ,de", "de"},
      {"english", "en"},
      {"den", "en"},
      {"d", "en"},
      {"-", "en"},
      {"*-DE", "en"},
      {"\xff\xfe;q=1,es", "es"},
  };
  const auto offer = offered(PageFacts{});
  for (const Case& one : cases) {
    EXPECT_EQ(wanted(one.header, offer).code(), one.answer) << one.header;
  }
}

TEST(AcceptLanguage, FallsBackToThePagesOwn) {
  PageFacts page;
  page.language = "ja";
  page.languages = {"en"};
  const auto offer = offered(page);
  ASSERT_EQ(offer.size(), 2U);
  EXPECT_EQ(wanted("", offer).code(), "ja");
  EXPECT_EQ(wanted("de", offer).code(), "ja") << "not offered";
  EXPECT_EQ(wanted("de, *;q=0.1", offer).code(), "ja");
  EXPECT_EQ(wanted("en-GB", offer).code(), "en");
}

TEST(AcceptLanguage, IsReadOnlySoFar) {
  const auto offer = offered(PageFacts{});
  std::string header = "fr;q=0.1";
  while (header.size() < kMostAccepted) header += ",x-" + std::string(20, 'y');
  EXPECT_EQ(wanted(header + ",de", offer).code(), "fr");
  EXPECT_EQ(wanted(std::string(kMostAccepted + 1, 'd'), offer).code(), "en");
  std::string commas(kMostAccepted, ',');
  EXPECT_EQ(wanted(commas, offer).code(), "en");
}

TEST(SiteLanguages, PagesAreSaidInTheWantedOneAndDataOnce) {
  const SitePtr made = site_in("en");
  EXPECT_EQ(made->language("de-CH"), "de");
  EXPECT_EQ(made->language("en"), "") << "the page's own";
  EXPECT_THAT(made->find("/", "de")->body(), HasSubstr("<html lang=\"de\" dir=\"ltr\">"));
  EXPECT_THAT(made->find("/", "ar")->body(), HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
  EXPECT_THAT(made->find("/")->body(), HasSubstr("<html lang=\"en\" dir=\"ltr\">"));
  EXPECT_EQ(made->find("/", "de"), made->find("/", "de")) << "made once";
  EXPECT_EQ(made->find("/", "tlh"), made->find("/"));
  for (const char* data : {"/api/board.json", "/history.atom", "/status.txt", "/badge/API.svg"}) {
    EXPECT_EQ(made->find(data, "de"), made->find(data)) << data;
  }
}

TEST(SiteLanguages, AddressesForceOne) {
  const SitePtr made = site_in("en");
  for (const FixedDocument& entry : fixed_documents()) {
    const auto document = made->find("/ja" + std::string(entry.path));
    EXPECT_EQ(document != nullptr, is_page(entry.kind)) << entry.path;
    if (document == nullptr) continue;
    EXPECT_THAT(document->body(), HasSubstr("<html lang=\"ja\"")) << entry.path;
    EXPECT_EQ(document, made->find("/ja" + std::string(entry.path), "de")) << entry.path;
  }
  for (const char* page : {"/ja/services/API", "/en/services/API", "/ja/incidents/aaaaaaaaaaaa"}) {
    EXPECT_NE(made->find(page), nullptr) << page;
  }
  for (const char* none : {"/ja", "/ja/services/NOPE", "/ja/feeds/API.atom", "/ja/de/", "/ja//",
                           "/ja/api/board.json", "/services/ja/"}) {
    EXPECT_EQ(made->find(none), nullptr) << none;
  }
  EXPECT_EQ(made->moved("/ja"), "ja/");
  for (const char* not_moved : {"/ja/", "/", "/tlh", "/services"}) {
    EXPECT_EQ(made->moved(not_moved), "") << not_moved;
  }
}

TEST(SiteLanguages, AServiceMayBeCalledLikeOne) {
  Snapshot snapshot = samples::bad_night();
  snapshot.services.push_back(samples::service("de", State::up));
  const SitePtr made = render(samples::shared(snapshot), nullptr, nullptr);
  EXPECT_THAT(made->find("/services/de")->body(), HasSubstr("<html lang=\"en\""));
  EXPECT_THAT(made->find("/fr/services/de")->body(), HasSubstr("<html lang=\"fr\""));
}

TEST(SiteLanguages, HeadsSayWhichAndWhatItDependsOn) {
  const auto head = [](const DocumentPtr& document) {
    return document->bytes(Encoding::identity).head;
  };
  const SitePtr made = site_in("de");
  EXPECT_THAT(head(made->find("/")), HasSubstr("Content-Language: de\r\n"));
  EXPECT_THAT(head(made->find("/")), HasSubstr("Vary: Accept-Language, Accept-Encoding\r\n"));
  EXPECT_THAT(head(made->find("/", "fr")), HasSubstr("Content-Language: fr\r\n"));
  EXPECT_THAT(made->find("/")->bytes(Encoding::gzip).not_modified,
              HasSubstr("Vary: Accept-Language, Accept-Encoding\r\n"));
  EXPECT_THAT(head(made->find("/fr/")), HasSubstr("Content-Language: fr\r\n"));
  EXPECT_THAT(head(made->find("/fr/")), HasSubstr("Vary: Accept-Encoding\r\n"));
  EXPECT_THAT(head(made->find("/api/board.json")), Not(HasSubstr("Language")));
  EXPECT_NE(made->find("/", "fr")->bytes(Encoding::gzip).etag,
            made->find("/")->bytes(Encoding::gzip).etag);
  const SitePtr only = site_in("de", {"de"});
  EXPECT_THAT(head(only->find("/")), HasSubstr("Vary: Accept-Encoding\r\n"));
}

TEST(SiteLanguages, OffersOnlyWhatIsConfigured) {
  const SitePtr made = site_in("de", {"fr"});
  EXPECT_THAT(made->paths(), Contains("/fr/services/API"));
  EXPECT_THAT(made->paths(), Contains("/de/"));
  EXPECT_THAT(made->paths(), Not(Contains("/en/")));
  EXPECT_THAT(made->paths(), Not(Contains("/fr/api/board.json")));
  EXPECT_EQ(made->find("/en/"), nullptr);
  EXPECT_EQ(made->moved("/en"), "");
  EXPECT_EQ(made->language("en"), "");
  for (const std::string& path : made->paths()) EXPECT_NE(made->find(path), nullptr) << path;
}

TEST(SiteLanguages, TakeOverWhatIsUnchangedAndDropTheRest) {
  const Snapshot snapshot = samples::bad_night();
  const SitePtr first = render(samples::shared(snapshot), nullptr, nullptr);
  const DocumentPtr german = first->find("/services/API", "de");
  const SitePtr second = render(samples::shared(snapshot), first, nullptr);
  EXPECT_EQ(second->find("/services/API", "de"), german);
  Snapshot french = snapshot;
  french.page.language = "fr";
  const SitePtr third = render(samples::shared(french), second, nullptr);
  EXPECT_NE(third->find("/services/API", "de"), german) << "its head might say something else";
}

TEST(SiteLanguages, SayThatNothingIsHeard) {
  const SitePtr made = site_in("en");
  const Time silent = samples::now() + std::chrono::minutes(5);
  const std::string body = made->find_stale("/", silent, "de")->body();
  EXPECT_THAT(body, HasSubstr("<html lang=\"de\""));
  EXPECT_THAT(body, HasSubstr("role=\"alert\""));
  EXPECT_NE(made->find_stale("/de/", silent), nullptr);
}

TEST(RightToLeft, NamesStandApartFromTheLineTheyAreIn) {
  Snapshot snapshot = samples::bad_night();
  for (ServiceView& service : snapshot.services) service.name = "\u062e\u062f\u0645\u0629";
  const std::string html = render(samples::shared(snapshot), nullptr, nullptr)->find("/")->body();
  EXPECT_THAT(html, HasSubstr("<strong><bdi>\u062e\u062f\u0645\u0629</bdi></strong>"));
  EXPECT_THAT(html, HasSubstr(" \u00b7 <bdi>\u062e\u062f\u0645\u0629</bdi>"));
}

}  // namespace
}  // namespace signalbox::web
