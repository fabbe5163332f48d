#include "web/control/console.h"

#include "web/documents/json.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kNewest = 50;

std::string text_of(const Json& value) {
  return shown(value.is_string() ? value.get_ref<const std::string&>() : dumped(value));
}

/// One row as `key: value` cells; empty and null values are left out.
View row_view(const Json& row) {
  View view;
  ViewList cells;
  for (const auto& [key, value] : row.items()) {
    if (value.is_null() || value == "") continue;
    View cell;
    cell["key"] = text_view(key);
    cell["value"] = View(text_of(value));
    cells.push_back(cell);
  }
  view["cells"] = View(cells);
  view["id"] = row.contains("id") ? View(text_of(row["id"])) : View("");
  return view;
}

/// The newest rows of an answer that is a JSON array, or its error.
View rows_view(const ControlAnswer& answer, bool newest_last) {
  const Json json = Json::parse(answer.body, nullptr, false);
  ViewList rows;
  if (json.is_object()) rows.push_back(row_view(json));
  if (!json.is_array()) return View(rows);
  for (std::size_t i = 0; i < json.size() && rows.size() < kNewest; ++i) {
    const Json& row = json[newest_last ? json.size() - 1 - i : i];
    if (row.is_object()) rows.push_back(row_view(row));
  }
  return View(rows);
}

}  // namespace

std::string login_page(std::string_view trouble) {
  View view;
  view["login"] = View(true);
  view["inside"] = View(false);
  view["said"] = optional_text(trouble);
  return filled("console.mustache", view);
}

std::string console_page(Control& control, std::string_view said) {
  View view;
  view["login"] = View(false);
  view["said"] = optional_text(said);
  View inside;
  // A core that does not answer the first question in time is not asked the others.
  const ControlAnswer held = control.held();
  const bool answers = held.status != 503;
  inside["held"] = rows_view(held, false);
  inside["outbox"] = rows_view(answers ? control.outbox() : held, true);
  inside["audit"] = rows_view(answers ? control.audit(Control::kNewest, kNewest) : held, true);
  view["inside"] = std::move(inside);
  return filled("console.mustache", view);
}

std::string console_policy() {
  return "default-src 'none'; style-src " + style_hash("tokens.css") + " " +
         style_hash("style.css") + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}

}  // namespace signalbox::web
