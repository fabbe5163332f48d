#include "connectors/influxdb/flux.h"

#include <charconv>
#include <optional>
#include <vector>

#include "base/text.h"

namespace signalbox::connectors::influxdb {
namespace {

constexpr std::string_view kPlace = "influxdb: flux";
using Row = std::vector<std::string>;

Error no_table() { return corrupt(std::string(kPlace) + ": the answer is no CSV table"); }

/// RFC 4180: takes the first row off `rest`; a line break inside quotes belongs to the cell.
Row take_row(std::string_view& rest) {
  Row row(1);
  bool quoted = false;
  std::size_t i = 0;
  for (; i < rest.size(); ++i) {
    const char c = rest[i];
    if (c == '"') {
      const bool doubled = quoted && i + 1 < rest.size() && rest[i + 1] == '"';
      if (doubled) row.back() += rest[++i];
      if (!doubled) quoted = !quoted;
    } else if (quoted) {
      row.back() += c;
    } else if (c == ',') {
      row.emplace_back();
    } else if (c == '\n') {
      ++i;
      break;
    } else if (c != '\r') {
      row.back() += c;
    }
  }
  rest.remove_prefix(i);
  return row;
}

/// Where the columns of a table stand.
struct Columns {
  std::size_t count = 0;
  std::optional<std::size_t> time, value, error;
};

Columns columns_of(const Row& header) {
  Columns columns;
  columns.count = header.size();
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == "_time") columns.time = i;
    if (header[i] == "_value") columns.value = i;
    if (header[i] == "error") columns.error = i;
  }
  return columns;
}

std::optional<double> number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Time end_of_interval(Time t, Duration every) {
  const auto into = t.time_since_epoch() % every;
  return into == Duration::zero() ? t : t - into + every;
}

Result<Numbers> with_record(Numbers numbers, const Row& row, const Columns& columns,
                            Duration every) {
  if (row.size() != columns.count) return no_table();
  if (columns.error) {
    return invalid(std::string(kPlace) + ": " + shorten(one_line(row[*columns.error]), 200));
  }
  if (!columns.time || !columns.value) return no_table();
  if (row[*columns.value].empty()) return numbers;
  const auto time = parse_iso(row[*columns.time]);
  const auto value = number(row[*columns.value]);
  if (!time || !value) return no_table();
  numbers[end_of_interval(*time, every)] += *value;
  return numbers;
}

bool is_blank(const Row& row) { return row.size() == 1 && row.front().empty(); }

}  // namespace

Result<std::string> ready_flux(std::string_view written, Duration /*every*/) {
  if (written.find("$from") == std::string_view::npos) {
    return invalid("must hold range(start: $from, stop: $to)");
  }
  return std::string(written);
}

std::string with_range(const std::string& query, Time from, Time to) {
  return replace_all(replace_all(query, "$from", iso(from)), "$to", iso(to));
}

Result<Numbers> read_tables(std::string_view body, Duration every) {
  if (!body.empty() && !body.ends_with('\n')) return no_table();
  Numbers numbers;
  std::optional<Columns> columns;
  for (std::string_view rest = body; !rest.empty();) {
    const Row row = take_row(rest);
    if (is_blank(row) || row.front().starts_with('#')) {
      columns.reset();
    } else if (!columns) {
      columns = columns_of(row);
      if (!columns->error && !(columns->time && columns->value)) return no_table();
    } else {
      auto more = with_record(std::move(numbers), row, *columns, every);
      if (!more) return more.error();
      numbers = std::move(*more);
    }
  }
  return numbers;
}

}  // namespace signalbox::connectors::influxdb
