// A disk under SQLite for tests: fails at the n-th write, and knows at every moment what a power
// cut would leave.
#pragma once

#include <sqlite3.h>

#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "base/check.h"

namespace signalbox::store::testing {

/// Sits between SQLite and the files below one folder while it lives. One at a time, one thread.
class FaultyDisk {
 public:
  explicit FaultyDisk(std::string folder);
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;
  ~FaultyDisk();

  /// The n-th write, truncation or sync from now on gives this result code; 0: none does.
  void fail(int nth, int code) {
    countdown_ = nth;
    code_ = code;
    failed_ = false;
  }
  bool failed() const { return failed_; }
  /// Called before each write, truncation and sync.
  void on_change(std::function<void()> call) { on_change_ = std::move(call); }

  /// What each file would hold after a power cut now, by path: everything synced, and of the rest
  /// whatever chance leaves, the pieces in any order and torn.
  std::map<std::string, std::string> after_power_cut(std::mt19937_64& chance) const;

  /// For the callbacks SQLite makes.
  struct File;
  int change(const std::string& path);
  void wrote(const std::string& path, std::int64_t offset, std::string bytes);
  void truncated(const std::string& path, std::int64_t size);
  void synced(const std::string& path);
  void removed(const std::string& path) { files_.erase(path); }
  void opened(const std::string& path);
  bool watches(const std::string& path) const { return path.starts_with(folder_); }
  sqlite3_vfs* real() const { return real_; }
  static FaultyDisk* current;

 private:
  struct Piece {
    std::int64_t offset = 0;
    std::string bytes;
    bool truncate = false;  ///< to `offset`
  };
  struct Contents {
    std::string durable;
    std::vector<Piece> pending;
  };
  static void apply(std::string& contents, const Piece& piece);

  std::string folder_;
  sqlite3_vfs* real_;
  sqlite3_vfs own_;
  std::map<std::string, Contents> files_;
  std::function<void()> on_change_;
  int countdown_ = 0;
  int code_ = SQLITE_OK;
  bool failed_ = false;
};

inline FaultyDisk* FaultyDisk::current = nullptr;

/// An open file: ours first, as SQLite wants it, then the real one.
struct FaultyDisk::File {
  sqlite3_file base;
  std::string* path;  // null: not watched
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
  static sqlite3_file* behind(sqlite3_file* file) { return of(file).real(); }
};

namespace disk_calls {

using File = FaultyDisk::File;

inline int close(sqlite3_file* file) {
  const int code = File::behind(file)->pMethods->xClose(File::behind(file));
  delete File::of(file).path;
  return code;
}
inline int read(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
  return File::behind(file)->pMethods->xRead(File::behind(file), to, count, offset);
}
inline int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
  File& f = File::of(file);
  if (f.path == nullptr) return f.real()->pMethods->xWrite(f.real(), from, count, offset);
  if (const int failed = FaultyDisk::current->change(*f.path)) return failed;
  const auto* bytes = static_cast<const char*>(from);
  FaultyDisk::current->wrote(*f.path, offset, std::string(bytes, bytes + count));
  return f.real()->pMethods->xWrite(f.real(), from, count, offset);
}
inline int truncate(sqlite3_file* file, sqlite3_int64 size) {
  File& f = File::of(file);
  if (f.path == nullptr) return f.real()->pMethods->xTruncate(f.real(), size);
  if (const int failed = FaultyDisk::current->change(*f.path)) return failed;
  FaultyDisk::current->truncated(*f.path, size);
  return f.real()->pMethods->xTruncate(f.real(), size);
}
inline int sync(sqlite3_file* file, int) {
  File& f = File::of(file);
  if (f.path == nullptr) return SQLITE_OK;
  if (const int failed = FaultyDisk::current->change(*f.path)) return failed;
  FaultyDisk::current->synced(*f.path);
  return SQLITE_OK;  // no power is cut from the real disk: it need not hurry
}
inline int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return File::behind(file)->pMethods->xFileSize(File::behind(file), size);
}
inline int lock(sqlite3_file* file, int level) {
  return File::behind(file)->pMethods->xLock(File::behind(file), level);
}
inline int unlock(sqlite3_file* file, int level) {
  return File::behind(file)->pMethods->xUnlock(File::behind(file), level);
}
inline int check_reserved_lock(sqlite3_file* file, int* held) {
  return File::behind(file)->pMethods->xCheckReservedLock(File::behind(file), held);
}
inline int file_control(sqlite3_file* file, int what, void* with) {
  return File::behind(file)->pMethods->xFileControl(File::behind(file), what, with);
}
inline int sector_size(sqlite3_file* file) {
  return File::behind(file)->pMethods->xSectorSize(File::behind(file));
}
inline int characteristics(sqlite3_file* file) {
  return File::behind(file)->pMethods->xDeviceCharacteristics(File::behind(file));
}
inline int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
  return File::behind(file)->pMethods->xShmMap(File::behind(file), page, size, extend, to);
}
inline int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return File::behind(file)->pMethods->xShmLock(File::behind(file), offset, count, flags);
}
inline void shm_barrier(sqlite3_file* file) {
  File::behind(file)->pMethods->xShmBarrier(File::behind(file));
}
inline int shm_unmap(sqlite3_file* file, int remove) {
  return File::behind(file)->pMethods->xShmUnmap(File::behind(file), remove);
}

