#include "store/sqlite/whole.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace signalbox::store::sqlite {
namespace {

constexpr std::uintmax_t kSmallestPage = 512;

using Header = std::array<char, 32>;

std::uint32_t big_endian(const Header& header, std::size_t from, std::size_t count) {
  std::uint32_t number = 0;
  for (std::size_t n = from; n < from + count; ++n) {
    number = number << 8U | static_cast<unsigned char>(header.at(n));
  }
  return number;
}

/// How long the file should be by its header (https://sqlite.org/fileformat2.html); 0 when that
/// says nothing.
std::uintmax_t promised_size(const std::string& path) {
  Header header{};
  std::ifstream(path, std::ios::binary).read(header.data(), header.size());
  if (!std::string_view(header.data(), header.size()).starts_with("SQLite format 3")) return 0;
  const std::uint32_t page = big_endian(header, 16, 2);
  return std::uintmax_t{page == 1 ? 65536 : page} * big_endian(header, 28, 4);
}

std::uintmax_t size_of(const std::string& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  return failed ? 0 : size;
}

}  // namespace

Error no_database(const std::string& path) {
  return invalid(path +
                 ": is not a Signalbox database, or its beginning is damaged; name another file in "
                 "`store:`, or put a backup in its place");
}

Status whole(const std::string& path) {
  const std::uintmax_t size = size_of(path);
  // A log beside it completes what the file does not hold yet.
  if (size == 0 || size_of(path + "-wal") > 0 || size_of(path + "-journal") > 0) return {};
  if (size < kSmallestPage) return no_database(path);
  if (size >= promised_size(path)) return {};
  return corrupt(path + ": is truncated; put a backup in its place");
}

}  // namespace signalbox::store::sqlite
