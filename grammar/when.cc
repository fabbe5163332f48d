#include "grammar/when.h"

#include <chrono>
#include <utility>

#include "base/text.h"
#include "grammar/moment.h"
#include "grammar/scan.h"

namespace signalbox::grammar {
namespace {

/// A window as written, not yet held against the clock.
struct Form {
  std::optional<Moment> start;
  std::optional<Moment> end;
  std::optional<Duration> length;
};

/// Clients' spellings undone: capitals, plain dashes, colons and blanks, an ellipsis as the dots it
/// was made of.
std::string tidy(std::string_view inside) {
  std::string text;
  for (std::size_t at = 0; at < inside.size();) {
    const Glyph glyph = glyph_at(inside, at);
    const std::string_view raw = inside.substr(at, glyph.size);
    if (glyph.kind == Kind::dash) {
      text += '-';
    } else if (glyph.kind == Kind::colon) {
      text += ':';
    } else if (glyph.kind == Kind::space) {
      text += ' ';
    } else if (glyph.kind != Kind::nothing) {
      text += raw;
    }
    at += glyph.size;
  }
  return to_upper(replace_all(std::move(text), "…", ".."));
}

std::optional<Form> until_form(std::string_view text) {
  Form form;
  form.end = read_moment(trim(text));
  if (!form.end) return {};
  return form;
}

std::optional<Form> span_form(std::string_view text) {
  std::size_t gap = 1;
  std::size_t at = text.find('/');
  if (at == std::string_view::npos) {
    gap = 2;
    at = text.find("..");
  }
  if (at == std::string_view::npos) return {};
  const std::string_view last = trim(text.substr(at + gap));
  Form form;
  form.start = read_moment(trim(text.substr(0, at)));
  form.end = read_moment(last);
  form.length = read_length(last);
  if (!form.start || (!form.end && !form.length)) return {};
  return form;
}

std::optional<Form> read_form(std::string_view inside) {
  if (inside.size() > 200) return {};
  const std::string text = tidy(inside);
  const std::string_view view = trim(text);
  return view.starts_with("UNTIL ") ? until_form(view.substr(6)) : span_form(view);
}

Window resolve(Form form, const Zone& zone, Time now) {
  Window window;
  Time least = now + Duration(1);
  if (form.start) {
    window.from = instant_of(*form.start, zone, std::chrono::floor<std::chrono::minutes>(now));
    least = *window.from + Duration(1);
    // As in ISO-8601, an end without an offset has its start's.
    if (form.end && !form.end->offset) form.end->offset = form.start->offset;
  }
  window.until = form.length ? *window.from + *form.length : instant_of(*form.end, zone, least);
  return window;
}

}  // namespace

bool has_window_form(std::string_view inside) { return read_form(inside).has_value(); }

std::variant<Window, Misfit> read_window(std::string_view inside, const Word& word,
                                         const Zone& zone, Time now) {
  const std::optional<Form> form = read_form(inside);
  if (!form) {
    return Misfit{"bad_window",
                  "the brackets hold no time: write [until 18:00], or after MAINT "
                  "[2026-12-01 02:00/04:00] or [02:00/2h]"};
  }
  if (!word.state) {
    return Misfit{"window_without_state",
                  "only a state can have an end: " + std::string(word.text) +
                      " states none, leave the brackets out"};
  }
  if (form->start && *word.state != State::maint) {
    return Misfit{"start_without_maint",
                  "only MAINT can begin later: write [until …] to say when it ends"};
  }
  const Window window = resolve(*form, zone, now);
  if (window.from && window.until <= *window.from) {
    return Misfit{"end_before_start", "the window ends before it begins"};
  }
  if (window.until <= now) {
    return Misfit{"until_in_the_past",
                  "the window ended " + zone.iso(window.until) + ": give a time to come"};
  }
  return window;
}

}  // namespace signalbox::grammar
