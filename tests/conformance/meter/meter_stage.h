// The far side of a source, played by a test: it holds what was counted, a minute each, and answers
// as the real one would. One a METER of connectors.def; without it this program does not link.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.h"

namespace signalbox::testing {

/// Numbers of requests; an absent one is a hole in the far side's series.
struct Said {
  std::optional<double> good;
  std::optional<double> total;
};

/// Made for the services "A" and "B", whose queries hold "svcA" and "svcB".
class MeterStage {
 public:
  virtual ~MeterStage() = default;
  /// A source of one-minute intervals that asks this far side. Its credentials are kSecret.
  virtual connectors::SourceSetup setup() = 0;
  /// What was counted for a service in the minute that ends at `instant`.
  virtual void counts(const std::string& service, Time instant, const Said& said) {
    said_[service][instant] = said;
  }
  virtual net::Response answer(const net::Request&) { return {}; }
  /// How long after an instant it is asked for.
  virtual Duration late() const { return std::chrono::seconds(10); }
  /// Otherwise its readings come by themselves, and a poll gives none.
  virtual bool is_asked() const { return true; }
  /// Otherwise it is a file, and knows neither statuses nor senseless numbers.
  virtual bool over_http() const { return true; }
  /// It counts what was bad: good is what remains, and cannot be absent alone.
  virtual bool of_bad() const { return false; }

  static constexpr std::string_view kSecret = "hush-hush";

 protected:
  connectors::SourceSetup setup_of(const std::map<std::string, std::string>& of_source,
                                   const std::map<std::string, std::string>& of_service) const;
  /// What `text` (a query that names a service and "total", or not) is about, at `instant`.
  std::optional<double> number(std::string_view text, Time instant) const;
  /// Every instant something was said of, and its number.
  std::map<Time, double> numbers(std::string_view text) const;

 private:
  std::map<std::string, std::map<Time, Said>> said_;
};

/// The stage of that kind.
std::unique_ptr<MeterStage> make_meter_stage(std::string_view kind);

}  // namespace signalbox::testing
