// What all documents share on the wire, and the description that names them all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tests/unit/web/samples.h"
#include "web/documents/address.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

SitePtr site(const Snapshot& snapshot = samples::bad_night()) {
  return render(samples::shared(snapshot), nullptr, nullptr);
}

bool is_html(const Document& document) { return document.content_type().starts_with("text/html"); }

TEST(Documents, MayBeReadFromAnyOriginButForPages) {
  const SitePtr made = site();
  for (const std::string& path : made->paths()) {
    const DocumentPtr document = made->find(path);
    const std::string& head = document->bytes(Encoding::identity).head;
    const bool open = head.find("Access-Control-Allow-Origin: *\r\n") != std::string::npos;
    EXPECT_NE(open, is_html(*document)) << path;
    EXPECT_THAT(head, HasSubstr("X-Content-Type-Options: nosniff\r\n")) << path;
    EXPECT_THAT(head, HasSubstr("Content-Security-Policy: default-src 'none'; ")) << path;
    EXPECT_THAT(head, Not(HasSubstr("unsafe-"))) << path;
  }
}

TEST(Documents, SayInA304WhatTheySayInA200) {
  const SitePtr made = site();
  for (const std::string& path : made->paths()) {
    const Bytes& bytes = made->find(path)->bytes(Encoding::gzip);
    EXPECT_THAT(bytes.not_modified, HasSubstr("ETag: " + bytes.etag + "\r\n")) << path;
    EXPECT_THAT(bytes.not_modified, HasSubstr("Accept-Encoding\r\n")) << path;
    const bool open = bytes.head.find("Access-Control-Allow-Origin") != std::string::npos;
    const bool open_then =
        bytes.not_modified.find("Access-Control-Allow-Origin") != std::string::npos;
    EXPECT_EQ(open, open_then) << path;
  }
}

/// A path as OpenAPI writes it: `{service}` for a service's id, and so on.
std::string described(const Snapshot& snapshot, std::string path) {
  path = address_of(path).rest;  // pages in a language are described once for all
  if (path.starts_with("/incidents/")) return "/incidents/{incident}";
  if (path.starts_with("/groups/")) return "/groups/{group}";
  if (path.starts_with("/history/")) return "/history/{month}";
  if (path.starts_with("/assets/")) return "/assets/{asset}";
  for (const ServiceView& service : snapshot.services) {
    for (const char* before : {"/services/", "/badge/", "/feeds/"}) {
      const std::string start = before + service.id;
      if (!path.starts_with(start)) continue;
      const std::string rest = path.substr(start.size());
      if (rest.empty() || rest[0] == '.') return std::string(before) + "{service}" + rest;
    }
  }
  return path;
}

/// What is answered beside the documents of a site.
const std::set<std::string> kBeside = {"/live",
                                       "/healthz",
                                       "/readyz",
                                       "/api/services/{service}/availability.json",
                                       "/api/services/{service}/availability.csv",
                                       "/api/services/{service}/reports/{month}.json",
                                       "/api/services/{service}/reports/{month}.csv",
                                       "/v1/pages/{page}/metrics/{metric}/data",
                                       "/v1/pages/{page}/metrics/data"};

TEST(OpenApi, NamesEveryDocumentAndNoOther) {
  const SitePtr made = site();
  const json description = json::parse(made->find("/api/openapi.json")->body());
  std::set<std::string> ours;
  for (const std::string& path : made->paths()) {
    ours.insert(described(*made->snapshot(), path));
  }
  std::set<std::string> theirs;
  for (const auto& [path, item] : description["paths"].items()) {
    const bool staff = item.contains("servers");
    if (!staff && !kBeside.contains(path)) theirs.insert(path);
  }
  EXPECT_EQ(theirs, ours);
}

