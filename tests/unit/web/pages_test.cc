// Several pages on the public plane: which one an address means, what each tells, who is let in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/page_part.h"
#include "tests/unit/web/public_fixture.h"
#include "web/public/pass.h"

namespace signalbox::web {
namespace {

using samples::AlwaysBelieved;
using samples::Wire;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef";
constexpr std::string_view kPassword = "correct horse";

/// API and DOCS on the main page; JS on one of its own; DB behind a token, DOCS behind a password.
std::shared_ptr<const PageParts> parts() {
  static const std::string hash = hash_of_password(kPassword);
  PageParts all;
  all.main = {"API", "DOCS"};
  const std::string url = "https://status.acme.example/pages/";
  all.others = {
      {"js", "Acme JS", url + "js", "status.js.example", {"JS"}, {}},
      {"db", "Acme DB", url + "db", "", {"DB"}, {PageLock::Kind::token, token_digest(kToken)}},
      {"docs", "Docs", url + "docs", "docs.example", {"DOCS"}, {PageLock::Kind::password, hash}}};
  return std::make_shared<const PageParts>(std::move(all));
}

Snapshot night() {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.parts = parts();
  return snapshot;
}

class Pages : public testing::Test {
 protected:
  Pages() {
    server_ = make_public_server({.address = "127.0.0.1:0", .threads = 2}, ready_);
    show(night());
    address_ = server_->listen().value();
    server_->serve();
  }

