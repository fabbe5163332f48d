#include <array>

#include "model/event.h"

namespace signalbox {

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::applied:
      return "applied";
    case Verdict::recorded:
      return "recorded";
    case Verdict::corrected:
      return "corrected";
    case Verdict::withdrawn:
      return "withdrawn";
    case Verdict::held:
      return "held";
    case Verdict::withheld:
      return "withheld";
    case Verdict::mistake:
      return "mistake";
    case Verdict::question:
      return "question";
    case Verdict::echo:
      return "echo";
    case Verdict::ignored:
      return "ignored";
  }
  return "";
}

std::string_view word(Elapsed::What what) {
  switch (what) {
    case Elapsed::What::statement_ended:
      return "statement_ended";
    case Elapsed::What::maintenance_started:
      return "maintenance_started";
    case Elapsed::What::maintenance_ended:
      return "maintenance_ended";
    case Elapsed::What::maintenance_asks:
      return "maintenance_asks";
    case Elapsed::What::deletion_final:
      return "deletion_final";
    case Elapsed::What::confirmation_lapsed:
      return "confirmation_lapsed";
    case Elapsed::What::reminder_recovered:
      return "reminder_recovered";
    case Elapsed::What::reminder_silent:
      return "reminder_silent";
    case Elapsed::What::notice_ended:
      return "notice_ended";
  }
  return "";
}

std::string_view word(Commanded::What what) {
  switch (what) {
    case Commanded::What::freeze:
      return "freeze";
    case Commanded::What::thaw:
      return "thaw";
    case Commanded::What::release:
      return "release";
    case Commanded::What::discard:
      return "discard";
    case Commanded::What::go_back:
      return "go_back";
  }
  return "";
}

std::string_view kind(const Event& event) {
  constexpr std::array<std::string_view, 7> kKinds = {
      "post_received", "measured_changed", "standing_changed", "elapsed",
      "commanded",     "machine_spoke",    "configured"};
  static_assert(kKinds.size() == std::variant_size_v<decltype(Event::what)>);
  return kKinds[event.what.index()];
}

}  // namespace signalbox
