#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "config/config.h"
#include "config/nearest.h"

namespace signalbox::config {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

Config good(const std::string& text, const std::string& name = "/etc/sb/x.yaml") {
  auto loaded = load_text(text, name);
  for (const auto& misfit : loaded.misfits) ADD_FAILURE() << to_text(misfit);
  return loaded.config.value_or(Config{});
}

TEST(GoodFile, NeedsNoMoreThanAService) {
  const Config config = good("services: [{id: API}]\n");
  EXPECT_EQ(config.store, "sqlite:/etc/sb/signalbox.db");
  EXPECT_EQ(config.state_dir, "/etc/sb");
  EXPECT_EQ(config.listen.public_address, "127.0.0.1:8080");
  ASSERT_EQ(config.accounts.size(), 1U);
  EXPECT_EQ(config.accounts[0].kind, "local");
  ASSERT_EQ(config.service_list().size(), 1U);
  EXPECT_EQ(config.service_list()[0].name, "API");
  EXPECT_FALSE(config.service_list()[0].measured);
}

TEST(GoodFile, NamesWhatIsDrawn) {
  const Config config = good(
      "services: [{id: A}]\nmetrics:\n  - {id: a, service: A, kind: value, name: Took, unit: ms}\n"
      "  - {id: b, service: A, kind: percent}\n");
  ASSERT_EQ(config.metrics.size(), 2U);
  EXPECT_EQ(config.metrics[0].name, "Took");
  EXPECT_EQ(config.metrics[0].unit, "ms");
  EXPECT_EQ(config.metrics[1].name, "");
  EXPECT_EQ(config.metrics[1].unit, "");
}

TEST(GoodFile, KeepsWhatItIsTold) {
  const Config unsaid = good("services: [{id: A}]\n");
  EXPECT_EQ(unsaid.retention.readings, 48h);
  EXPECT_EQ(unsaid.retention.minutes, 14 * 24h);
  EXPECT_EQ(unsaid.retention.hours, 400 * 24h);
  EXPECT_FALSE(unsaid.retention.days);
  const Config said =
      good("services: [{id: A}]\nretention: {readings: 3h, minutes: 4h, hours: 48h, days: 92d}\n");
  EXPECT_EQ(said.retention.minutes, 4h);
  EXPECT_EQ(said.retention.days, 92 * 24h);
  const Config longer = good("services: [{id: A}]\nretention: {readings: 500d, days: forever}\n");
  EXPECT_EQ(longer.retention.minutes, 500 * 24h) << "no sum goes before its readings";
  EXPECT_EQ(longer.retention.hours, 500 * 24h);
  EXPECT_FALSE(longer.retention.days);
}

TEST(GoodFile, AServiceMayStartOnADay) {
  const auto services = good("services: [{id: A, start: 2026-01-31}, {id: B}]\n").service_list();
  EXPECT_EQ(services[0].start, std::chrono::sys_days(std::chrono::year(2026) / 1 / 31));
  EXPECT_EQ(services[1].start, std::nullopt);
}

TEST(GoodFile, SaysWhichPagesThereAre) {
  const auto config = good(
      "page: {name: Acme, url: 'https://acme.example/status', services: [Core]}\n"
      "services: [{id: A, group: Core}, {id: B}, {id: C, group: Front end}, {id: D, group: Core}]\n"
      "pages:\n"
      "  - {slug: eu, name: Europe, services: [B, Front-end, B]}\n"
      "  - {slug: us, host: Status.US.example, services: [Front end, A]}\n"
      "  - {slug: in, url: 'http://in.example/', services: D, private: {token: " +
      std::string(22, 't') + "}}\n");
  EXPECT_THAT(*config.main_services, ElementsAre("A", "D"));
  ASSERT_EQ(config.pages.size(), 3U);
  EXPECT_THAT(config.pages[0].services, ElementsAre("B", "C"));
  EXPECT_EQ(config.pages[0].url, "https://acme.example/status/pages/eu");
  EXPECT_FALSE(config.pages[0].is_private);
  EXPECT_THAT(config.pages[1].services, ElementsAre("A", "C"));
  EXPECT_EQ(config.pages[1].name, "Acme");
  EXPECT_EQ(config.pages[1].host, "status.us.example");
  EXPECT_EQ(config.pages[1].url, "https://status.us.example");
  EXPECT_EQ(config.pages[2].url, "http://in.example");
  EXPECT_TRUE(config.pages[2].is_private);
}

TEST(GoodFile, SaysWhoIsOnCall) {
  const auto config = good(
      "services: [{id: A}]\n"
      "on_call: {names: [Ada, Grace], turn: 7d, from: '2026-11-23 09:00'}\n");
  const Rota& rota = config.page.on_call;
  EXPECT_THAT(rota.names, ElementsAre("Ada", "Grace"));
  EXPECT_EQ(rota.turn, std::chrono::days(7));
  EXPECT_EQ(Time(rota.from.time_since_epoch()), parse_iso("2026-11-23T09:00:00Z"));
  EXPECT_EQ(good("services: [{id: A}]\non_call: {names: Ada}\n").page.on_call.turn,
            std::chrono::days(1));
}

TEST(GoodFile, NamesThePagesLanguages) {
  const Config config = good("services: [{id: A}]\npage: {language: de, languages: [en, ja]}\n");
  EXPECT_EQ(config.page.language, "de");
  EXPECT_EQ(config.page.languages, (std::vector<std::string>{"en", "ja"}));
  EXPECT_EQ(good("services: [{id: A}]\n").page.language, "en");
  EXPECT_TRUE(good("services: [{id: A}]\n").page.languages.empty());
}

TEST(GoodFile, TakesPathsRelativeToItself) {
  const std::string below = "services: [{id: A}]\nstore: 'sqlite:config/s.db'\n";
  const std::string root = std::filesystem::absolute(SIGNALBOX_ROOT).lexically_normal().string();
  EXPECT_EQ(std::filesystem::path(good(below, root + "x.yaml").state_dir).lexically_normal(),
            root + "config");
  EXPECT_EQ(good("services: [{id: A}]\nstore: 'sqlite:/var/s.db'\n").store, "sqlite:/var/s.db");
  EXPECT_EQ(good("services: [{id: A}]\nstore: 'memory:'\nstate_dir: run\n").state_dir,
            "/etc/sb/run");
}

TEST(GoodFile, DoesWithoutTheStoresFolderWhereNothingIsKept) {
  const auto loaded = load_text("services: [{id: A}]\nstore: 'sqlite:not/there/s.db'\n", "x.yaml");
  EXPECT_FALSE(loaded.config);
  ASSERT_NE(loaded.without_secrets(), nullptr);
  EXPECT_EQ(loaded.without_secrets()->services.size(), 1U);
}

TEST(GoodFile, HasTheDefaultThresholds) {
  const auto config = good(
      "sources: [{id: p, kind: prometheus, every: 90s}]\n"
      "services: [{id: A, availability: {source: p, good: '$every'}}]\n");
  const auto& service = config.services.at(0);
  EXPECT_TRUE(service.service.measured);
  EXPECT_EQ(service.service.thresholds.window, 5min);
  EXPECT_EQ(service.service.thresholds.stale_after, 270s);
  EXPECT_FALSE(service.stale_after_given);
  EXPECT_EQ(service.availability->asks.at("good").scalar, "$every");
  EXPECT_EQ(service.availability->asks.at("good").line, 2);
}

TEST(GoodFile, MeansByStaleAfterWhatItSays) {
  const auto config = good(
      "sources: [{id: p, kind: k, every: 90s}]\n"
      "services: [{id: A, availability: {source: p, stale_after: 5s, better_after: 5s}}]\n");
  EXPECT_EQ(config.services.at(0).service.thresholds.stale_after, 5s);
  EXPECT_TRUE(config.services.at(0).stale_after_given);
}

TEST(GoodFile, KeepsChecksWithTheirInnerKeys) {
  const auto config = good(
      "services: [{id: A, checks: [{kind: http, url: 'http://x', every: 30s, expect: {status: "
      "200}}]}]");
  const auto& check = config.services.at(0).checks.at(0);
  EXPECT_EQ(check.asks.at("expect.status").scalar, "200");
  EXPECT_EQ(check.asks.at("every").scalar, "30s");
  EXPECT_TRUE(config.services.at(0).service.measured);
}

TEST(GoodFile, InterpretsWhatAllAccountsHave) {
  const auto config = good(
      "services: [{id: A}]\naccounts:\n"
      "  - {id: ops, kind: slack, base_url: 'https://slack.com/api/', handle: '@status', poll: "
      "5s,\n"
      "     authors: [U1, {id: U2, name: Ann}], staff: true, public: false, channel: C1,\n"
      "     thread_replies: update, notices: always}\n"
      "  - {id: all, kind: slack, authors: members}\n"
      "  - {id: mail, kind: email, base_url: 'smtp://127.0.0.1:25', from: s@acme.example}\n");
  const auto& ops = config.accounts.at(0);
  EXPECT_EQ(ops.base_url, "https://slack.com/api");
  EXPECT_EQ(ops.handle, "status");
  EXPECT_EQ(ops.poll, Duration(5s));
  EXPECT_THAT(*ops.authors, ElementsAre("U1", "U2"));
  EXPECT_EQ(ops.author_names.at("U2"), "Ann");
  EXPECT_EQ(ops.staff, true);
  EXPECT_EQ(ops.link_public, false);
  EXPECT_FALSE(ops.announce.has_value());
  EXPECT_EQ(ops.settings.at("channel").scalar, "C1");
  EXPECT_EQ(ops.settings.size(), 1U);
  EXPECT_TRUE(config.accounts.at(1).members);
  EXPECT_EQ(config.accounts.at(3).id, "local");
}

TEST(GoodFile, MayNameTheLocalAccount) {
  const auto config = good("services: [{id: A}]\naccounts: [{id: desk, kind: local}]\n");
  ASSERT_EQ(config.accounts.size(), 1U);
  EXPECT_EQ(config.accounts[0].id, "desk");
}

TEST(GoodFile, ReadsVariablesAndSecretFiles) {
  const auto folder = std::filesystem::temp_directory_path() / "signalbox_good_files";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "token") << "s3cret\n";
  ASSERT_EQ(setenv("SB_PART", "part", 1), 0);
  const auto config = good(
      "services: [{id: A}]\naccounts: [{id: a, kind: b, token_file: token, key: "
      "'x-${SB_PART}-$${y}$'}]\n",
      (folder / "x.yaml").string());
  const auto& settings = config.accounts.at(0).settings;
  EXPECT_EQ(settings.at("token").scalar, "s3cret");
  EXPECT_TRUE(settings.at("token").secret);
  EXPECT_EQ(settings.at("key").scalar, "x-part-${y}$");
  EXPECT_TRUE(settings.at("key").secret);
  EXPECT_FALSE(settings.contains("token_file"));
  std::filesystem::remove_all(folder);
}

