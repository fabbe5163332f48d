#include "app/prepare.h"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "config/nearest.h"
#include "grammar/lexicon.h"
#include "web/public/pass.h"

namespace signalbox::app {
namespace {

/// Speaks to nobody: connectors are made to be asked about their settings, and never used.
class Nobody final : public net::Http, public net::Pause {
 public:
  boost::asio::awaitable<Result<net::Response>> send(net::Request /*request*/) override {
    co_return unavailable("nothing is sent while the configuration is checked");
  }
  boost::asio::awaitable<void> wait(Duration /*length*/) override { co_return; }
};

const std::vector<std::string> kAccountKeys = {
    "id",       "kind",  "base_url", "handle",         "poll",    "authors",
    "announce", "staff", "public",   "thread_replies", "notices", "author_names"};
const std::vector<std::string> kSourceKeys = {"id", "kind", "base_url", "every"};
const std::vector<std::string> kCheckKeys = {"kind", "every", "down_after", "of", "up_after"};
const std::vector<std::string> kAvailabilityKeys = {
    "source", "window", "better_after", "stale_after", "issue_below", "down_below", "min_requests"};

/// Collects misfits; a place that has one already is not told twice.
class Findings {
 public:
  Findings(std::string file, std::vector<config::Misfit> known)
      : file_(std::move(file)), all_(std::move(known)) {}

