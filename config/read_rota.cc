// `on_call:` the names that the wall board shows in turn.
#include "config/sections.h"

namespace signalbox::config {
namespace {

constexpr std::size_t kMostNames = 100;
constexpr Duration kDay = std::chrono::days(1);

/// `2026-11-23` or `2026-11-23 09:00`, on the page's clock.
std::optional<LocalTime> local_time(std::string text) {
  if (text.size() == 10) text += " 00:00";
  if (text.size() != 16 || (text[10] != ' ' && text[10] != 'T')) return std::nullopt;
  text[10] = 'T';
  const auto read = parse_iso(text + ":00Z");
  return read ? std::optional(LocalTime(read->time_since_epoch())) : std::nullopt;
}

void read_start(Fields& fields, Rota& rota) {
  const auto text = fields.text("from");
  if (!text && rota.names.size() > 1) {
    fields.refuse("from",
                  "says nothing of when the first turn begins; write `from: 2026-11-23`, or with "
                  "the hour of the change, `from: \"2026-11-23 09:00\"`");
  }
  if (!text) return;
  const auto from = local_time(*text);
  if (from) {
    rota.from = *from;
  } else {
    fields.refuse("from", "must be a date, or a date and a time: 2026-11-23, 2026-11-23 09:00");
  }
}

}  // namespace

void read_rota(Fields& file, Config& config, Mistakes& mistakes) {
  const NodePtr node = file.find("on_call");
  if (!node) return;
  Fields fields(node, "on_call", mistakes);
  Rota& rota = config.page.on_call;
  rota.names = fields.list("names").value_or(std::vector<std::string>{});
  if (rota.names.empty() || rota.names.size() > kMostNames) {
    fields.refuse("names", "must list 1 to 100 names, in the order of their turns");
  }
  const Duration turn = fields.duration("turn", kDay).value_or(kDay);
  if (turn % kDay != Duration{}) fields.refuse("turn", "must be whole days: 1d, 7d");
  rota.turn = std::chrono::floor<std::chrono::days>(turn);
  read_start(fields, rota);
  fields.refuse_rest();
}

}  // namespace signalbox::config