TEST(GoodFile, LeavesTheCertificatesOfASourceAPath) {
  const auto config =
      good("services: [{id: A}]\nsources: [{id: g, kind: graphite, ca_file: far/ca.pem}]\n");
  const auto& settings = config.sources.at(0).settings;
  EXPECT_EQ(settings.at("ca_file").scalar, "far/ca.pem");
  EXPECT_FALSE(settings.at("ca_file").secret);
}

TEST(GoodFile, SharesWhatAnAliasNames) {
  const auto config = good(
      "services:\n  - {id: A, aliases: &x [a, b]}\n  - {id: B, group: &g '$${G}'}\n"
      "  - {id: C, group: *g}\n");
  EXPECT_EQ(config.services.at(2).service.group, "${G}");
}

TEST(GoodFile, SetsHabits) {
  const auto config = good(
      "services: [{id: A}]\nsafety: {changes: 3, within: 1m}\nalerts: {group_wait: 1s}\n"
      "limits: {per_address: 7, connections: 9, trusted_proxies: [10.0.0.0/8, '::1']}\n"
      "heartbeat: https://hc.example/ping/?a=b\nfigures: percent\nlog: json\n"
      "listen: {public: 'localhost:0', control: '[::1]:0'}\n");
  EXPECT_EQ(config.safety_changes, 3);
  EXPECT_EQ(config.safety_within, 1min);
  EXPECT_EQ(config.group_wait, 1s);
  EXPECT_EQ(config.limits.per_address, 7);
  EXPECT_EQ(config.heartbeat, "https://hc.example/ping/?a=b");
  EXPECT_FALSE(config.figures_counts);
  EXPECT_TRUE(config.log_json);
  EXPECT_EQ(config.listen.public_address, "127.0.0.1:0");
  EXPECT_EQ(config.listen.control_address, "[::1]:0");
}

