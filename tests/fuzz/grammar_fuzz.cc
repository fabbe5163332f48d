// Any bytes as a post: never a crash; what comes back is valid text, and a report can be written
// and read again.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/check.h"
#include "base/text.h"
#include "grammar/parse.h"
#include "grammar/write.h"

namespace {

using namespace std::chrono_literals;
using signalbox::check;

const signalbox::grammar::Lexicon& page() {
  static const signalbox::grammar::Lexicon kPage = [] {
    using signalbox::Service;
    return signalbox::grammar::Lexicon(
        {Service{.id = "API", .name = "", .group = "Core", .aliases = {"rest"}, .thresholds = {}},
         Service{
             .id = "BALANCED-JS", .name = "", .group = "EU West", .aliases = {}, .thresholds = {}},
         Service{.id = "JS", .name = "", .group = "Core", .aliases = {}, .thresholds = {}}},
        signalbox::Zone::find("Europe/Paris").value_or(signalbox::Zone()), {"status"});
  }();
  return kPage;
}

constexpr signalbox::Time kNow{1'795'235'420'000ms};

void read_again(const signalbox::Report& report) {
  check(!report.message.empty(), "a report without a message");
  check(!report.services.empty() && !report.targets.empty(), "a report about nothing");
  check(signalbox::valid_utf8(report.message) == report.message, "a message that is no UTF-8");
  const auto again =
      signalbox::grammar::parse(signalbox::grammar::write(report, page()), page(), kNow);
  check(std::holds_alternative<signalbox::Report>(again) &&
            std::get<signalbox::Report>(again) == report,
        "what was written reads as something else");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto sentence = signalbox::grammar::parse(text, page(), kNow, size % 2 == 1);
  if (const auto* report = std::get_if<signalbox::Report>(&sentence)) read_again(*report);
  if (const auto* mistake = std::get_if<signalbox::Mistake>(&sentence)) {
    check(signalbox::valid_utf8(mistake->what) == mistake->what, "a hint that is no UTF-8");
    check(signalbox::one_line(mistake->what) == mistake->what, "a hint of several lines");
    check(signalbox::valid_utf8(mistake->suggestion) == mistake->suggestion,
          "a suggestion that is no UTF-8");
  }
  return 0;
}
