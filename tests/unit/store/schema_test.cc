// How a file is known as ours, made, refused, and brought up to date.
#include "store/sqlite/schema.h"

#include <gmock/gmock.h>

#include <array>
#include <fstream>

#include "tests/conformance/store/subject.h"

namespace signalbox::store::sqlite {
namespace {

using ::testing::HasSubstr;
using testing::Scratch;
using testing::tamper;
using Code = Error::Code;

constexpr std::array<std::string_view, 2> kSteps = {
    "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;",
    "ALTER TABLE word ADD COLUMN loud INTEGER NOT NULL DEFAULT 0;"
    "UPDATE word SET loud = 1 WHERE text = upper(text);"};

Schema schema(std::size_t version) {
  return {0x54455354, std::span(kSteps).first(version), Durability::full};
}

std::unique_ptr<Database> opened(const std::string& path, const Schema& as) {
  auto file = open_for_writing(path, as);
  EXPECT_TRUE(file) << file.error().what;
  return std::move(file).value();
}

TEST(Schema, MakesANewFileInOurManner) {
  const Scratch scratch;
  const auto file = opened(scratch.path("db"), schema(2));
  EXPECT_EQ(*file->number("PRAGMA user_version"), 2);
  EXPECT_EQ(*file->number("PRAGMA application_id"), 0x54455354);
  EXPECT_EQ(*file->number("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(*file->number("PRAGMA synchronous"), 2);
  EXPECT_LE(*file->number("PRAGMA busy_timeout"), 100);
  Query mode = file->query("PRAGMA journal_mode");
  ASSERT_TRUE(*mode.next());
  EXPECT_EQ(mode.text(), "wal");
  EXPECT_FALSE(std::filesystem::exists(backup_path(scratch.path("db"), 0)));
}

TEST(Schema, TakesTheStepsAfterABackup) {
  const Scratch scratch;
  const std::string path = scratch.path("db");
  {
    const auto old = opened(path, schema(1));
    ASSERT_TRUE(old->run("INSERT INTO word (text) VALUES ('quiet'), ('LOUD')").ok());
  }
  {
    const auto now = opened(path, schema(2));
    EXPECT_EQ(*now->number("PRAGMA user_version"), 2);
    EXPECT_EQ(*now->number("SELECT count(*) FROM word WHERE loud"), 1);
  }
  const auto backup = opened(path + ".v1.backup", schema(1));
  EXPECT_EQ(*backup->number("SELECT count(*) FROM word"), 2);
  EXPECT_FALSE(backup->query("SELECT loud FROM word").next());
}

TEST(Schema, AStepThatFailsChangesNothing) {
  const Scratch scratch;
  const std::string path = scratch.path("db");
  ASSERT_TRUE(opened(path, schema(1))->run("INSERT INTO word (text) VALUES ('x')").ok());
  const std::array<std::string_view, 2> wrong = {kSteps[0], "DELETE FROM word; SELECT nonsense;"};
  EXPECT_FALSE(open_for_writing(path, {0x54455354, wrong, Durability::full}));
  EXPECT_EQ(*opened(path, schema(2))->number("SELECT count(*) FROM word"), 1);
}

/// The bytes of a file, to see that a refusal left it alone.
std::string bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Schema, RefusesANewerOneInOneLine) {
  const Scratch scratch;
  const std::string path = scratch.path("db");
  opened(path, schema(2)).reset();
  const std::string before = bytes(path);
  for (const auto& file : {open_for_writing(path, schema(1)), open_for_reading(path, schema(1))}) {
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, Code::invalid);
    EXPECT_EQ(file.error().what,
              path +
                  ": has schema 2, this program knows 1; run the newer program, or put a "
                  "backup in its place");
  }
  EXPECT_EQ(bytes(path), before);
}

TEST(Schema, RefusesAnotherProgramsDatabase) {
  const Scratch scratch;
  const std::string path = scratch.path("db");
  tamper(path, "CREATE TABLE theirs (x); PRAGMA user_version=1;");
  const std::string before = bytes(path);
  const auto file = open_for_writing(path, schema(1));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, Code::invalid);
  EXPECT_THAT(file.error().what, HasSubstr("another program"));
  EXPECT_EQ(bytes(path), before);
}

TEST(Schema, RefusesWhatIsNoDatabase) {
  const Scratch scratch;
  const std::string path = scratch.path("db");
  std::ofstream(path) << "listen: {public: 127.0.0.1:8080}\n" << std::string(4000, '#');
  const auto file = open_for_writing(path, schema(1));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, Code::invalid);
  EXPECT_THAT(file.error().what, HasSubstr("is not a Signalbox database"));
}

