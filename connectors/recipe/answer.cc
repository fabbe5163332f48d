#include "connectors/recipe/answer.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace signalbox::connectors::recipe {
namespace {

using nlohmann::json;

/// Whether brackets outside of strings nest deeper than is sane: read before memory is spent on it.
bool too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '[' || c == '{')) {
      if (++depth > kDeepest) return true;
    } else if (!in_string && (c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

bool says_xml(const net::Response& response) {
  const std::string type = to_lower(response.header("content-type").value_or(""));
  const std::string_view body = trim(response.body);
  if (type.find("html") != std::string::npos)
    return body.starts_with("<?xml") && body.find("<html") == std::string_view::npos;
  return type.find("xml") != std::string::npos || body.starts_with("<?xml") ||
         body.starts_with("<rss") || body.starts_with("<feed");
}

}  // namespace

Answer::Answer(const net::Response& response, Duration latency)
    : response_(response), latency_(latency) {}

Answer::~Answer() = default;

Result<Things> Answer::look(const Path& path, const Thing* from) {
  if (const auto* pointer = std::get_if<Pointer>(&path)) return look_in_json(*pointer, from);
  return look_in_page(std::get<XPath>(path), from);
}

Result<Things> Answer::look_in_json(const Pointer& pointer, const Thing* from) {
  if (!json_) {
    const bool deep = too_deep(response_.body);
    json_ = std::make_unique<json>(deep ? json(json::value_t::discarded)
                                        : json::parse(response_.body, nullptr, false));
  }
  if (json_->is_discarded()) return corrupt("it is not JSON");
  const json& start = from != nullptr ? *std::get<const json*>(*from) : *json_;
  const Pointer::Found found = pointer.find(start);
  if (found.nowhere) return invalid("nothing is there");
  Things things;
  things.whole = found.whole;
  things.all.assign(found.values.begin(), found.values.end());
  return things;
}

Result<Things> Answer::look_in_page(const XPath& path, const Thing* from) {
  if (!page_) page_.emplace(Page::parse(response_.body, says_xml(response_)));
  if (!*page_) return page_->error();
  Things things;
  if (from != nullptr && !std::holds_alternative<_xmlNode*>(*from)) return things;
  auto found = page_->value().find(path, from != nullptr ? std::get<_xmlNode*>(*from) : nullptr);
  if (!found) return found.error();
  if (found->is_text) things.all.emplace_back(std::move(found->text));
  things.all.insert(things.all.end(), found->nodes.begin(), found->nodes.end());
  return things;
}

std::optional<std::string> Answer::text_of(const Thing& thing) {
  if (const auto* text = std::get_if<std::string>(&thing)) return *text;
  if (const auto* node = std::get_if<_xmlNode*>(&thing)) return Page::text_of(*node);
  const json& value = *std::get<const json*>(thing);
  if (value.is_structured()) return std::nullopt;
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace signalbox::connectors::recipe