TEST(GoodFile, ListensOnSocketsInTheFileSystem) {
  const auto config = good(
      "services: [{id: A}]\nlisten: {public: 'unix:/run/s/public.sock', control: 'unix:c.sock', "
      "socket_group: www-data, proxy_protocol: true}\naccess_log: /var/log/s/access.log\n");
  EXPECT_EQ(config.listen.public_address, "unix:/run/s/public.sock");
  EXPECT_EQ(config.listen.control_address, "unix:" + config.directory + "/c.sock");
  EXPECT_EQ(config.listen.socket_group, "www-data");
  EXPECT_TRUE(config.listen.proxy_protocol);
  EXPECT_EQ(config.access_log, "/var/log/s/access.log");
  EXPECT_EQ(good("services: [{id: A}]\naccess_log: stderr\n").access_log, "stderr");
  EXPECT_EQ(good("services: [{id: A}]\n").access_log, "");
}

TEST(GoodFile, PublishesElsewhere) {
  const auto config = good(
      "services: [{id: A}]\npublish:\n  - {kind: directory, path: out, every: 30s}\n"
      "  - {kind: rsync, to: 'u@h:/p', options: [-e, ssh -v]}\n"
      "  - {kind: s3, region: eu-west-1, bucket: b, prefix: /live, key_id: K, secret: S, gzip: "
      "true}\n"
      "  - {kind: s3, id: other, base_url: 'http://127.0.0.1:9/', region: x, bucket: b, key_id: K, "
      "secret_file: " SIGNALBOX_ROOT "/LICENSE}\n",
      "x.yaml");
  ASSERT_EQ(config.mirrors.size(), 4U);
  EXPECT_EQ(config.mirrors[0].path, config.directory + "/out");
  EXPECT_EQ(config.mirrors[0].every, 30s);
  EXPECT_EQ(config.mirrors[0].id, "directory");
  EXPECT_THAT(config.mirrors[1].options, ElementsAre("-e", "ssh -v"));
  EXPECT_EQ(config.mirrors[1].every, 5min);
  EXPECT_EQ(config.mirrors[2].base_url, "https://s3.eu-west-1.amazonaws.com");
  EXPECT_EQ(config.mirrors[2].prefix, "live/");
  EXPECT_TRUE(config.mirrors[2].gzip);
  EXPECT_EQ(config.mirrors[3].base_url, "http://127.0.0.1:9");
  EXPECT_FALSE(config.mirrors[3].secret.empty());
}