TEST(Schema, RefusesATruncatedFileAtEveryLength) {
  const Scratch scratch;
  const std::string whole = scratch.path("whole");
  opened(whole, kLedgerSchema).reset();
  const std::string all = bytes(whole);
  ASSERT_GT(all.size(), 8192U);
  for (std::size_t size = 1; size < all.size(); size += 1000) {
    const std::string path = scratch.path("cut" + std::to_string(size));
    std::ofstream(path, std::ios::binary) << all.substr(0, size);
    const auto file = open_for_writing(path, kLedgerSchema);
    ASSERT_FALSE(file) << size;
    EXPECT_THAT(file.error().code, ::testing::AnyOf(Code::invalid, Code::corrupt)) << size;
    EXPECT_EQ(file.error().what.find('\n'), std::string::npos);
    EXPECT_THAT(file.error().what, HasSubstr("put a backup in its place"));
  }
}

TEST(Schema, ReadingNeedsAFileThatIsUpToDate) {
  const Scratch scratch;
  const std::string path = scratch.path("db");
  EXPECT_EQ(open_for_reading(path, schema(1)).error().code, Code::unavailable);
  opened(path, schema(1)).reset();
  EXPECT_TRUE(open_for_reading(path, schema(1)));
  EXPECT_EQ(open_for_reading(path, schema(2)).error().code, Code::invalid);
}

TEST(Database, TellsTroublesApart) {
  const Scratch scratch;
  const auto file = opened(scratch.path("db"), schema(1));
  struct Case {
    int code;
    Code means;
  };
  const std::vector<Case> cases = {
      {SQLITE_FULL, Code::unavailable},        {SQLITE_BUSY, Code::unavailable},
      {SQLITE_LOCKED, Code::unavailable},      {SQLITE_IOERR_WRITE, Code::unavailable},
      {SQLITE_IOERR_FSYNC, Code::unavailable}, {SQLITE_CANTOPEN, Code::unavailable},
      {SQLITE_READONLY, Code::unavailable},    {SQLITE_NOMEM, Code::unavailable},
      {SQLITE_CORRUPT, Code::corrupt},         {SQLITE_NOTADB, Code::corrupt},
      {SQLITE_IOERR_CORRUPTFS, Code::corrupt}, {SQLITE_CONSTRAINT_UNIQUE, Code::invalid},
      {SQLITE_ERROR, Code::internal},          {SQLITE_MISUSE, Code::internal},
  };
  for (const Case& c : cases) {
    const Error error = file->trouble(c.code, "so it says");
    EXPECT_EQ(error.code, c.means) << c.code;
    EXPECT_TRUE(error.what.starts_with(scratch.path("db") + ": ")) << error.what;
  }
}

TEST(Database, AFailedTransactionLeavesNothingAndTheNextWorks) {
  const Scratch scratch;
  const auto file = opened(scratch.path("db"), schema(1));
  const auto add = [&] { return file->run("INSERT INTO word (text) VALUES ('x')"); };
  const auto failed = file->together([&]() -> Status {
    if (auto added = add(); !added) return added;
    return unavailable("changed our mind");
  });
  EXPECT_EQ(failed.error().what, "changed our mind");
  EXPECT_EQ(*file->number("SELECT count(*) FROM word"), 0);
  EXPECT_TRUE(file->together(add).ok());
  EXPECT_EQ(*file->number("SELECT count(*) FROM word"), 1);
}

TEST(Database, AQueryThatCannotBeTellsWhenItRuns) {
  const Scratch scratch;
  const auto file = opened(scratch.path("db"), schema(1));
  Query nonsense = file->query("SELECT nonsense FROM nowhere WHERE x = ?");
  nonsense.put(std::int64_t{1}).put("text").put(1.5).put(std::nullopt);
  EXPECT_EQ(nonsense.next().error().code, Code::internal);
  Query too_many = file->query("SELECT ?");
  EXPECT_FALSE(too_many.put("a").put("b").next());
}

}  // namespace
}  // namespace signalbox::store::sqlite
