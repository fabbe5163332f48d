#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/unit/web/calendar_reader.h"
#include "tests/unit/web/markup.h"
#include "tests/unit/web/samples.h"
#include "web/documents/language.h"
#include "web/documents/words.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using nlohmann::json;
/// Our own list: each has run script, or broken a document, on some page somewhere.
std::vector<std::string> wicked() {
  return {
      "<script>alert(1)</script>",
      "</style><script>alert(1)</script>",
      "</title></textarea></noscript><svg/onload=alert(1)>",
      "\"><img src=x onerror=alert(1)>",
      "' onmouseover='alert(1)",
      "`onfocus=alert(1) autofocus",
      "javascript:alert(1)",
      "https://x.example/\"onclick=\"alert(1)",
      "http://x.example/javascript:alert(1)//https://y.example/'><script>",
      "{{#svg}}{{&svg}}{{{name}}}{{>style.css}}",
      "<!--><script>alert(1)</script>",
      "<![CDATA[<script>alert(1)</script>]]>",
      "]]><!ENTITY x SYSTEM \"file:///etc/passwd\">&x;",
      "&#x3c;script&#x3e;alert(1)&#x3c;/script&#x3e;",
      "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
      "<iframe srcdoc='<script>alert(1)</script>'>",
      "<base href=//evil.example><meta http-equiv=refresh content='0;url=//evil.example'>",
      "\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:file:///etc/passwd",
      "a;b,c\\d:e\"f\nX-EVIL:1",
      "\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: a=b",
      "\u2028alert(1)\u2029",
      "\u202Egnp.exe\u2066",
      "\xff\xfe broken \x01\x02 \xEF\xBF\xBF ]]> --> \x1b[31m",
      std::string("nul \0 inside", 12),
  };
}

std::vector<std::string> naughty() {
  const char* set = std::getenv("SIGNALBOX_TEST_DATA");
  const std::string root = set != nullptr ? set : SIGNALBOX_ROOT "/../shared/data";
  std::ifstream file(root + "/hostile/blns.json");
  const json list = json::parse(file, nullptr, false);
  if (!list.is_array()) return {};
  std::vector<std::string> strings = list.get<std::vector<std::string>>();
  return strings;
}

/// A snapshot in which everything that comes from outside is `text`.
Snapshot all_of(const std::string& text) {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.name = text;
  snapshot.page.languages = {"ar"};
  snapshot.page.follow = {{text, text}};
  snapshot.page.on_call.names = {text};
  snapshot.banners = {{OwnTrouble::Kind::unread, {}}};
  for (ServiceView& service : snapshot.services) {
    service.name = text;
    service.group = text;
    service.standing.note = text;
    service.sources = {text};
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
  Maintenance& work = snapshot.maintenances[0];
  work.name = text;
  work.updates[0].text = text;
  work.updates[0].source = {"a", text, text, text};
  return snapshot;
}

std::string trouble(const Document& document) {
  const std::string& type = document.content_type();
  const auto is = [&type](std::string_view part) { return type.find(part) != std::string::npos; };
  if (is("json")) return json::accept(document.body()) ? "" : "not JSON";
  if (is("xml")) return xml_trouble(document.body());
  if (is("html")) return html_trouble(document.body());
  if (is("calendar"))
    return components_in(document.body()).size() == 2 ? "" : "more than one event";
  return valid_utf8(document.body()) == document.body() ? "" : "not UTF-8";
}

bool in_another_language(const std::string& path) {
  return language(path.substr(1, path.find('/', 1) - 1)) != nullptr;
}

/// Every document, with `text` wherever something comes from outside. The same templates are filled
/// in every language: one is enough for most strings.
void expect_unharmed(const std::string& text, bool all_languages) {
  const SitePtr site = render(samples::shared(all_of(text)), nullptr, nullptr);
  for (const std::string& path : site->paths()) {
    if (!all_languages && in_another_language(path)) continue;
    ASSERT_EQ(trouble(*site->find(path)), "") << path << " with " << text;
  }
}

TEST(Hostile, EveryDocumentWithstandsTheWicked) {
  for (const std::string& text : wicked()) expect_unharmed(text, true);
}

TEST(Hostile, EveryDocumentWithstandsTheNaughty) {
  const auto strings = naughty();
  if (strings.empty()) GTEST_SKIP() << "skipped, because the shared data is absent";
  for (const std::string& text : strings) expect_unharmed(text, false);
  std::string all;
  for (const std::string& text : strings) all += text + "\n";
  expect_unharmed(all, true);
}

TEST(Hostile, TheCheckSeesWhatItLooksFor) {
  for (const char* bad :
       {"<p><script>x</script>", "<p onclick=x>", "<img src=/x>", "<a href='javascript:x'>x</a>",
        "<p style='x'>", "<script src=//evil.example/assets/x></script>"}) {
    EXPECT_NE(html_trouble(bad), "") << bad;
  }
  EXPECT_EQ(html_trouble("<p><a href='./x'>x</a><script src='../assets/x'></script>"), "");
  EXPECT_NE(xml_trouble("<a>&nbsp;</a>"), "");
  EXPECT_EQ(xml_trouble("<a>&amp;</a>"), "");
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
