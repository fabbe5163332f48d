// Markup of a drawing, made and escaped here: what a template takes as it is (`{{&svg}}`).
#pragma once

#include <string>
#include <string_view>

namespace signalbox::web::charts {

/// A whole `<svg>` element: well-formed XML, without style attributes, its colours by class
/// (web/assets/style.css).
struct Svg {
  std::string markup;
};

/// `text` for the content of an element; control characters are left out.
std::string escaped(std::string_view text);
/// Adds `number` in decimal.
void add(std::string& path, long number);
/// An `<svg>` stretched over its box, with `title` as its name, `desc` as its description ("":
/// none) and `content` as it is. `view_box` as in `0 0 100 50`.
Svg drawing(std::string_view css_class, std::string_view view_box, std::string_view title,
            std::string_view desc, std::string_view content);

}  // namespace signalbox::web::charts
