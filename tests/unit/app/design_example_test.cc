#include <gtest/gtest.h>

#include <cstdlib>

#include "app/prepare.h"

namespace signalbox::app {
namespace {

// The external contract's own example, word for word.
constexpr const char* kExample = R"(
page:     {name: Acme, url: "https://status.acme.example", time_zone: Europe/Paris}
listen:   {public: "127.0.0.1:8080", control: "127.0.0.1:8081"}      # port 0 picks a free one and prints it
store:    "sqlite:signalbox.db"                                        # or postgresql://…
services:
  - {id: API, name: Public API, group: Core, aliases: [rest]}
  - id: JS
    availability: {source: prom, good: 'sum(increase(http_requests_total{code!~"5.."}[$every]))', total: 'sum(increase(http_requests_total[$every]))',
                   window: 5m, better_after: 5m, min_requests: 20, issue_below: 99, down_below: 90}     # these five are the defaults
    checks: [{kind: http, url: "https://js.acme.example/health", every: 30s, expect: {status: 200}}]
sources:  [{id: prom, kind: prometheus, base_url: "http://127.0.0.1:9090", every: 60s}]
accounts:
  - {id: fedi, kind: mastodon, base_url: "https://mastodon.example", token: "${MASTODON_TOKEN}", account: "109…",
     handle: status, authors: ["109…"], poll: 10s, announce: true}
  - {id: ops, kind: slack, base_url: "https://slack.com/api", token: "${SLACK_TOKEN}", channel: C0123, authors: [U1, U2], poll: 5s, staff: true}
  - {id: bird, kind: twitter, base_url: "https://api.x.com", user: "123", consumer_key: …, consumer_secret: …, token: …,
     token_secret: …, poll: 60s, announce: true}
safety:   {changes: 10, within: 10m}                                   # by one author, counted by the source's time
alerts:   {group_wait: 10s}
limits:   {per_address: 100, connections: 20000}
)";

TEST(DesignExample, HasNoMistakes) {
  for (const char* name : {"MASTODON_TOKEN", "SLACK_TOKEN"}) ASSERT_EQ(setenv(name, "x", 1), 0);
  const auto example = prepare(config::load_text(kExample, "/etc/sb/x.yaml"));
  for (const auto& misfit : example.misfits) ADD_FAILURE() << to_text(misfit);
  ASSERT_EQ(example.setup.checks.size(), 1U);
  const auto& check = example.setup.checks[0].setup;
  EXPECT_EQ(check.id, "JS/http/1");
  EXPECT_EQ(check.every, std::chrono::seconds(30));
  EXPECT_EQ(check.settings.text("expect.status"), "200");
  EXPECT_FALSE(check.settings.find("every")) << "every check has it";
}

}  // namespace
}  // namespace signalbox::app
