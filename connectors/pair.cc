#include "connectors/pair.h"

#include <cmath>

namespace signalbox::connectors {
namespace {

/// The two keys in use: of `good` and `bad`, the one that is set.
struct Keys {
  std::string good;
  std::string bad;
  std::string total;
};

bool any_set(const Settings& asked, const Keys& keys) {
  return !asked.text(keys.good).empty() || !asked.text(keys.bad).empty() ||
         !asked.text(keys.total).empty();
}

Pair pair_of(const Question& question, const Keys& keys) {
  const Settings& asked = question.settings;
  const std::string good = asked.text(keys.good);
  const std::string bad = asked.text(keys.bad);
  if (!good.empty() && !bad.empty()) {
    asked.refuse(keys.bad, "either " + keys.good + " or " + keys.bad + ", not both");
  } else if (good.empty() && bad.empty()) {
    asked.refuse(keys.good, "is missing (or " + keys.bad + ")");
  }
  asked.require(keys.total);
  Pair pair;
  pair.service = question.service;
  pair.total = asked.text(keys.total);
  pair.part_is_bad = good.empty();
  pair.part = pair.part_is_bad ? bad : good;
  return pair;
}

}  // namespace

std::optional<Pair> read_pair(const Question& question, Duration every, Counters counters) {
  const Settings& asked = question.settings;
  const Keys plain{"good", "bad", "total"};
  const Keys raw{"good_counter", "bad_counter", "total_counter"};
  const bool raw_ones = counters == Counters::readable && any_set(asked, raw);
  if (raw_ones && any_set(asked, plain)) {
    asked.refuse("total_counter",
                 "either total with good or bad, or total_counter with good_counter or "
                 "bad_counter");
  }
  Pair pair = pair_of(question, raw_ones ? raw : plain);
  pair.counters = raw_ones;
  pair.bad_may_be_absent = asked.flag("bad_may_be_absent", false);
  if (pair.part.empty() || pair.total.empty()) return std::nullopt;
  pair.part = with_every(std::move(pair.part), every);
  pair.total = with_every(std::move(pair.total), every);
  return pair;
}

std::vector<Pair> read_pairs(const SourceSetup& setup, Counters counters) {
  std::vector<Pair> pairs;
  for (const Question& question : setup.questions) {
    if (auto pair = read_pair(question, setup.every, counters)) pairs.push_back(std::move(*pair));
  }
  return pairs;
}

Judged judge_pair(const Pair& pair, std::optional<double> part, std::optional<double> total,
                  bool part_seen, Duration every, std::string_view hint) {
  if (!pair.part_is_bad || !total || !std::isfinite(*total)) {
    return judge_counts(part, total, part_seen, every, hint);
  }
  if (!part && !part_seen && !pair.bad_may_be_absent && *total > 0) {
    return {{},
            "bad never had a value, though total has: check the query, or let it give 0, or set "
            "bad_may_be_absent"};
  }
  const double bad = part.value_or(0);
  if (std::isnan(bad) || std::isinf(bad)) return {{}, "bad is no number"};
  if (bad < 0) return {{}, "bad is negative"};
  if (bad > *total * (1 + kRounding)) return {{}, "bad is more than total"};
  return judge_counts(std::max(0.0, *total - bad), total, true, every, hint);
}

}  // namespace signalbox::connectors
