#include "connectors/influxdb/influxql.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "connectors/json.h"

namespace signalbox::connectors::influxdb {
namespace {

using nlohmann::json;

constexpr std::string_view kPlace = "influxdb: query";

/// Lower case, and every white space a space.
std::string plain(std::string_view text) {
  std::string low = to_lower(text);
  for (char& c : low) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  return low;
}

std::string in_ms(Time t) { return std::to_string(t.time_since_epoch().count()) + "ms"; }

Error refused(const json& result) {
  return invalid(std::string(kPlace) + ": " + shorten(one_line(text_at(result, "error")), 200));
}

/// Adds a row, `[time, number]`; false when it is of another shape.
Result<Numbers> with_row(Numbers numbers, const json& row, Duration every) {
  if (!row.is_array() || row.size() != 2 || !row[0].is_number_integer()) return misshapen(kPlace);
  if (row[1].is_null()) return numbers;
  if (!row[1].is_number()) return misshapen(kPlace);
  numbers[Time(Duration(row[0].get<long long>())) + every] += row[1].get<double>();
  return numbers;
}

Result<Numbers> read_result(const json& result, Duration every) {
  if (!result.is_object()) return misshapen(kPlace);
  if (!text_at(result, "error").empty()) return refused(result);
  Numbers numbers;
  for (const json& series : at(result, "series")) {
    const json& columns = at(series, "columns");
    if (!columns.is_array() || !at(series, "values").is_array()) return misshapen(kPlace);
    if (columns.size() != 2) {
      return invalid(std::string(kPlace) + ": gives " + std::to_string(columns.size()) +
                     " columns: select one number, like sum(\"value\")");
    }
    for (const json& row : at(series, "values")) {
      auto more = with_row(std::move(numbers), row, every);
      if (!more) return more.error();
      numbers = std::move(*more);
    }
  }
  return numbers;
}

}  // namespace

Result<std::string> ready_statement(std::string_view written, Duration every) {
  std::string statement(trim(written));
  while (statement.ends_with(';')) statement.pop_back();
  const std::string low = plain(statement);
  if (!low.starts_with("select ")) return invalid("must be a SELECT");
  if (statement.find(';') != std::string::npos) return invalid("must be one statement, without ;");
  const bool groups = low.find("group by") != std::string::npos;
  const bool timed = statement.find("$time") != std::string::npos;
  if (groups != timed) {
    return invalid("must hold both WHERE $time and GROUP BY time($every), or neither");
  }
  if (groups && low.find("time(") == std::string::npos) {
    return invalid("must be grouped by time($every)");
  }
  if (groups) return statement;
  const bool has_where = low.find(" where ") != std::string::npos;
  return with_every(
      statement + (has_where ? " AND" : " WHERE") + " $time GROUP BY time($every) fill(none)",
      every);
}

std::string with_time(const std::string& statement, Time from, Time until) {
  return replace_all(statement, "$time", "time >= " + in_ms(from) + " AND time < " + in_ms(until));
}

Result<Numbers> read_sums(std::string_view body, Duration every) {
  const json answer = json::parse(body, nullptr, false);
  if (answer.is_discarded()) return corrupt(std::string(kPlace) + ": the answer is not JSON");
  const json& results = at(answer, "results");
  if (!results.is_array() || results.size() != 1) return misshapen(kPlace);
  return read_result(results[0], every);
}

}  // namespace signalbox::connectors::influxdb
