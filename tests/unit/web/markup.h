// Documents as parsers see them, for tests: what is wrong with them, "" when nothing is.
#pragma once

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/text.h"

namespace signalbox::web {

using XmlDocument = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

inline std::string xml_trouble(const std::string& xml) {
  constexpr int kQuiet = XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET;
  const XmlDocument read(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), "x", nullptr, kQuiet), &xmlFreeDoc);
  return read ? "" : "not well-formed";
}

inline std::string text_of(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

/// Whether an attribute could run or load something.
inline std::string attribute_trouble(const xmlAttr& attribute) {
  const std::string name = to_lower(text_of(attribute.name));
  const std::unique_ptr<xmlChar, decltype(xmlFree)> raw(
      xmlNodeListGetString(attribute.doc, attribute.children, 1), xmlFree);
  const std::string value = to_lower(trim(text_of(raw.get())));
  if (name.starts_with("on") || name == "style" || name == "srcdoc") return "attribute " + name;
  const bool link = name == "href" || name == "src" || name == "action";
  const bool known = value.starts_with("./") || value.starts_with("../") ||
                     value.starts_with("#") || value.starts_with("http://") ||
                     value.starts_with("https://") ||
                     value.starts_with("data:image/svg+xml,%3csvg%20xmlns=");
  return link && !known ? name + " to " + value : "";
}

inline bool is_our_script(std::string_view address) {
  while (address.starts_with("../")) address.remove_prefix(3);
  if (address.starts_with("./")) address.remove_prefix(2);
  return address.starts_with("assets/");
}

/// A field that nothing is sent from: a box to tick, or a word to look for.
inline bool is_harmless(const xmlNode& input) {
  for (const xmlAttr* at = input.properties; at != nullptr; at = at->next) {
    if (text_of(at->name) != "type" || at->children == nullptr) continue;
    const std::string type = text_of(at->children->content);
    return type == "checkbox" || type == "search";
  }
  return false;
}

/// The first element or attribute below `node` that could run or load something: scripts that are
/// no file of ours, frames, pictures, links that are none.
inline std::string active_trouble(const xmlNode* node) {
  for (; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    const std::string name = to_lower(text_of(node->name));
    for (const char* forbidden : {"img", "iframe", "object", "embed", "base", "form", "video"}) {
      if (name == forbidden) return "element " + name;
    }
    bool ours = name != "script";
    if (name == "input" && !is_harmless(*node)) return "element input";
    for (const xmlAttr* at = node->properties; at != nullptr; at = at->next) {
      if (std::string trouble = attribute_trouble(*at); !trouble.empty()) return trouble;
      const std::string value = text_of(at->children != nullptr ? at->children->content : nullptr);
      ours = ours || (text_of(at->name) == "src" && is_our_script(value));
    }
    if (!ours) return "a script that is not ours";
    if (std::string trouble = active_trouble(node->children); !trouble.empty()) return trouble;
  }
  return {};
}

inline std::string html_trouble(const std::string& html) {
  constexpr int kQuiet =
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  const XmlDocument read(
      htmlReadMemory(html.data(), static_cast<int>(html.size()), "x", "UTF-8", kQuiet),
      &xmlFreeDoc);
  return read ? active_trouble(xmlDocGetRootElement(read.get())) : "not read";
}

}  // namespace signalbox::web