TEST(GoodFile, IsTheExample) {
  for (const char* name :
       {"GITHUB_TOKEN", "JS_KEY", "MASTODON_TOKEN", "PUSH_TOKEN", "S3_KEY_ID", "S3_SECRET",
        "SLACK_TOKEN", "X_CONSUMER_KEY", "X_CONSUMER_SECRET", "X_TOKEN", "X_TOKEN_SECRET"}) {
    ASSERT_EQ(setenv(name, "x", 1), 0);
  }
  ASSERT_EQ(setenv("PARTNERS_TOKEN", "twenty-two-bytes-or-more", 1), 0);
  ASSERT_EQ(setenv("STAFF_HASH", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", 1), 0);
  const auto loaded = load(SIGNALBOX_ROOT "/config/example.yaml");
  for (const auto& misfit : loaded.misfits) ADD_FAILURE() << to_text(misfit);
}

TEST(RefusedFile, KeepsAPageClosedWhoseTokenCannotBeRead) {
  const auto loaded = load_text(
      "page: {url: 'http://x'}\nservices: [{id: A}]\npages:\n"
      "  - {slug: a, services: A, private: {token_file: /not/there}}\n"
      "  - {slug: b, services: A, private: {password_hash: '${SB_NONE}'}}\n",
      "x.yaml");
  EXPECT_FALSE(loaded.config);
  const Config* draft = loaded.without_secrets();
  ASSERT_NE(draft, nullptr);
  EXPECT_TRUE(draft->pages.at(0).is_private);
  EXPECT_TRUE(draft->pages.at(1).is_private);
}

TEST(RefusedFile, WillDoWithoutItsSecretsForWhoSpeaksToNobody) {
  const std::string lacking =
      "services: [{id: A}]\naccounts: [{id: a, kind: b, token: '${SB_NONE}'";
  const auto loaded = load_text(lacking + "}]\n", "x.yaml");
  EXPECT_FALSE(loaded.config);
  ASSERT_NE(loaded.without_secrets(), nullptr);
  EXPECT_EQ(loaded.without_secrets()->services.size(), 1U);
  EXPECT_EQ(load_text(lacking + ", poll: 1}]\n", "x.yaml").without_secrets(), nullptr);
}

TEST(Nearest, FindsASlipOfTheFinger) {
  EXPECT_EQ(nearest("acounts", {"accounts", "alerts"}), "accounts");
  EXPECT_EQ(nearest("MASTODON", {"mastodon"}), "mastodon");
  EXPECT_EQ(nearest("zzz", {"page"}), "");
}

}  // namespace
}  // namespace signalbox::config
