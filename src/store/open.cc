#include "store/open.h"

#include <string_view>
#include <utility>

#include "base/text.h"
#include "store/memory/memory_store.h"
#include "store/sqlite/sqlite_store.h"

namespace signalbox::store {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kMemory = "memory:";

/// The archive of a store that keeps nothing beyond the process.
class NoArchive final : public Archive {
 public:
  Result<std::vector<Row>> rows(std::uint64_t, std::size_t) override { return std::vector<Row>(); }
  Result<std::optional<std::string>> incident(std::string_view) override {
    return std::optional<std::string>();
  }
  Result<std::vector<Rollup>> rollups(std::string_view, Time, Time, Duration) override {
    return unavailable("a store in memory has no archive of sums");
  }
  Result<std::vector<ServiceSums>> sums(Grain, Time) override {
    return unavailable("a store in memory has no archive of sums");
  }
  Result<std::vector<DrawnStretch>> points(std::string_view, Time, Time, Duration) override {
    return unavailable("a store in memory has no archive of points");
  }
  Result<std::vector<Showing>> showings(std::string_view, Time, Time) override {
    return unavailable("a store in memory has no archive of states");
  }
  Result<std::vector<std::string>> incidents(Time, Time) override {
    return std::vector<std::string>();
  }
};

/// The path of an `sqlite:` URL; "" for anything else.
std::string sqlite_path(const std::string& url) {
  return url.starts_with(kSqlite) ? url.substr(kSqlite.size()) : "";
}

Error unknown(const std::string& url) {
  const std::string kind = url.substr(0, url.find(':'));  // what follows may hold a password
  return invalid("store `" + one_line(kind) + ":…`: expected `sqlite:PATH` or `memory:`");
}

}  // namespace

Result<std::unique_ptr<Store>> open(const std::string& url) {
  if (url == kMemory) return std::unique_ptr<Store>(std::make_unique<MemoryStore>());
  const std::string path = sqlite_path(url);
  if (path.empty()) return unknown(url);
  return sqlite::open_store(path);
}

Result<std::unique_ptr<Archive>> open_archive(const std::string& url) {
  if (url == kMemory) return std::unique_ptr<Archive>(std::make_unique<NoArchive>());
  const std::string path = sqlite_path(url);
  if (path.empty()) return unknown(url);
  return sqlite::open_archive(path);
}

}  // namespace signalbox::store
