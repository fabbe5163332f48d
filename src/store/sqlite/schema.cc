#include "store/sqlite/schema.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "store/sqlite/whole.h"

namespace signalbox::store::sqlite {
namespace {

using Opened = Result<std::unique_ptr<Database>>;

/// What the header of a file says.
struct Header {
  std::int64_t application_id = 0;
  std::int64_t version = 0;
  std::int64_t tables = 0;

  bool blank() const { return application_id == 0 && version == 0 && tables == 0; }
};

Result<Header> read_header(Database& file) {
  const auto id = file.number("PRAGMA application_id");
  if (!id) return id.error();
  const auto version = file.number("PRAGMA user_version");
  if (!version) return version.error();
  const auto tables = file.number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  return Header{*id, *version, *tables};
}

/// A file without SQLite's first 16 bytes never was a database, or its beginning is gone.
Error unreadable(const std::string& path, Error error) {
  const bool foreign =
      error.code == Error::Code::corrupt && error.what.find("not a database") != std::string::npos;
  return foreign ? no_database(path) : error;
}

Status accept(const std::string& path, const Header& header, const Schema& schema) {
  const auto newest = static_cast<std::int64_t>(schema.steps.size());
  if (header.application_id != schema.application_id) {
    return invalid(path + ": is a database of another program; name another file in `store:`");
  }
  if (header.version > newest) {
    return invalid(path + ": has schema " + std::to_string(header.version) +
                   ", this program knows " + std::to_string(newest) +
                   "; run the newer program, or put a backup in its place");
  }
  return {};
}

Status back_up(Database& file, std::int64_t version) {
  const std::string backup = backup_path(file.path(), version);
  const std::string half = backup + ".half";
  std::error_code ignored;
  std::filesystem::remove(half, ignored);
  if (auto made = file.query("VACUUM INTO ?").put(half).run(); !made) return made;
  std::error_code failed;
  std::filesystem::rename(half, backup, failed);
  if (failed) return unavailable(backup + ": cannot be written (" + failed.message() + ")");
  return {};
}

Status take_steps(Database& file, const Schema& schema, std::int64_t from) {
  for (auto version = static_cast<std::size_t>(from); version < schema.steps.size(); ++version) {
    auto stepped = file.together([&]() -> Status {
      return file.script(std::string(schema.steps[version]) +
                         "PRAGMA application_id=" + std::to_string(schema.application_id) +
                         ";PRAGMA user_version=" + std::to_string(version + 1) + ";");
    });
    if (!stepped) return stepped;
  }
  return {};
}

Status bring_up_to_date(Database& file, const Schema& schema) {
  const auto header = read_header(file);
  if (!header) return unreadable(file.path(), header.error());
  if (!header->blank()) {
    if (auto ours = accept(file.path(), *header, schema); !ours) return ours;
    if (header->version == static_cast<std::int64_t>(schema.steps.size())) return {};
    if (auto kept = back_up(file, header->version); !kept) return kept;
  }
  return take_steps(file, schema, header->version);
}

}  // namespace

std::string backup_path(const std::string& path, std::int64_t version) {
  return path + ".v" + std::to_string(version) + ".backup";
}

Opened open_for_writing(const std::string& path, const Schema& schema) {
  if (auto sound = whole(path); !sound) return sound.error();
  auto file = Database::open(path, Access::write);
  if (!file) return file;
  if (auto ready = bring_up_to_date(**file, schema); !ready) return ready.error();
  if (auto settled = (*file)->settle(schema.durability); !settled) return settled.error();
  return file;
}

Opened open_for_reading(const std::string& path, const Schema& schema) {
  auto file = Database::open(path, Access::read);
  if (!file) return file;
  const auto header = read_header(**file);
  if (!header) return unreadable(path, header.error());
  if (auto ours = accept(path, *header, schema); !ours) return ours.error();
  if (header->version < static_cast<std::int64_t>(schema.steps.size())) {
    return invalid(path + ": has an older schema; start the server once to bring it up to date");
  }
  return file;
}

}  // namespace signalbox::store::sqlite
