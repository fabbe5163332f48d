#include "connectors/cloudwatch/tree.h"

#include <libxml/parser.h>

#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.h"
#include "connectors/json.h"

namespace signalbox::connectors::cloudwatch {
namespace {

using nlohmann::json;

constexpr std::string_view kPlace = "cloudwatch: GetMetricData";

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

Document parse_xml(std::string_view body) {
  constexpr int kOptions =
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOBLANKS;
  if (body.find("<!DOCTYPE") != std::string_view::npos) return nullptr;
  return Document(
      xmlReadMemory(body.data(), static_cast<int>(body.size()), "answer", nullptr, kOptions));
}

std::string_view name_of(const xmlNode* node) {
  return node->name ? reinterpret_cast<const char*>(node->name) : "";
}

std::string text_of(const xmlNode* node) {
  if (node == nullptr) return "";
  xmlChar* text = xmlNodeGetContent(node);
  std::string copy(text ? reinterpret_cast<const char*>(text) : "");
  xmlFree(text);
  return std::string(trim(copy));
}

const xmlNode* child(const xmlNode* node, std::string_view name) {
  if (node == nullptr) return nullptr;
  for (const xmlNode* one = node->children; one != nullptr; one = one->next) {
    if (one->type == XML_ELEMENT_NODE && name_of(one) == name) return one;
  }
  return nullptr;
}

/// The texts of `<name><member>…</member>…</name>`.
std::vector<std::string> members(const xmlNode* node, std::string_view name) {
  std::vector<std::string> texts;
  const xmlNode* list = child(node, name);
  if (list == nullptr) return texts;
  for (const xmlNode* one = list->children; one != nullptr; one = one->next) {
    if (name_of(one) == "member") texts.push_back(text_of(one));
  }
  return texts;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Series> series_of(const xmlNode* member) {
  Series series;
  series.id = text_of(child(member, "Id"));
  series.status = text_of(child(member, "StatusCode"));
  for (const std::string& text : members(member, "Timestamps")) {
    const auto time = parse_iso(text);
    if (!time) return std::nullopt;
    series.times.push_back(*time);
  }
  for (const std::string& text : members(member, "Values")) {
    const auto value = number(text);
    if (!value) return std::nullopt;
    series.values.push_back(*value);
  }
  return series;
}

Result<Tree> read_xml(std::string_view body) {
  const Document document = parse_xml(body);
  if (!document) return no_answer(kPlace);
  const xmlNode* root = xmlDocGetRootElement(document.get());
  const xmlNode* result = child(root, "GetMetricDataResult");
  const xmlNode* list = child(result, "MetricDataResults");
  if (list == nullptr) return no_answer(kPlace);
  Tree tree;
  tree.next_token = text_of(child(result, "NextToken"));
  for (const xmlNode* one = list->children; one != nullptr; one = one->next) {
    if (name_of(one) != "member") continue;
    auto series = series_of(one);
    if (!series) return no_answer(kPlace);
    tree.series.push_back(std::move(*series));
  }
  return tree;
}

/// Seconds since 1970, or ISO-8601.
std::optional<Time> time_of(const json& value) {
  if (value.is_string()) return parse_iso(value.get_ref<const std::string&>());
  if (!value.is_number()) return std::nullopt;
  return Time(std::chrono::floor<Duration>(std::chrono::duration<double>(value.get<double>())));
}

std::optional<Series> series_of(const json& one) {
  Series series{text_at(one, "Id"), text_at(one, "StatusCode"), {}, {}};
  for (const json& at_time : at(one, "Timestamps")) {
    const auto time = time_of(at_time);
    if (!time) return std::nullopt;
    series.times.push_back(*time);
  }
  for (const json& value : at(one, "Values")) {
    if (!value.is_number()) return std::nullopt;
    series.values.push_back(value.get<double>());
  }
  return series;
}

Result<Tree> read_json(std::string_view body) {
  const json answer = json::parse(body, nullptr, false);
  if (!answer.is_object()) return no_answer(kPlace);
  const json& inner = at(at(answer, "GetMetricDataResponse"), "GetMetricDataResult");
  const json& result = inner.is_object() ? inner : answer;
  if (!at(result, "MetricDataResults").is_array()) return no_answer(kPlace);
  Tree tree;
  tree.next_token = text_at(result, "NextToken");
  for (const json& one : at(result, "MetricDataResults")) {
    auto series = series_of(one);
    if (!series) return no_answer(kPlace);
    tree.series.push_back(std::move(*series));
  }
  return tree;
}

bool is_json(std::string_view body) { return trim(body).starts_with('{'); }

}  // namespace

Error no_answer(std::string_view place) {
  return corrupt(std::string(place) + ": the answer is not of the form documented");
}

Result<Tree> read_tree(std::string_view body) {
  return is_json(body) ? read_json(body) : read_xml(body);
}

Fault read_fault(std::string_view body) {
  if (is_json(body)) {
    const json answer = json::parse(body, nullptr, false);
    std::string code = text_at(answer, "__type");
    code.erase(0, code.rfind('#') == std::string::npos ? 0 : code.rfind('#') + 1);
    return {code, text_at(answer, "message") + text_at(answer, "Message")};
  }
  const Document document = parse_xml(body);
  if (!document) return {};
  const xmlNode* error = child(xmlDocGetRootElement(document.get()), "Error");
  return {text_of(child(error, "Code")), text_of(child(error, "Message"))};
}

}  // namespace signalbox::connectors::cloudwatch
