#include "announce/composed.h"

#include <optional>

#include "base/utf8.h"

namespace signalbox::announce {
namespace {

struct Mark {
  char32_t mark;
  std::u32string_view letters;
  std::u32string_view joined;
};

constexpr Mark kMarks[] = {
    {0x0300, U"AEINOUWYaeinouwy", U"ÀÈÌǸÒÙẀỲàèìǹòùẁỳ"},
    {0x0301, U"ACEILNORSUYZaceilnorsuyz", U"ÁĆÉÍĹŃÓŔŚÚÝŹáćéíĺńóŕśúýź"},
    {0x0302, U"ACEGHIJOSUWYaceghijosuwy", U"ÂĈÊĜĤÎĴÔŜÛŴŶâĉêĝĥîĵôŝûŵŷ"},
    {0x0303, U"AEINOUYaeinouy", U"ÃẼĨÑÕŨỸãẽĩñõũỹ"},
    {0x0304, U"AEIOUaeiou", U"ĀĒĪŌŪāēīōū"},
    {0x0306, U"AEGIOUaegiou", U"ĂĔĞĬŎŬăĕğĭŏŭ"},
    {0x0307, U"CEGIZcegz", U"ĊĖĠİŻċėġż"},
    {0x0308, U"AEIOUYaeiouy", U"ÄËÏÖÜŸäëïöüÿ"},
    {0x030A, U"AUau", U"ÅŮåů"},
    {0x030B, U"OUou", U"ŐŰőű"},
    {0x030C, U"ACDEGINORSTUZacdeginorstuz", U"ǍČĎĚǦǏŇǑŘŠŤǓŽǎčďěǧǐňǒřšťǔž"},
    {0x0327, U"CGKLNRSTcgklnrst", U"ÇĢĶĻŅŖŞŢçģķļņŗşţ"},
    {0x0328, U"AEIUaeiu", U"ĄĘĮŲąęįų"},
};

std::optional<char32_t> join_mark(char32_t letter, char32_t mark) {
  for (const Mark& m : kMarks) {
    if (m.mark != mark) continue;
    const auto at = m.letters.find(letter);
    if (at != std::u32string_view::npos) return m.joined[at];
  }
  return std::nullopt;
}

}  // namespace

std::string composed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::optional<char32_t> held;
  while (!text.empty()) {
    const utf8::Point point = utf8::decode(text);
    const auto joined = held ? join_mark(*held, point.value) : std::nullopt;
    if (held && !joined) out += utf8::encode(*held);
    held = joined ? *joined : point.value;
    text.remove_prefix(point.bytes);
  }
  if (held) out += utf8::encode(*held);
  return out;
}

}  // namespace signalbox::announce
