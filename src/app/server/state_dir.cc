#include "app/server/state_dir.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

namespace signalbox::app {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::string path_of(const std::string& directory, const char* name) {
  return (fs::path(directory) / name).string();
}

std::string why() { return std::strerror(errno); }

// Writes beside and renames, so that a reader never sees half a file.
Status write_private(const std::string& path, const std::string& text) {
  const std::string beside = path + ".new";
  ::unlink(beside.c_str());
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return unavailable(beside + ": " + why());
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool kept = ::fsync(file) == 0;
  ::close(file);
  if (!written || !kept || ::rename(beside.c_str(), path.c_str()) != 0)
    return unavailable(path + ": " + why());
  return {};
}

std::optional<std::string> read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string random_hex() {
  unsigned char bytes[32];
  randombytes_buf(bytes, sizeof bytes);
  char hex[sizeof bytes * 2 + 1];
  sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
  return hex;
}

}  // namespace

Result<StateDir> StateDir::take(const std::string& directory) {
  std::error_code failed;
  if (!fs::exists(directory)) {
    fs::create_directories(directory, failed);
    if (!failed) fs::permissions(directory, fs::perms::owner_all, failed);
  }
  if (failed) return unavailable(directory + ": cannot be made: " + failed.message());
  const std::string path = path_of(directory, "lock");
  const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0)
    return unavailable(path + ": " + why() + "; give the user that runs signalbox this directory");
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return invalid(
        directory +
        ": another signalbox runs on this state; stop it first, or set another state_dir");
  }
  return StateDir(directory, lock);
}

StateDir::StateDir(StateDir&& other) noexcept
    : directory_(std::move(other.directory_)), lock_(std::exchange(other.lock_, -1)) {}

StateDir::~StateDir() {
  if (lock_ >= 0) ::close(lock_);
}

Result<Secret> StateDir::token() {
  if (auto known = read_token(directory_)) return known;
  const std::string made = random_hex();
  if (const Status kept = write_private(path_of(directory_, "control.token"), made + "\n"); !kept)
    return kept.error();
  return Secret(made);
}

Status StateDir::announce(const RunFile& run) {
  const json object{{"pid", run.pid}, {"public", run.public_url}, {"control", run.control_url}};
  return write_private(path_of(directory_, "run.json"), object.dump() + "\n");
}

void StateDir::withdraw() { ::unlink(path_of(directory_, "run.json").c_str()); }

Result<RunFile> read_run_file(const std::string& directory) {
  const std::string path = path_of(directory, "run.json");
  const auto text = read_whole(path);
  if (!text)
    return unavailable(path + ": not there: no server runs on this state; start `signalbox run`");
  const json object = json::parse(*text, nullptr, false);
  if (!object.is_object() || !object.contains("control") || !object.contains("public")) {
    return corrupt(path + ": cannot be read; restart the server");
  }
  return RunFile{object.value("pid", 0), object.value("public", ""), object.value("control", "")};
}

Result<Secret> read_token(const std::string& directory) {
  const std::string path = path_of(directory, "control.token");
  auto text = read_whole(path);
  if (!text) return unavailable(path + ": cannot be read; run as the user that runs the server");
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  if (text->size() < 32) return corrupt(path + ": too short; delete it and restart the server");
  return Secret(*text);
}

}  // namespace signalbox::app
