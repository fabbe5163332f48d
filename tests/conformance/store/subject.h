// The stores under test, each as something that can be closed, opened again, and found damaged.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/memory/memory_store.h"
#include "store/open.h"

namespace signalbox::store::testing {

/// A folder of its own, gone with it.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "signalbox-XXXXXX").string();
    check(mkdtemp(name.data()) != nullptr, "a scratch folder");
    folder_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { std::filesystem::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

/// Runs `sql` on a file behind the store's back.
inline void tamper(const std::string& path, const std::string& sql) {
  sqlite3* file = nullptr;
  check(sqlite3_open(path.c_str(), &file) == SQLITE_OK, "the file to tamper with opens");
  const int code = sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(file);
  check(code == SQLITE_OK, "the tampering works");
}

/// One kind of store.
class Subject {
 public:
  virtual ~Subject() = default;
  virtual Store& store() = 0;
  /// What is kept of an incident, as an archive of this store gives it.
  virtual std::optional<std::string> incident(const std::string& id) = 0;
  /// As after a restart.
  virtual void reopen() = 0;
  /// Makes the kept checkpoint unreadable; false when this kind has no way to be damaged.
  virtual bool damage_checkpoint() { return false; }
};

class MemorySubject final : public Subject {
 public:
  Store& store() override { return *store_; }
  std::optional<std::string> incident(const std::string& id) override {
    return store_->incident(id);
  }
  void reopen() override { store_ = std::make_unique<MemoryStore>(*store_); }

 private:
  std::unique_ptr<MemoryStore> store_ = std::make_unique<MemoryStore>();
};

class SqliteSubject final : public Subject {
 public:
  SqliteSubject() { reopen(); }
  Store& store() override { return *store_; }
  std::optional<std::string> incident(const std::string& id) override {
    return *(*open_archive("sqlite:" + path()))->incident(id);
  }
  void reopen() override {
    store_.reset();
    store_ = std::move(open("sqlite:" + path())).value();
  }
  bool damage_checkpoint() override {
    store_.reset();
    tamper(path(), "UPDATE checkpoint SET payload = payload || 'x'");
    reopen();
    return true;
  }
  std::string path() const { return scratch_.path("ledger.db"); }

 private:
  Scratch scratch_;
  std::unique_ptr<Store> store_;
};

/// A new store is one more name here.
inline std::unique_ptr<Subject> make_subject(const std::string& kind) {
  if (kind == "memory") return std::make_unique<MemorySubject>();
  return std::make_unique<SqliteSubject>();
}

/// Tests that hold for every store.
class EveryStore : public ::testing::TestWithParam<std::string> {
 protected:
  Store& store() { return subject_->store(); }
  std::unique_ptr<Subject> subject_ = make_subject(GetParam());
};

inline std::string kind_name(const ::testing::TestParamInfo<std::string>& info) {
  return info.param;
}

inline Time at(long s) { return Time(std::chrono::hours(24 * 20000) + std::chrono::seconds(s)); }

inline Row row(std::uint64_t seq, const std::string& key = "") {
  return {
      seq, at(static_cast<long>(seq)), 1, "post_received", R"({"n":)" + std::to_string(seq) + "}",
      key};
}

inline Delivery delivery(const std::string& announcement, const std::string& account = "fedi",
                         int priority = 3) {
  Delivery d;
  d.id = announcement + "/" + account;
  d.announcement = announcement;
  d.account = account;
  d.text = "API-DOWN: " + announcement;
  d.priority = priority;
  d.created = d.due = at(1);
  return d;
}

/// One of everything.
inline Batch batch(std::uint64_t seq) {
  const std::string n = std::to_string(seq);
  return {{row(seq, "fedi\n" + n + "\n")},
          {{"mastodon https://x fedi", n}},
          {delivery(n)},
          {{n, "ok " + n}}};
}

}  // namespace signalbox::store::testing
