#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "config/config.h"

namespace signalbox::config {
namespace {

using testing::HasSubstr;

/// A file with one mistake, and where and how it is told.
struct Case {
  std::string name;
  std::string text;
  std::string place;  ///< `LINE:COL`
  std::string says;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

const std::string kServices = "services:\n  - {id: API}\n";
const std::string kSource = "sources: [{id: prom, kind: prometheus, base_url: 'http://p:9090'}]\n";

std::string service(const std::string& rest) { return "services: [{id: API, " + rest + "}]\n"; }
std::string account(const std::string& rest) {
  return kServices + "accounts: [{id: a, kind: slack, " + rest + "}]\n";
}
std::string asked(const std::string& rest) {
  return kSource + service("availability: {source: prom, " + rest + "}");
}

std::string page(const std::string& rest) {
  return kServices + "pages: [{" + rest + ", url: 'http://x'}]\n";
}

const std::vector<Case> kCases = {
    {"no_services", "page: {name: Acme}\n", "1:1", "`services` must name at least one"},
    {"empty_services", "services: []\n", "1:11", "`services` must name at least one"},
    {"services_as_map", "services: {API: x}\n", "1:11", "must be a list"},
    {"empty_file", "", "1:1", "the file is empty"},
    {"a_list", "- a\n", "1:1", "the file must be a map"},
    {"unknown_key", kServices + "sevices: 1\n", "3:1", "did you mean `services`?"},
    {"unknown_key_far_off", kServices + "xyzzy: 1\n", "3:1",
     "known are access_log, accounts, alerts"},
    {"unknown_key_in_service", service("colour: red"), "1:22", "unknown key `colour`"},
    {"unknown_key_in_page", kServices + "page: {nmae: x}\n", "3:8", "did you mean `name`?"},
    {"duplicate_key", kServices + "page: {name: a}\npage: {name: b}\n", "4:1",
     "`page` is written twice; it stands already in line 3"},
    {"duplicate_inner_key", service("name: a, name: b"), "1:31", "`name` is written twice"},
    {"duplicate_service", "services:\n  - id: API\n  - id: API\n", "3:9",
     "taken by the service in line 2"},
    {"service_without_id", "services: [{name: x}]\n", "1:12", "a service needs `id`"},
    {"bad_service_id", "services: [{id: 'A B'}]\n", "1:17", "must begin with a letter or digit"},
    {"start_no_day", service("start: 2026-02-30"), "1:29", "must be a day such as 2026-01-31"},
    {"start_with_a_time", service("start: '2026-01-31T04:00'"), "1:29", "must be a day such as"},
    {"push_token_empty", kServices + "push: {token: ''}\n", "3:8", "`token` must not be empty"},
    {"retention_too_short", kServices + "retention: {readings: 2h}\n", "3:23", "at least 3h"},
    {"retention_crossed", kServices + "retention: {minutes: 1d}\n", "3:22",
     "must not be shorter than `readings`"},
    {"retention_of_days_short", kServices + "retention: {days: 200d}\n", "3:19",
     "must not be shorter than `hours`"},
    {"retention_of_days_no_word", kServices + "retention: {days: always}\n", "3:19",
     "must be a duration"},
    {"metric_counted_with_a_name",
     kServices + "metrics: [{id: g, service: API, kind: good, name: Good}, {id: t, service: API, "
                 "kind: total}]\n",
     "3:51", "`name` is for metrics that are drawn"},
    {"metric_with_a_long_unit",
     kServices + "metrics: [{id: g, service: API, kind: value, unit: 'much too long a unit'}]\n",
     "3:52", "`unit` must be at most 16 bytes"},
    {"syntax", "services: [\npage: {\n", "3:1", "not YAML"},
    {"second_document", kServices + "---\na: 1\n", "4:1", "second document"},
    {"bad_language", kServices + "page: {language: tlh}\n", "3:18", "en, de, fr, es, ja, ar"},
    {"bad_languages", kServices + "page: {languages: [de, tlh]}\n", "3:19", "en, de"},
    {"bad_zone", kServices + "page: {time_zone: Mars/Base}\n", "3:19", "IANA"},
    {"bad_page_url", kServices + "page: {url: 'ftp://x'}\n", "3:13", "http:// or https://"},
    {"rota_without_start", kServices + "on_call: {names: [Ada, Grace]}\n", "3:10",
     "from: 2026-11-23"},
    {"rota_of_nobody", kServices + "on_call: {names: []}\n", "3:18", "1 to 100 names"},
    {"rota_of_half_days", kServices + "on_call: {names: [Ada], turn: 36h}\n", "3:31", "whole days"},
    {"rota_from_nowhen", kServices + "on_call: {names: [Ada], from: Monday}\n", "3:31",
     "must be a date"},
    {"main_of_no_services", kServices + "page: {services: []}\n", "3:18", "at least one service"},
    {"main_of_unknown_services", kServices + "page: {services: [APi]}\n", "3:18",
     "no service's id and no group; did you mean `API`?"},
    {"page_without_slug", page("name: x, services: API"), "3:9", "a page needs `slug`"},
    {"page_with_bad_slug", page("slug: EU, services: API"), "3:16", "lower-case letters"},
    {"page_without_services", page("slug: eu"), "3:9", "`services` must name at least one"},
    {"page_of_unknown_services", page("slug: eu, services: [XX]"), "3:30", "names `XX`"},
    {"page_with_unknown_key", page("slug: eu, services: API, colour: red"), "3:35",
     "unknown key `colour`"},
    {"page_host_with_port", page("slug: eu, services: API, host: 'a.b:80'"), "3:41",
     "without a port"},
    {"page_of_nobody", page("slug: eu, services: API, private: {}"), "3:44",
     "needs what opens the page"},
    {"page_token_short", page("slug: eu, services: API, private: {token: short}"), "3:45",
     "22 to 256"},
    {"page_token_empty", page("slug: eu, services: API, private: {token: ''}"), "3:45",
     "openssl rand -hex 24"},
    {"page_token_of_an_empty_variable",
     page("slug: eu, services: API, private: {token: '${SB_EMPTY}'}"), "3:45",
     "openssl rand -hex 24"},
    {"page_hash_empty", page("slug: eu, services: API, private: {password_hash: ''}"), "3:45",
     "signalbox hash-password"},
    {"page_password_in_clear", page("slug: eu, services: API, private: {password_hash: secret}"),
     "3:45", "signalbox hash-password"},
    {"page_with_a_password", page("slug: eu, services: API, private: {password: secret}"), "3:45",
     "unknown key `password`"},
    {"page_slug_twice", page("slug: eu, services: API, url: 'http://y'}, {slug: eu, services: API"),
     "3:60", "taken by the page in line 3"},
    {"page_host_twice",
     page("slug: eu, host: a.b, services: API}, {slug: us, host: A.b, services: API"), "3:64",
     "taken by the page in line 3"},
    {"page_without_url", kServices + "pages: [{slug: eu, services: API}]\n", "3:9",
     "since `page.url` is not given"},
    {"page_host_of_main",
     kServices + "page: {url: 'http://a.b'}\npages: [{slug: eu, host: a.b, services: API}]\n",
     "4:26", "the main page's own"},
    {"page_url_without_host", kServices + "page: {url: 'http://'}\n", "3:13", "names a host"},
    {"listen_without_port", kServices + "listen: {public: 127.0.0.1}\n", "3:18", "and a port"},
    {"listen_port_too_high", kServices + "listen: {public: '127.0.0.1:70000'}\n", "3:18", "65535"},
    {"listen_bad_ip", kServices + "listen: {public: '300.0.0.1:80'}\n", "3:18", "IP address"},
    {"control_for_all", kServices + "listen: {control: '0.0.0.0:81'}\n", "3:19", "behind_proxy"},
    {"socket_without_path", kServices + "listen: {public: 'unix:'}\n", "3:18", "must name a file"},
    {"socket_in_a_folder", kServices + "listen: {control: 'unix:/run/'}\n", "3:19",
     "must name a file"},
    {"socket_path_too_long",
     kServices + "listen: {public: 'unix:/" + std::string(107, 'x') + "'}\n", "3:18",
     "at most 107 bytes long"},
    {"socket_for_both", kServices + "listen: {public: 'unix:/a', control: 'unix:/a'}\n", "3:38",
     "same address as `public`"},
    {"group_without_socket", kServices + "listen: {socket_group: www-data}\n", "3:24",
     "is of a Unix socket"},
    {"store_postgresql", kServices + "store: 'postgresql://u:pw@h/d'\n", "3:8",
     "not available in this build"},
    {"store_other", kServices + "store: 'mysql:x'\n", "3:8", "must be sqlite:PATH"},
    {"store_without_path", kServices + "store: 'sqlite:'\n", "3:8", "must be sqlite:PATH"},
    {"store_in_no_folder", kServices + "store: 'sqlite:not/there.db'\n", "3:8",
     "`store` is a file in a folder that does not exist, `sqlite:not/there.db`; make the folder"},
    {"short_window", asked("window: 4s"), "2:59", "at least 5s"},
    {"short_better_after", asked("better_after: 1s"), "2:65", "at least 5s"},
    {"short_stale_after", asked("stale_after: 4999ms"), "2:64", "at least 5s"},
    {"duration_without_unit", asked("window: 300"), "2:59", "such as 10s, 5m or 2h"},
    {"share_above_all", asked("issue_below: 101"), "2:64", "from 0 to 100"},
    {"crossed_shares", asked("down_below: 99.5"), "2:63", "must not be above issue_below"},
    {"no_requests_needed", asked("min_requests: 0"), "2:65", "from 1 to"},
    {"unknown_source", kSource + service("availability: {source: statsd}"), "2:45",
     "names `statsd`, which is not in `sources`; known is prom"},
    {"misspelt_source", kSource + service("availability: {source: prm}"), "2:45",
     "did you mean `prom`?"},
    {"availability_without_source", service("availability: {good: x}"), "1:36", "needs `source`"},
    {"check_without_kind", service("checks: [{url: x}]"), "1:31", "a check needs `kind`"},
    {"hasty_check", service("checks: [{kind: http, every: 10ms}]"), "1:51", "at least 1s"},
    {"source_without_kind", kServices + "sources: [{id: x}]\n", "3:11", "a source needs `kind`"},
    {"hasty_source", kServices + "sources: [{id: x, kind: y, every: 0s}]\n", "3:35", "at least 1s"},
    {"duplicate_source", kServices + "sources: [{id: x, kind: y}, {id: x, kind: y}]\n", "3:34",
     "taken by the entry in line 3"},
    {"bad_base_url", account("base_url: slack.com"), "3:43", "begins with http:// or https://"},
    {"base_url_with_query", account("base_url: 'https://a/?b'"), "3:43", "without a query"},
    {"hasty_poll", account("poll: 999ms"), "3:39", "at least 1s"},
    {"bad_flag", account("announce: maybe"), "3:43", "must be true or false, not `maybe`"},
    {"bad_authors", account("authors: {a: b}"), "3:42", "or `members`"},
    {"members_elsewhere", kServices + "accounts: [{id: a, kind: mastodon, authors: members}]\n",
     "3:45", "for a slack channel only"},
    {"aliases_without_value", "services: [{id: API, aliases: ''}]\n", "1:31", "has no value"},
    {"bad_thread_replies", account("thread_replies: no"), "3:49", "must be update or ignore"},
    {"bad_notices", account("notices: never"), "3:42", "must be always or addressed"},
    {"setting_without_value", account("channel: "), "3:42", "`channel` has no value"},
    {"id_as_list", kServices + "accounts: [{id: [a], kind: slack}]\n", "3:17", "single value"},
    {"missing_variable", account("token: '${SB_NOT_SET}'"), "3:40", "SB_NOT_SET is not set"},
    {"bad_variable", account("token: '${a b}'"), "3:40", "write `$${`"},
    {"unclosed_variable", account("token: '${A'"), "3:40", "write `$${`"},
    {"unreadable_secret", account("token_file: not/there"), "3:45", "cannot be read"},
    {"secret_twice", account("token: x, token_file: " SIGNALBOX_ROOT "/LICENSE"), "3:55",
     "given twice"},
    {"two_locals", kServices + "accounts: [{id: a, kind: local}, {id: b, kind: local}]\n", "3:34",
     "there is one local account"},
    {"local_taken", kServices + "accounts: [{id: local, kind: slack}]\n", "3:12",
     "the id of the local account"},
    {"hasty_group_wait", kServices + "alerts: {group_wait: 10ms}\n", "3:22", "at least 1s"},
    {"no_changes", kServices + "safety: {changes: 0}\n", "3:19", "whole number from 1"},
    {"bad_limit", kServices + "limits: {connections: 1.5}\n", "3:23", "whole number"},
    {"bad_proxies", kServices + "limits: {trusted_proxies: [10.0.0.0/33]}\n", "3:27", "networks"},
    {"mirror_without_kind", kServices + "publish: [{path: x}]\n", "3:11", "a mirror needs `kind`"},
    {"mirror_of_no_kind", kServices + "publish: [{kind: ftp}]\n", "3:18",
     "must be directory or rsync or s3"},
    {"mirror_without_path", kServices + "publish: [{kind: directory}]\n", "3:11", "needs `path`"},
    {"mirror_with_a_strange_key", kServices + "publish: [{kind: directory, path: x, to: y}]\n",
     "3:38", "unknown key `to`"},
    {"mirror_by_an_option", kServices + "publish: [{kind: rsync, to: '-e sh x'}]\n", "3:29",
     "must not begin with `-`"},
    {"mirror_without_secret",
     kServices + "publish: [{kind: s3, region: r, bucket: b, key_id: k}]\n", "3:11",
     "needs `secret` or `secret_file`"},
    {"bucket_with_a_strange_key",
     kServices + "publish: [{kind: s3, region: r, bucket: b, key_id: k, secret: s, path: x}]\n",
     "3:66", "unknown key `path`"},
    {"two_mirrors_of_a_name", kServices + "publish: [{kind: rsync, to: a}, {kind: rsync, to: b}]\n",
     "3:33", "is already the mirror in line 3"},
    {"hasty_mirror", kServices + "publish: [{kind: rsync, to: a, every: 1s}]\n", "3:39",
     "at least 5s"},
    {"bad_heartbeat", kServices + "heartbeat: hc.example\n", "3:12", "http:// or https://"},
    {"bad_figures", kServices + "figures: none\n", "3:10", "counts or percent"},
    {"bad_log", kServices + "log: xml\n", "3:6", "text or json"},
    {"own_alias", kServices + "page: &a {name: *a}\n", "3:17", "alias"},
};

class BadFile : public testing::TestWithParam<Case> {};

TEST_P(BadFile, IsRefusedWithPlaceAndRemedy) {
  ASSERT_EQ(setenv("SB_EMPTY", "", 1), 0);
  const auto loaded = load_text(GetParam().text, "x.yaml");
  EXPECT_FALSE(loaded.config);
  ASSERT_FALSE(loaded.misfits.empty());
  std::string all;
  for (const auto& misfit : loaded.misfits) all += to_text(misfit) + "\n";
  EXPECT_THAT(all, HasSubstr("x.yaml:" + GetParam().place + ": "));
  EXPECT_THAT(all, HasSubstr(GetParam().says));
  EXPECT_EQ(loaded.misfits.size(), GetParam().name == "a_list" ? 2U : 1U) << all;
}

INSTANTIATE_TEST_SUITE_P(Config, BadFile, testing::ValuesIn(kCases),
                         [](const auto& one) { return one.param.name; });

TEST(BadFiles, AreToldAllAtOnceInTheirOrder) {
  const auto loaded = load_text(
      "page: {nme: x}\nservices: [{id: API}]\nalerts: {group_wait: 1}\nlog: xml\nstor: y\n", "f");
  ASSERT_EQ(loaded.misfits.size(), 4U);
  for (std::size_t i = 0; i + 1 < loaded.misfits.size(); ++i) {
    EXPECT_LT(loaded.misfits[i].line, loaded.misfits[i + 1].line);
  }
}

TEST(BadFiles, NeverShowWhatAVariableHolds) {
  ASSERT_EQ(setenv("SB_SECRET", "hunter2", 1), 0);
  const std::string v = "'${SB_SECRET}'";
  const auto loaded = load_text(
      "page: {url: " + v + ", time_zone: " + v + "}\nlisten: {public: " + v + ", control: " + v +
          "}\nstore: " + v + "\nlog: " + v + "\nfigures: " + v + "\nheartbeat: " + v +
          "\nsources: [{id: s, kind: k, base_url: " + v + ", every: " + v +
          "}]\nservices:\n  - {id: " + "A, availability: {source: " + v + ", window: " + v +
          ", issue_below: " + v + "}}\naccounts: [{id: a, kind: b, base_url: " + v +
          ", poll: " + v + ", announce: " + v + ", token_file: " + v + ", notices: " + v +
          "}]\nlimits: {connections: " + v + ", trusted_proxies: [" + v + "]}\n",
      "f.yaml");
  EXPECT_GT(loaded.misfits.size(), 15U);
  for (const auto& misfit : loaded.misfits) {
    EXPECT_THAT(to_text(misfit), testing::Not(HasSubstr("hunter2")));
  }
}

TEST(BadFiles, ThatCannotBeOpenedNameThemselves) {
  EXPECT_THAT(to_text(load("/not/there.yaml").misfits.at(0)), HasSubstr("/not/there.yaml:1:1: "));
  EXPECT_THAT(to_text(load("/").misfits.at(0)), HasSubstr("folder"));
}

}  // namespace
}  // namespace signalbox::config