TEST(OpenApi, NamesTheTypeEachDocumentHas) {
  const SitePtr made = site();
  const json description = json::parse(made->find("/api/openapi.json")->body());
  for (const std::string& path : made->paths()) {
    if (path.starts_with("/assets/")) continue;  // of several types
    const json& get = description["paths"][described(*made->snapshot(), path)]["get"];
    const std::string type = made->find(path)->content_type();
    EXPECT_TRUE(get["responses"]["200"]["content"].contains(type.substr(0, type.find(';'))))
        << path;
  }
}

TEST(ServiceFeeds, HaveOnlyTheServicesIncidents) {
  const SitePtr made = site();
  const json api = json::parse(made->find("/feeds/API.json")->body());
  ASSERT_EQ(api["items"].size(), 1U);
  EXPECT_THAT(api["items"][0]["url"].get<std::string>(), HasSubstr("/incidents/aaaaaaaaaaaa"));
  EXPECT_EQ(api["version"], "https://jsonfeed.org/version/1.1");
  EXPECT_EQ(api["feed_url"], "https://status.acme.example/feeds/API.json");
  EXPECT_EQ(api["home_page_url"], "https://status.acme.example/services/API");
  EXPECT_EQ(api["title"], "Acme, API service: incidents");
  EXPECT_TRUE(json::parse(made->find("/feeds/DOCS.json")->body())["items"].empty());
  EXPECT_EQ(made->find("/feeds/NO.atom"), nullptr);
}

TEST(ServiceFeeds, SayWhereTheyAre) {
  const SitePtr made = site();
  const std::string atom = made->find("/feeds/API.atom")->body();
  EXPECT_THAT(atom, HasSubstr("<id>tag:status.acme.example,2005:/services/API</id>"));
  EXPECT_THAT(atom, HasSubstr("rel=\"self\" type=\"application/atom+xml\" "
                              "href=\"https://status.acme.example/feeds/API.atom\""));
  EXPECT_THAT(atom, HasSubstr("2005:Incident/aaaaaaaaaaaa</id>"));
  EXPECT_THAT(atom, Not(HasSubstr("bbbbbbbbbbbb")));
  const std::string rss = made->find("/feeds/JS.rss")->body();
  EXPECT_THAT(rss, HasSubstr("href=\"https://status.acme.example/feeds/JS.rss\""));
  EXPECT_THAT(rss, HasSubstr("/incidents/bbbbbbbbbbbb</link>"));
  EXPECT_THAT(rss, HasSubstr("2026-11-18 03:30 UTC")) << "times with year and zone";
}

/// The site of a page beside the main one, as readers find it.
SitePtr site_of_part(const std::string& url) {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.slug = "partners";
  snapshot.page.url = url;
  return render(samples::shared(snapshot), nullptr, nullptr);
}

TEST(Feeds, AreOthersOnAPageBesideTheMainOne) {
  const SitePtr part = site_of_part("https://status.acme.example/pages/partners");
  const std::string id = "<id>tag:status.acme.example,2005:";
  for (const auto& [path, name] : {std::pair("/history.atom", "/history"),
                                   {"/updates.atom", "/updates"},
                                   {"/feeds/API.atom", "/services/API"}}) {
    EXPECT_THAT(site()->find(path)->body(), HasSubstr(id + name + "</id>"));
    EXPECT_THAT(part->find(path)->body(), HasSubstr(id + "/pages/partners" + name + "</id>"));
  }
  EXPECT_THAT(part->find("/history.atom")->body(), HasSubstr(id + "Incident/aaaaaaaaaaaa</id>"));
}

TEST(Feeds, NeedNoPathWhereAPageHasItsOwnHost) {
  EXPECT_THAT(site_of_part("https://partners.example")->find("/history.atom")->body(),
              HasSubstr("<id>tag:partners.example,2005:/history</id>"));
  EXPECT_THAT(site_of_part("")->find("/history.atom")->body(),
              HasSubstr("<id>tag:localhost,2005:/pages/partners/history</id>"));
}

}  // namespace
}  // namespace signalbox::web