  void add(config::Place place, std::string what) {
    const auto here = [&](const auto& m) {
      return m.file == file_ && m.line == place.line && m.column == place.column;
    };
    const bool told =
        place.line > 0 && std::any_of(all_.begin(), all_.begin() + from_loader(), here);
    if (!told)
      all_.push_back({file_, std::max(place.line, 1), std::max(place.column, 1), std::move(what)});
  }
  /// In another file, which may be named twice.
  void add(config::Misfit elsewhere) { all_.push_back(std::move(elsewhere)); }
  std::vector<config::Misfit> sorted() && {
    const auto key = [this](const auto& m) {
      return std::tuple(m.file != file_, m.file, m.line, m.column, m.what);
    };
    std::sort(all_.begin(), all_.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
    all_.erase(std::unique(all_.begin(), all_.end(), same), all_.end());
    return std::move(all_);
  }

 private:
  std::ptrdiff_t from_loader() const { return static_cast<std::ptrdiff_t>(known_); }

  std::string file_;
  std::vector<config::Misfit> all_;
  std::size_t known_ = all_.size();
};

/// What a connector said of settings, and the keys it never asked for.
void judge(const connectors::Settings& settings, const config::Values& values,
           const std::vector<std::string>& common, config::Place entry, Findings& findings) {
  for (const auto& misfit : settings.mistakes()) {
    if (!misfit.file.empty()) {
      findings.add({misfit.file, misfit.line, misfit.column, misfit.what});
      continue;
    }
    const bool absent = misfit.line == 0;
    findings.add(absent ? entry : config::Place{misfit.line, misfit.column},
                 "`" + misfit.key + "` " + misfit.what);
  }
  auto known = settings.known();
  known.insert(known.end(), common.begin(), common.end());
  std::sort(known.begin(), known.end());
  for (const auto& key : settings.unknown()) {
    findings.add(values.at(key).key,
                 "unknown key `" + shorten(one_line(key), 40) + "`" + config::hint(key, known));
  }
}

std::string names(const std::vector<std::string_view>& kinds) {
  return join({kinds.begin(), kinds.end()}, ", ");
}

void judge_accounts(const config::Config& config, const Setup& setup, connectors::World world,
                    Findings& findings) {
  auto work = setup.accounts.begin();
  for (const auto& account : config.accounts) {
    if (connectors::network_kind(account.kind) == nullptr) {
      if (account.kind.empty()) continue;
      findings.add(account.kind_place, "no network of this kind in this build; known are " +
                                           names(connectors::network_kinds()));
      continue;
    }
    work->kind->make(work->setup, world);
    judge(work->setup.settings, account.settings, kAccountKeys, account.place, findings);
    ++work;
  }
}

void judge_questions(const config::Config& config, const SourceWork& work, Findings& findings) {
  auto question = work.setup.questions.begin();
  for (const auto& entry : config.services) {
    if (!entry.availability || entry.availability->source != work.setup.id) continue;
    const auto& availability = *entry.availability;
    judge(question->settings, availability.asks, kAvailabilityKeys, availability.place, findings);
    ++question;
  }
}

void judge_sources(const config::Config& config, const Setup& setup, connectors::World world,
                   Findings& findings) {
  auto work = setup.sources.begin();
  for (const auto& source : config.sources) {
    if (connectors::meter_kind(source.kind) == nullptr) {
      if (source.kind.empty()) continue;
      findings.add(source.kind_place, "no source of this kind in this build; known are " +
                                          names(connectors::meter_kinds()));
      continue;
    }
    work->kind->make(work->setup, world);
    judge(work->setup.settings, source.settings, kSourceKeys, source.place, findings);
    judge_questions(config, *work, findings);
    ++work;
  }
}

/// Figures count from a service's start on: one far ahead is a slip of the pen.
void judge_starts(const config::Config& config, Time now, Findings& findings) {
  constexpr std::chrono::days kFarAhead{366};
  for (const auto& entry : config.services) {
    const auto& start = entry.service.start;
    if (!start || Time(*start) <= now + kFarAhead) continue;
    findings.add(entry.place, "`start` of " + entry.service.id + " is " +
                                  Zone().date_text(Time(*start)) +
                                  ", more than a year ahead; write the day from which it counts");
  }
}

void judge_checks(const config::Config& config, const Setup& setup, connectors::World world,
                  Findings& findings) {
  auto work = setup.checks.begin();
  for (const auto& entry : config.services) {
    for (const auto& check : entry.checks) {
      if (connectors::check_kind(check.kind) == nullptr) {
        if (check.kind.empty()) continue;
        findings.add(check.kind_place, "no check of this kind in this build; known are " +
                                           names(connectors::check_kinds()));
        continue;
      }
      // Which settings a recipe has is not known of one that could not be read.
      if (!check.recipe && check.kind == "recipe" && check.asks.contains("recipe")) {
        ++work;
        continue;
      }
      work->kind->make(work->setup, world);
      judge(work->setup.settings, check.asks, kCheckKeys, check.place, findings);
      ++work;
    }
  }
}

void judge_pages(const config::Config& config, Findings& findings) {
  for (const config::PageEntry& page : config.pages) {
    const std::string& hash = page.password_hash.reveal();
    if (hash.empty() || web::is_password_hash(hash)) continue;
    findings.add(
        page.lock_place,
        "the password's hash cannot be used: it is no argon2id hash, or one that takes more "
        "than 64 MiB or 10 passes; make it by signalbox hash-password");
  }
}

/// Where a target is written: the last service that has it as id, alias or group.
config::Place place_of(const std::string& target, const config::Config& config) {
  config::Place place{1, 1};
  for (const auto& entry : config.services) {
    const auto& service = entry.service;
    const bool alias =
        std::find(service.aliases.begin(), service.aliases.end(), target) != service.aliases.end();
    if (service.id == target || alias || service.group == target) place = entry.place;
  }
  return place;
}

}  // namespace

Prepared prepare(config::Loaded loaded) {
  const bool readable = loaded.config || loaded.draft;
  Prepared prepared;
  if (!readable) {
    prepared.misfits = std::move(loaded.misfits);
    return prepared;
  }
  config::Config config = loaded.config ? *std::move(loaded.config) : *std::move(loaded.draft);
  prepared.setup = set_up(config);
  Findings findings(config.file, std::move(loaded.misfits));
  for (const auto& clash : grammar::clashes(prepared.setup.plan.services)) {
    // A service without a readable id has been told by the loader, and has no name to stand at.
    if (!clash.target.empty()) findings.add(place_of(clash.target, config), clash.what);
  }
  Nobody nobody;
  const SystemClock clock;
  judge_starts(config, clock.now(), findings);
  const connectors::World world{nobody, nobody, clock};
  judge_accounts(config, prepared.setup, world, findings);
  judge_sources(config, prepared.setup, world, findings);
  judge_checks(config, prepared.setup, world, findings);
  judge_pages(config, findings);
  prepared.misfits = std::move(findings).sorted();
  if (prepared.misfits.empty()) prepared.config = std::move(config);
  return prepared;
}

Prepared prepare(const std::string& path) { return prepare(config::load(path)); }

}  // namespace signalbox::app
