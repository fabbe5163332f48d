// Questions to the archive: they may take long, so they are asked on a thread of their own, one at
// a time, and what came of them is kept. A stranger's question holds up nobody else's page.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "web/publisher.h"

namespace signalbox::web {

/// Who waits with whom for the archive. Lanes are served in turn, one question of each, so that a
/// flood in one delays another by a question, and fills no place but its own.
enum class Lane : std::uint8_t {
  incidents,  ///< older ones, by id
  charts,     ///< the past of a service, for its page
  figures,    ///< what strangers ask for with parameters
  months,     ///< of the history, with all their incidents
};

/// The one thread that asks the archive. Thread-safe; shared by all that is kept of its answers.
class Lookups {
 public:
  /// Questions that may wait in each lane; a further one is refused.
  static constexpr std::size_t kMostWaiting = 16;
  using Question = std::function<void(Archive&)>;

  /// `archive` outlives it.
  explicit Lookups(Archive& archive);
  /// Waits for the question under way; those behind it are never asked.
  ~Lookups();
  Lookups(const Lookups&) = delete;
  Lookups& operator=(const Lookups&) = delete;

  /// Has `question` asked soon; false when too many wait in its lane.
  bool ask(Lane lane, Question question);

 private:
  using Waiting = std::deque<Question>;
  void work();
  Waiting* next_lane();

  Archive& archive_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::array<Waiting, 4> waiting_;  // by lane
  std::size_t served_ = 0;          // the lane last served
  bool over_ = false;
  std::thread thread_;
};

/// Answers of the archive to one kind of question, by key; at most `most` of them, or of what they
/// weigh together; the oldest go first. Thread-safe.
template <typename Value>
class Answers {
 public:
  /// Called on the thread of `lookups`, with the `now` of whoever asked.
  using Look = std::function<Value(Archive&, const std::string& key, Time now)>;

  /// What an answer counts for; without one, each counts 1.
  using Weigh = std::function<std::size_t(const Value&)>;

  Answers(std::shared_ptr<Lookups> lookups, Lane lane, std::size_t most, Look look,
          Weigh weigh = {})
      : lookups_(std::move(lookups)),
        lane_(lane),
        kept_(std::make_shared<Kept>(most, std::move(look), std::move(weigh))) {}

  /// The answer for `key`, when there is one already. Where there is none, or the one there is was
  /// asked for before `not_before`, it is asked for anew as of `now`, unless too many wait: the old
  /// one is given until the new one has come.
  std::optional<Value> find(std::string_view key, Time now, Time not_before = Time{}) {
    const std::lock_guard lock(kept_->mutex);
    Entry& entry = kept_->entries[std::string(key)];
    const bool wanted = !entry.value || entry.asked < not_before;
    if (wanted && !entry.asking) entry.asking = ask(std::string(key), now);
    if (entry.value || entry.asking) return entry.value;
    kept_->entries.erase(std::string(key));
    return std::nullopt;
  }

  /// Whether there is no answer for `key` yet.
  bool pending(std::string_view key) const {
    const std::lock_guard lock(kept_->mutex);
    const auto entry = kept_->entries.find(key);
    return entry == kept_->entries.end() || !entry->second.value;
  }

  /// Forgets the answers of which `which` says so: they are asked for again when next wanted.
  void forget(const std::function<bool(const Value&)>& which) {
    const std::lock_guard lock(kept_->mutex);
    std::erase_if(kept_->entries, [&](const auto& item) {
      const Entry& entry = item.second;
      const bool gone = entry.value && !entry.asking && which(*entry.value);
      if (gone) kept_->weight -= entry.weight;
      return gone;
    });
  }

 private:
  struct Entry {
    std::optional<Value> value;
    Time asked{};         // when the answer was asked for
    bool asking = false;  // on its way
    std::size_t weight = 0;
  };
  /// Held by questions on their way too, so that an answer finds its place or nobody.
  struct Kept {
    Kept(std::size_t m, Look l, Weigh w) : most(m), look(std::move(l)), weigh(std::move(w)) {}
    const std::size_t most;
    const Look look;
    const Weigh weigh;
    std::size_t weight = 0;  // of all entries
    mutable std::mutex mutex;
    std::map<std::string, Entry, std::less<>> entries;

    void keep(const std::string& key, Value value, Time asked) {
      const std::size_t weighs = weigh ? weigh(value) : 1;
      const std::lock_guard lock(mutex);
      Entry& entry = entries[key];
      weight += weighs - entry.weight;
      entry = Entry{std::move(value), asked, false, weighs};
      while (weight > most && drop_oldest(key)) {
      }
    }
    bool drop_oldest(const std::string& but) {
      auto oldest = entries.end();
      for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        if (entry->second.asking || entry->first == but) continue;
        if (oldest == entries.end() || entry->second.asked < oldest->second.asked) oldest = entry;
      }
      if (oldest == entries.end()) return false;
      weight -= oldest->second.weight;
      entries.erase(oldest);
      return true;
    }
  };

  bool ask(std::string key, Time now) {
    return lookups_->ask(lane_, [kept = kept_, key = std::move(key), now](Archive& archive) {
      kept->keep(key, kept->look(archive, key, now), now);
    });
  }

  std::shared_ptr<Lookups> lookups_;
  Lane lane_;
  std::shared_ptr<Kept> kept_;
};

}  // namespace signalbox::web