inline constexpr sqlite3_io_methods kMethods = {2,
                                                close,
                                                read,
                                                write,
                                                truncate,
                                                sync,
                                                file_size,
                                                lock,
                                                unlock,
                                                check_reserved_lock,
                                                file_control,
                                                sector_size,
                                                characteristics,
                                                shm_map,
                                                shm_lock,
                                                shm_barrier,
                                                shm_unmap,
                                                nullptr,
                                                nullptr};

inline int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  File& f = File::of(file);
  f.path = nullptr;
  f.base.pMethods = nullptr;
  sqlite3_vfs* real = FaultyDisk::current->real();
  const int code = real->xOpen(real, name, f.real(), flags, out);
  if (code != SQLITE_OK) return code;
  f.base.pMethods = &kMethods;
  if (name != nullptr && FaultyDisk::current->watches(name)) {
    f.path = new std::string(name);
    FaultyDisk::current->opened(name);
  }
  return SQLITE_OK;
}
inline int remove(sqlite3_vfs*, const char* name, int) {
  FaultyDisk::current->removed(name);
  sqlite3_vfs* real = FaultyDisk::current->real();
  return real->xDelete(real, name, 0);
}

}  // namespace disk_calls

inline FaultyDisk::FaultyDisk(std::string folder)
    : folder_(std::move(folder)), real_(sqlite3_vfs_find(nullptr)), own_(*real_) {
  check(current == nullptr, "one faulty disk at a time");
  current = this;
  own_.zName = "faulty";
  own_.pNext = nullptr;
  own_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
  own_.xOpen = disk_calls::open;
  own_.xDelete = disk_calls::remove;
  sqlite3_vfs_register(&own_, 1);
}

inline FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&own_);
  sqlite3_vfs_register(real_, 1);
  current = nullptr;
}

inline int FaultyDisk::change(const std::string&) {
  if (on_change_) on_change_();
  if (countdown_ == 0 || --countdown_ > 0) return SQLITE_OK;
  failed_ = true;
  return code_;
}

inline void FaultyDisk::opened(const std::string& path) {
  if (files_.contains(path)) return;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  files_[path].durable = bytes.str();
}

inline void FaultyDisk::wrote(const std::string& path, std::int64_t offset, std::string bytes) {
  files_[path].pending.push_back({offset, std::move(bytes), false});
}

inline void FaultyDisk::truncated(const std::string& path, std::int64_t size) {
  files_[path].pending.push_back({size, "", true});
}

inline void FaultyDisk::synced(const std::string& path) {
  Contents& contents = files_[path];
  for (const Piece& piece : contents.pending) apply(contents.durable, piece);
  contents.pending.clear();
}

inline void FaultyDisk::apply(std::string& contents, const Piece& piece) {
  const auto offset = static_cast<std::size_t>(piece.offset);
  if (piece.truncate) {
    contents.resize(offset);
    return;
  }
  if (contents.size() < offset + piece.bytes.size()) contents.resize(offset + piece.bytes.size());
  contents.replace(offset, piece.bytes.size(), piece.bytes);
}

inline std::map<std::string, std::string> FaultyDisk::after_power_cut(
    std::mt19937_64& chance) const {
  std::map<std::string, std::string> left;
  for (const auto& [path, contents] : files_) {
    std::string bytes = contents.durable;
    const auto luck = chance() % 3;  // nothing more, all of it, or some
    for (Piece piece : contents.pending) {
      if (luck == 0 || (luck == 2 && chance() % 2 == 0)) continue;
      if (luck == 2 && chance() % 4 == 0) piece.bytes.resize(piece.bytes.size() / 2);
      apply(bytes, piece);
    }
    left[path] = std::move(bytes);
  }
  return left;
}

}  // namespace signalbox::store::testing
