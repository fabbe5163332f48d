#include "tests/support/stage.h"

#include <array>

namespace signalbox::testing {
namespace {

/// 200s that no protocol here allows: a page, JSON cut in the middle, and JSON of other types than
/// promised.
constexpr std::array<std::string_view, 6> kNonsense = {
    "<!DOCTYPE html><html><body><h1>Welcome to the hotel's wireless network</h1></body></html>",
    R"([{"id":"1","content":"<p>API-DOWN: cu)",
    "42",
    R"([{"id":7,"content":[],"created_at":false,"account":null}])",
    R"({"ok":"yes","messages":7,"data":7,"id":9,"ts":1.5,"message":[],"user":{}})",
    "",
};

}  // namespace

net::Response Stage::answer(const net::Request& request) {
  ++requests_;
  lost_ = false;
  if (!refusals_.empty()) {
    const Refusal refusal = refusals_.front();
    refusals_.pop_front();
    return {refusal.status, refusal.headers, R"({"ok":false,"error":"refused"})"};
  }
  if (nonsense_ > 0) {
    --nonsense_;
    const auto kind = static_cast<std::size_t>(nonsense_kind_++) % kNonsense.size();
    return {200, {{"content-type", "application/json"}}, std::string(kNonsense[kind])};
  }
  const bool said = speaks(request);
  net::Response response = handle(request);
  if (said && to_lose_ > 0) {
    --to_lose_;
    lost_ = true;
  } else if (said && to_lose_percent_ > 0) {
    lost_ = chance_() % 100 < static_cast<std::uint64_t>(to_lose_percent_);
  }
  return response;
}

bool Stage::take_lost_answer() { return std::exchange(lost_, false); }

void Stage::refuses_with(int status, net::Headers headers, int times) {
  for (int i = 0; i < times; ++i) refusals_.push_back({status, headers});
}

void Stage::talks_nonsense(int times) { nonsense_ += times; }

void Stage::loses_the_answer(int times) { to_lose_ += times; }

void Stage::loses_some_answers(int percent, std::uint64_t seed) {
  to_lose_percent_ = percent;
  chance_.seed(seed);
}

}  // namespace signalbox::testing
