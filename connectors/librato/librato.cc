// The librato kind: count series of the old Librato metrics API, a user with a token.
#include <algorithm>
#include <array>
#include <utility>

#include "connectors/librato/measurements.h"
#include "connectors/query_source.h"
#include "connectors/registry.h"
#include "connectors/sign_in.h"

namespace signalbox::connectors::librato {
namespace {

/// Which of its measurements a service is read from.
struct Series {
  std::string of;
  std::string field;
};

class Librato final : public RangeQueries {
 public:
  Librato(Server server, std::map<std::string, Series> how, Duration every, Duration patience,
          World world)
      : RangeQueries(every, patience, world.clock),
        server_(std::move(server)),
        how_(std::move(how)) {}

 private:
  Task<Result<Numbers>> numbers(const Pair& pair, const std::string& query, Time from,
                                Time until) override {
    const Series& how = how_.at(pair.service);
    Metric metric{query, how.of, how.field};
    return measurements(server_, std::move(metric), from, until, every());
  }

  Server server_;
  std::map<std::string, Series> how_;
};

std::map<std::string, Series> read_how(const SourceSetup& setup) {
  constexpr std::array<std::string_view, 4> kFields = {"count", "sum", "value", "delta"};
  std::map<std::string, Series> how;
  for (const Question& question : setup.questions) {
    const std::string field = question.settings.text("field", "count");
    if (std::ranges::find(kFields, field) == kFields.end()) {
      question.settings.refuse("field", "must be count, sum, value or delta");
    }
    how[question.service] = {question.settings.text("of"), field};
  }
  return how;
}

net::Headers user_and_token(const Settings& settings) {
  settings.require("user");
  settings.require("token");
  return {{"Authorization",
           "Basic " + base64(settings.text("user") + ":" + settings.secret("token").reveal())}};
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  if (setup.every % std::chrono::minutes(1) != Duration::zero()) {
    setup.settings.refuse("every", "must be whole minutes: measurements are kept by the minute");
  }
  Server server(setup, "https://metrics-api.librato.com", user_and_token(setup.settings), world);
  Lateness late;
  late.patience = std::max<Duration>(3 * setup.every, std::chrono::minutes(3));
  late.corrected = 5;
  late.backfilled = true;
  return std::make_unique<QuerySource>(setup, read_pairs(setup, Counters::none),
                                       std::make_unique<Librato>(std::move(server), read_how(setup),
                                                                 setup.every, late.patience, world),
                                       lateness_of(setup, late), world);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"librato", std::chrono::seconds(60), make};

}  // namespace signalbox::connectors::librato
