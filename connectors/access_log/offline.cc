#include "connectors/access_log/offline.h"

#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace signalbox::connectors::access_log {
namespace {

/// A line without end is counted in pieces, so that a file of zeroes does not fill the memory.
constexpr std::size_t kLongestLine = 1U << 20U;

struct CloseGz {
  void operator()(gzFile file) const { gzclose(file); }
};
using Gz = std::unique_ptr<gzFile_s, CloseGz>;

/// zlib reads plain files as they are.
Gz open(const std::string& path) {
  if (path != "-") return Gz(gzopen(path.c_str(), "rb"));
  const int copy = ::dup(STDIN_FILENO);
  if (copy < 0) return nullptr;
  Gz file(gzdopen(copy, "rb"));
  if (!file) ::close(copy);
  return file;
}

std::string trouble(gzFile file) {
  int code = Z_OK;
  const char* text = gzerror(file, &code);
  return code == Z_ERRNO ? std::strerror(errno) : text;
}

}  // namespace

LogReader::LogReader(Rules rules, Duration every)
    : rules_(std::move(rules)), every_(every), scratch_(rules_.services.size()) {
  for (const Rule& rule : rules_.services) services_.push_back({rule.service, {}, {}});
}

void LogReader::feed(std::string_view bytes) {
  for (std::size_t newline = bytes.find('\n'); newline != std::string_view::npos;
       newline = bytes.find('\n')) {
    if (begun_.empty()) {
      take(bytes.substr(0, newline));
    } else {
      begun_ += bytes.substr(0, newline);
      end();
    }
    bytes.remove_prefix(newline + 1);
  }
  begun_ += bytes;
  if (begun_.size() > kLongestLine) end();
}

void LogReader::end() {
  take(begun_);
  begun_.clear();
}

void LogReader::take(std::string_view text) {
  if (text.find_first_not_of(" \t\r") == std::string_view::npos) return;
  ++lines_;
  const auto line = parse_line(text, rules_.whole_numbers);
  if (!line) {
    if (unreadable_++ == 0) first_unreadable_ = text.substr(0, 500);
    return;
  }
  scratch_.assign(services_.size(), Tally{});
  rules_.count(*line, scratch_);
  const Duration since = line->time.time_since_epoch();
  const Time interval(since - (since % every_ + every_) % every_);
  for (std::size_t i = 0; i < services_.size(); ++i) {
    if (scratch_[i].total == 0 && scratch_[i].left_out == 0) continue;
    services_[i].all += scratch_[i];
    if (scratch_[i].total == 0) continue;
    Sums& sums = services_[i].intervals[interval];
    sums.good += scratch_[i].good;
    sums.total += scratch_[i].total;
  }
}

Status read_bytes(const std::string& path, const std::function<void(std::string_view)>& feed) {
  const Gz file = open(path);
  if (!file) return invalid("cannot read " + path + ": " + std::strerror(errno));
  std::string buffer(1U << 18U, '\0');
  for (;;) {
    const int got = gzread(file.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
    if (got < 0) return invalid("cannot read " + path + ": " + trouble(file.get()));
    if (got == 0) break;
    feed(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
  }
  int code = Z_OK;
  gzerror(file.get(), &code);
  if (code == Z_BUF_ERROR) return invalid("cannot read " + path + " to its end: it is cut off");
  return Status();
}

Status read_log(const std::string& path, LogReader& reader) {
  Status read = read_bytes(path, [&](std::string_view bytes) { reader.feed(bytes); });
  if (read) reader.end();
  return read;
}

}  // namespace signalbox::connectors::access_log
