#include "grammar/write.h"

#include "base/text.h"
#include "grammar/moment.h"
#include "grammar/targets.h"

namespace signalbox::grammar {
namespace {

std::string window(const Report& report, const Zone& zone) {
  if (!report.until) return "";
  const std::string until = write_moment(*report.until, zone);
  if (!report.from) return " [until " + until + "]";
  return " [" + write_moment(*report.from, zone) + "/" + until + "]";
}

}  // namespace

std::string write(const Report& report, const Lexicon& lexicon) {
  std::string line = join(report.targets, ",");
  if (report.phase) {
    line.append("-").append(word(*report.phase));
  } else if (report.state) {
    line.append("-").append(word(*report.state));
  }
  line += window(report, lexicon.words().zone);
  return line.append(": ").append(report.message);
}

}  // namespace signalbox::grammar