  void show(Snapshot snapshot) {
    const SitePtr before = site_;
    site_ = render(samples::shared(std::move(snapshot)), before, nullptr);
    server_->publish(site_, before ? live_event(*before->snapshot(), *site_->snapshot()) : "");
  }
  std::string ask(const std::string& request) const {
    Wire wire(address_);
    wire.send(request);
    return wire.read_answer();
  }
  std::string get(const std::string& path, const std::string& lines = "",
                  const std::string& host = "x") const {
    return ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + lines + "\r\n");
  }
  std::string post(const std::string& path, const std::string& body) const {
    return ask("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " +
               "application/x-www-form-urlencoded\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  static std::string cookie_of(const std::string& answer) {
    const auto at = answer.find("Set-Cookie: ");
    if (at == std::string::npos) return "";
    return "Cookie: " + answer.substr(at + 12, answer.find(';', at) - at - 12) + "\r\n";
  }
  /// But for the Date line.
  static std::string timeless(std::string answer) {
    const auto at = answer.find("Date: ");
    return at == std::string::npos ? answer : answer.erase(at, answer.find('\n', at) - at + 1);
  }
  std::string db_pass() const { return cookie_of(get("/pages/db/?token=" + std::string(kToken))); }

  AlwaysBelieved ready_;
  SitePtr site_;
  std::unique_ptr<PublicServer> server_;
  std::string address_;
};

TEST_F(Pages, HaveTheirOwnServicesEach) {
  EXPECT_THAT(get("/api/board.json"),
              AllOf(HasSubstr("\"API\""), Not(HasSubstr("\"JS\"")), Not(HasSubstr("DB service"))));
  EXPECT_THAT(get("/pages/js/api/board.json"),
              AllOf(HasSubstr("\"JS\""), Not(HasSubstr("\"API\"")), HasSubstr("Acme JS")));
  EXPECT_THAT(get("/pages/js/services/JS"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Pages, HaveNothingOfOthersAtAnyAddress) {
  for (const std::string path :
       {"/services/JS", "/services/DB", "/feeds/DB.atom", "/badge/DB.svg",
        "/incidents/bbbbbbbbbbbb", "/incidents/mmmmmmmmmmmm", "/pages/js/services/API",
        "/pages/js/incidents/aaaaaaaaaaaa", "/pages/js/badge/API.json",
        "/pages/js/api/services/API/availability.json", "/pages/js/history/2026-01",
        "/pages/js/pages/js/", "/pages/nope/", "/pages/js/live/"}) {
    EXPECT_THAT(get(path), StartsWith("HTTP/1.1 404 ")) << path;
  }
}

TEST_F(Pages, AreNotReachedByTricks) {
  for (const std::string path :
       {"/pages/db/../js/", "/pages/js/../db/", "/pages/js/../../", "/pages/js/%2e%2e/db/",
        "/pages/%64b/", "/%70ages/db/", "/pages//db/", "/pages/db;/", "/pages/db/?token=",
        "/pages/DB/", "/pages/db%2f", "//pages/db/", "/./pages/db/", "/pages/js//pages/db/"}) {
    EXPECT_THAT(get(path), StartsWith("HTTP/1.1 404 ")) << path;
  }
}

TEST_F(Pages, AreAtTheirSlashWhetherOrNotThereIsOne) {
  for (const std::string slug : {"js", "db", "docs", "nope"}) {
    EXPECT_THAT(get("/pages/" + slug),
                AllOf(StartsWith("HTTP/1.1 302 "), HasSubstr("\r\nLocation: " + slug + "/\r\n")));
  }
  EXPECT_THAT(get("/pages/js?a=b"), HasSubstr("\r\nLocation: js/?a=b\r\n"));
}

TEST_F(Pages, AreAloneAtTheirOwnHost) {
  for (const std::string host :
       {"status.js.example", "STATUS.JS.example:8080", "status.js.example."}) {
    EXPECT_THAT(get("/api/board.json", "", host), HasSubstr("Acme JS")) << host;
    EXPECT_THAT(get("/services/API", "", host), StartsWith("HTTP/1.1 404 ")) << host;
    EXPECT_THAT(get("/pages/js/", "", host), StartsWith("HTTP/1.1 404 ")) << host;
  }
  EXPECT_THAT(get("/api/board.json", "", "unknown.example"), HasSubstr("\"API\""));
}

TEST_F(Pages, AreAtTheHostThatTheTargetNames) {
  const std::string js =
      ask("GET http://status.js.example/api/board.json HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(js, HasSubstr("Acme JS"));
  const std::string main =
      ask("GET http://x/api/board.json HTTP/1.1\r\nHost: status.js.example\r\n\r\n");
  EXPECT_THAT(main, Not(HasSubstr("Acme JS")));
}

TEST_F(Pages, AreNotThereWithoutTheirToken) {
  const std::string nowhere = timeless(get("/pages/nope/"));
  for (const std::string path :
       {"/pages/db/", "/pages/db/services/DB", "/pages/db/live", "/pages/db/?token=wrong",
        "/pages/db/api/v2/summary.json", "/pages/db/api/services/DB/availability.json"}) {
    EXPECT_EQ(timeless(get(path)), nowhere) << path;
    const std::string browser = "Accept: text/html,*/*;q=0.8\r\nAccept-Language: de\r\n";
    EXPECT_EQ(timeless(get(path, browser)), timeless(get("/pages/nope/", browser))) << path;
  }
  EXPECT_EQ(timeless(post("/pages/db/", "password=x")),
            timeless(post("/pages/nope/", "password=x")));
  EXPECT_THAT(get("/pages/db/", "Cookie: signalbox-db=1-2\r\n"), StartsWith("HTTP/1.1 404 "));
}

TEST_F(Pages, GiveAPassForTheirTokenAndTakeItOutOfTheAddress) {
  const std::string answer = get("/pages/db/services/DB?token=" + std::string(kToken));
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 302 "), HasSubstr("\r\nLocation: ./DB\r\n"),
                            HasSubstr("Referrer-Policy: no-referrer"), HasSubstr("no-store"),
                            Not(HasSubstr(std::string(kToken)))));
  EXPECT_THAT(get("/pages/db/services/DB", cookie_of(answer)),
              AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("DB service")));
}

TEST_F(Pages, AreKeptFromCachesOriginsAndRobots) {
  for (const std::string path : {"/", "/history", "/subscribe", "/embed", "/wall", "/services/DB",
                                 "/api/board.json", "/history.atom", "/badge.svg", "/status.txt"}) {
    const std::string answer = get("/pages/db" + path, db_pass());
    const std::string head = answer.substr(0, answer.find("\r\n\r\n"));
    EXPECT_THAT(
        head, AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("Cache-Control: private, no-store\r\n"),
                    HasSubstr("X-Robots-Tag: noindex"), HasSubstr("X-Frame-Options: DENY"),
                    Not(HasSubstr("Access-Control"))))
        << path;
  }
  EXPECT_THAT(get("/pages/js/api/board.json"), HasSubstr("Access-Control-Allow-Origin: *"));
}

TEST_F(Pages, SayTheirOwnWhereNothingIs) {
  const std::string browser = "Accept: text/html\r\n";
  EXPECT_THAT(get("/pages/js/nothing", browser),
              AllOf(StartsWith("HTTP/1.1 404 "), HasSubstr("Acme JS"),
                    HasSubstr("Content-Security-Policy: ")));
  EXPECT_THAT(get("/pages/db/nothing", browser + db_pass()),
              AllOf(StartsWith("HTTP/1.1 404 "), HasSubstr("Cache-Control: no-store\r\n"),
                    HasSubstr("X-Robots-Tag: noindex")));
}

TEST_F(Pages, AllowOtherOriginsToAskOnlyWhereTheyAreOpen) {
  const std::string lines =
      "Host: x\r\nOrigin: https://a.example\r\nAccess-Control-Request-Method: GET\r\n";
  const auto preflight = [&](const std::string& path, const std::string& pass = "") {
    return ask("OPTIONS " + path + " HTTP/1.1\r\n" + lines + pass + "\r\n");
  };
  EXPECT_THAT(preflight("/pages/js/api/board.json"), StartsWith("HTTP/1.1 204 "));
  EXPECT_THAT(preflight("/pages/db/api/board.json"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(preflight("/pages/db/api/board.json", db_pass()),
              AllOf(StartsWith("HTTP/1.1 405 "), Not(HasSubstr("Access-Control"))));
}

TEST_F(Pages, DoNotTakeThePassOfAnother) {
  const std::string pass = db_pass();
  std::string renamed = pass;
  renamed.replace(renamed.find("signalbox-db"), 12, "signalbox-docs");
  EXPECT_THAT(get("/pages/docs/", renamed), StartsWith("HTTP/1.1 401 "));
}

TEST_F(Pages, SayNotModifiedOnlyToThoseInside) {
  const std::string inside = get("/pages/db/status.txt", db_pass());
  const auto at = inside.find("ETag: ") + 6;
  const std::string tag = inside.substr(at, inside.find('\r', at) - at);
  const std::string line = "If-None-Match: " + tag + "\r\n";
  EXPECT_THAT(get("/pages/db/status.txt", line + db_pass()), StartsWith("HTTP/1.1 304 "));
  EXPECT_EQ(timeless(get("/pages/db/status.txt", line)), timeless(get("/pages/nope/")));
  EXPECT_THAT(get("/pages/docs/", "If-None-Match: *\r\n"), StartsWith("HTTP/1.1 401 "));
}

TEST_F(Pages, AskForTheirPasswordWhateverIsThere) {
  const std::string at_top = get("/pages/docs/");
  EXPECT_THAT(at_top,
              AllOf(StartsWith("HTTP/1.1 401 "), HasSubstr("no-store"), HasSubstr("<form"),
                    HasSubstr("X-Robots-Tag"), Not(HasSubstr("DOCS")), Not(HasSubstr("Acme"))));
  EXPECT_EQ(timeless(get("/pages/docs/services/DOCS")), timeless(get("/pages/docs/services/NONE")));
  EXPECT_THAT(get("/", "", "docs.example"), StartsWith("HTTP/1.1 401 "));
}

TEST_F(Pages, LetInWhoKnowsThePassword) {
  const std::string in = post("/pages/docs/", "password=correct+horse");
  EXPECT_THAT(in, AllOf(StartsWith("HTTP/1.1 303 "), HasSubstr("\r\nLocation: ./\r\n"),
                        HasSubstr("; Path=/pages/docs/;")));
  EXPECT_THAT(get("/pages/docs/", cookie_of(in)), HasSubstr("DOCS service"));
  EXPECT_THAT(post("/pages/docs/", "password=wrong"),
              AllOf(StartsWith("HTTP/1.1 401 "), Not(HasSubstr("Set-Cookie"))));
}

TEST_F(Pages, LeadWhoGivesThePasswordWhereTheyWanted) {
  const auto goes_to = [this](const std::string& path) {
    const std::string in = post(path, "password=correct+horse");
    EXPECT_THAT(in, AllOf(StartsWith("HTTP/1.1 303 "), HasSubstr("; Path=/pages/docs/;"))) << path;
    const auto at = in.find("Location: ") + 10;
    return in.substr(at, in.find('\r', at) - at);
  };
  EXPECT_EQ(goes_to("/pages/docs/services/DOCS"), "./DOCS");
  EXPECT_EQ(goes_to("/pages/docs/history/2026-01?a=b"), "./2026-01?a=b");
  EXPECT_EQ(goes_to("/pages/docs//evil.example"), "./evil.example");
  EXPECT_THAT(get("/pages/docs/services/DOCS"), Not(HasSubstr("action="))) << "the form stays here";
  EXPECT_THAT(post("/pages/docs", "password=correct+horse"), Not(HasSubstr("Set-Cookie")));
}

TEST_F(Pages, CountOnlyPasswordsAsTries) {
  for (int i = 0; i < 30; ++i) {
    EXPECT_THAT(post("/pages/docs/wp-login.php", "log=admin&pwd=x"),
                AllOf(StartsWith("HTTP/1.1 401 "), Not(HasSubstr("role=\"alert\""))));
  }
  const std::string in = post("/pages/docs/", "password=correct+horse");
  EXPECT_THAT(in, StartsWith("HTTP/1.1 303 "));
  const std::string again =
      ask("POST /pages/docs/services/DOCS HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n" +
          cookie_of(in) + "\r\npassword=x");
  EXPECT_THAT(again, AllOf(StartsWith("HTTP/1.1 303 "), HasSubstr("Location: ./DOCS\r\n"),
                           Not(HasSubstr("Set-Cookie"))))
      << "who is in, from another tab";
}

TEST_F(Pages, AnswerRightAndWrongAlikeAfterTooManyTries) {
  for (int i = 0; i < 10; ++i) post("/pages/docs/", "password=wrong");
  const std::string wrong = timeless(post("/pages/docs/", "password=wrong"));
  EXPECT_THAT(wrong, AllOf(StartsWith("HTTP/1.1 429 "), HasSubstr("Retry-After: ")));
  const std::string right = timeless(post("/pages/docs/", "password=correct+horse"));
  EXPECT_EQ(right.substr(right.find("<html")), wrong.substr(wrong.find("<html")));
  EXPECT_THAT(right, AllOf(StartsWith("HTTP/1.1 429 "), Not(HasSubstr("Set-Cookie"))));
}

TEST_F(Pages, TakeBackAllPassesWhenTheTokenChanges) {
  const std::string pass = db_pass();
  Snapshot next = night();
  PageParts changed = *parts();
  changed.others[1].lock.digest = token_digest("fedcba9876543210fedcba9876543210");
  next.page.parts = std::make_shared<const PageParts>(changed);
  Wire stream(address_);
  stream.send("GET /pages/db/live HTTP/1.1\r\nHost: x\r\n" + pass + "\r\n");
  EXPECT_THAT(stream.read_until("signalbox\n\n"), Not(HasSubstr("Access-Control")));
  show(std::move(next));
  EXPECT_EQ(stream.read_all(), "") << "the stream is closed";
  EXPECT_THAT(get("/pages/db/", pass), StartsWith("HTTP/1.1 404 "));
}

TEST_F(Pages, StreamTheirOwnEventsOnly) {
  Wire main(address_);
  Wire js(address_);
  main.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
  js.send("GET /live HTTP/1.1\r\nHost: status.js.example\r\n\r\n");
  main.read_until("signalbox\n\n");
  js.read_until("signalbox\n\n");
  Snapshot next = night();
  next.services[1].state = next.services[1].standing.state = State::down;
  show(next);
  EXPECT_THAT(js.read_until("\n\n"), HasSubstr("\"JS\""));
  next.services[0].state = next.services[0].standing.state = State::up;
  show(next);
  EXPECT_THAT(main.read_until("\n\n"), AllOf(HasSubstr("\"API\""), Not(HasSubstr("\"JS\""))));
}

TEST_F(Pages, AnswerHeadAsGet) {
  const std::string head =
      ask("HEAD /pages/docs/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(head, AllOf(StartsWith("HTTP/1.1 401 "), Not(HasSubstr("<form"))));
}

TEST(SitesOfPages, TellNothingOfAServiceThatWasLockedAwayAndIsNoMore) {
  Snapshot snapshot = samples::bad_night();
  PageParts all;
  for (const ServiceView& view : snapshot.services) all.main.push_back(view.id);
  all.others = {{"js", "Acme JS", "https://x/pages/js", "", {"JS"}, {}}};
  snapshot.page.parts = std::make_shared<const PageParts>(all);
  snapshot.incidents = {samples::incident("gonegonegone", "GONE", snapshot.as_of, true)};
  const SitePtr site = render(samples::shared(snapshot), nullptr, nullptr);
  EXPECT_EQ(site->find("/incidents/gonegonegone"), nullptr);
  for (const std::string& path : site->paths()) {
    if (const DocumentPtr found = site->find(path)) {
      EXPECT_THAT(found->body(), Not(HasSubstr("gonegonegone"))) << path;
    }
  }
}

TEST(SitesOfPages, DoNotTellByTheirAsOfWhenOthersWereSpokenOf) {
  Snapshot snapshot = night();
  const auto js_as_of = [](const SitePtr& site) {
    return site->pages()[0].site->snapshot()->as_of;
  };
  const SitePtr first = render(samples::shared(snapshot), nullptr, nullptr);
  snapshot.as_of += Duration(7);
  const auto db = std::ranges::find(snapshot.services, "DB", &ServiceView::id);
  ASSERT_NE(db, snapshot.services.end());
  db->state = State::down;
  const SitePtr second = render(samples::shared(snapshot), first, nullptr);
  EXPECT_EQ(js_as_of(second), js_as_of(first));
  EXPECT_EQ(second->pages()[0].event, "");
  const auto js = std::ranges::find(snapshot.services, "JS", &ServiceView::id);
  js->state = js->state == State::down ? State::up : State::down;
  const SitePtr third = render(samples::shared(snapshot), second, nullptr);
  EXPECT_EQ(js_as_of(third), snapshot.as_of);
  const Time minute = std::chrono::ceil<std::chrono::minutes>(snapshot.as_of);
  snapshot.as_of = minute + Duration(1234);
  EXPECT_EQ(js_as_of(render(samples::shared(snapshot), third, nullptr)), minute);
}

TEST(SitesOfPages, AreNotAmongThePathsOfTheMainOne) {
  const SitePtr site = render(samples::shared(night()), nullptr, nullptr);
  for (const std::string& path : site->paths()) EXPECT_THAT(path, Not(HasSubstr("pages"))) << path;
  ASSERT_EQ(site->pages().size(), 3U);
  EXPECT_FALSE(site->pages()[0].site->snapshot()->page.restricted);
  EXPECT_TRUE(site->pages()[1].site->snapshot()->page.restricted);
}

}  // namespace
}  // namespace signalbox::web
