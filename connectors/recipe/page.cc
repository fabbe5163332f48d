#include "connectors/recipe/page.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>

#include "base/text.h"

namespace signalbox::connectors::recipe {
namespace {

/// Steps of one answer's paths altogether: some hundred milliseconds at most.
constexpr unsigned long kMostOperations = 2000000;

void say_nothing(void* /*unused*/, xmlError* /*error*/) {}
void print_nothing(void* /*unused*/, const char* /*format*/, ...) {}

/// Some complaints of libxml2 pass by every handler but this one, which each thread has its own of.
void hush() { xmlSetGenericErrorFunc(nullptr, print_nothing); }

/// A document type could define entities that swell without end: XML that has one is not read on.
void stop_at_doctype(void* context, const xmlChar* /*name*/, const xmlChar* /*external*/,
                     const xmlChar* /*system*/) {
  auto* parser = static_cast<xmlParserCtxt*>(context);
  parser->wellFormed = 0;
  xmlStopParser(parser);
}

/// As libxml2 has it: a form feed is none.
bool blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Past one `name`, `name=word` or `name="text"` of a tag, which begins at `at`.
std::size_t after_attribute(std::string_view text, std::size_t at) {
  const auto skip = [&](auto while_so) {
    while (at < text.size() && while_so(text[at])) ++at;
  };
  skip([](char c) { return !blank(c) && c != '=' && c != '>' && c != '/'; });
  skip(blank);
  if (at >= text.size() || text[at] != '=') return at;
  ++at;
  skip(blank);
  if (at >= text.size()) return at;
  if (text[at] == '"' || text[at] == '\'') {
    const auto end = text.find(text[at], at + 1);
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  skip([](char c) { return !blank(c) && c != '>'; });
  return at;
}

/// A tag, if one begins there: where it ends, or where enough was seen of it.
struct Tag {
  bool overloaded = false;
  std::size_t end = 0;
};

Tag read_tag(std::string_view text, std::size_t at) {
  constexpr int kMostAttributes = 1000;
  int attributes = 0;
  while (at < text.size() && text[at] != '>') {
    if (blank(text[at]) || text[at] == '/') {
      ++at;
    } else if (++attributes > kMostAttributes) {
      return {true, at};
    } else {
      at = after_attribute(text, at);
    }
  }
  return {false, at};
}

/// Whether a tag has so many attributes that libxml2, which compares each with each, would take
/// seconds over it. Each `<` may begin one, also inside of what looks like another's text: a quote
/// in a comment or a script hides nothing. What takes too long to tell counts as such.
bool overloaded(std::string_view text) {
  constexpr std::size_t kMostRead = std::size_t{32} << 20U;
  std::size_t read = 0;
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if (blank(next) || next == '/' || next == '!') continue;
    const Tag tag = read_tag(text, at + 1);
    read += tag.end - at;
    if (tag.overloaded || read > kMostRead) return true;
  }
  return false;
}

xmlDoc* parse_xml(std::string_view text) {
  xmlParserCtxt* parser = xmlCreateMemoryParserCtxt(text.data(), static_cast<int>(text.size()));
  if (parser == nullptr) return nullptr;
  xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                XML_PARSE_NOBLANKS | XML_PARSE_NOCDATA);
  parser->sax->internalSubset = stop_at_doctype;
  xmlParseDocument(parser);
  xmlDoc* document = parser->myDoc;
  if (parser->wellFormed == 0) {
    xmlFreeDoc(document);
    document = nullptr;
  }
  xmlFreeParserCtxt(parser);
  return document;
}

xmlDoc* parse_html(std::string_view text) {
  const bool utf8 = valid_utf8(text) == text;
  return htmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr,
                        utf8 ? "UTF-8" : nullptr,
                        HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                            HTML_PARSE_NOWARNING | HTML_PARSE_NODEFDTD);
}

/// The node that comes after `node` in the document; null at its end.
xmlNode* next_in(xmlNode* node) {
  if (node->children != nullptr && node->type == XML_ELEMENT_NODE) return node->children;
  while (node != nullptr && node->next == nullptr) node = node->parent;
  return node == nullptr || node->type == XML_DOCUMENT_NODE ? nullptr : node->next;
}

/// `dc:date` and `date` become one: feeds name things by whatever prefix they like.
void forget_namespaces(xmlNode* root) {
  for (xmlNode* node = root; node != nullptr; node = next_in(node)) {
    if (node->type != XML_ELEMENT_NODE) continue;
    node->ns = nullptr;
    for (xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next)
      attribute->ns = nullptr;
  }
}

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : c;
  }
  return std::string(trim(out));
}

std::string taken(xmlChar* text) {
  std::string copy = single_spaced(text != nullptr ? reinterpret_cast<const char*>(text) : "");
  xmlFree(text);
  return copy;
}

}  // namespace

Result<XPath> XPath::parse(const std::string& expression) {
  auto page = Page::parse("<page/>", true);
  if (!page) return page.error();
  XPath path;
  auto* compiled = xmlXPathCtxtCompile(page->context_.get(),
                                       reinterpret_cast<const xmlChar*>(expression.c_str()));
  if (compiled == nullptr) return invalid("is no XPath 1.0 expression");
  path.compiled_ = {compiled, xmlXPathFreeCompExpr};
  // Functions and variables are looked up when a path is walked.
  if (!page->find(path, nullptr))
    return invalid("uses a function or variable that XPath 1.0 does not have");
  return path;
}

Result<Page> Page::parse(std::string_view text, bool is_xml) {
  if (text.size() > kMostPageBytes) return corrupt("the page is longer than 2 MiB");
  if (overloaded(text))
    return corrupt("a tag in the page has more than 1,000 attributes, or no end");
  xmlInitParser();
  hush();
  Page page;
  page.document_ = {is_xml ? parse_xml(text) : parse_html(text), xmlFreeDoc};
  xmlNode* root = page.document_ ? xmlDocGetRootElement(page.document_.get()) : nullptr;
  if (root == nullptr) return corrupt(is_xml ? "not XML that may be read" : "not HTML");
  forget_namespaces(root);
  page.context_ = {xmlXPathNewContext(page.document_.get()), xmlXPathFreeContext};
  if (!page.context_) return internal("no memory for a page");
  page.context_->error = say_nothing;
  page.context_->opLimit = kMostOperations;
  return page;
}

Result<Page::Found> Page::find(const XPath& path, _xmlNode* node) const {
  hush();
  context_->node = node != nullptr ? node : reinterpret_cast<xmlNode*>(document_.get());
  const std::unique_ptr<xmlXPathObject, void (*)(xmlXPathObject*)> object(
      xmlXPathCompiledEval(path.compiled_.get(), context_.get()), xmlXPathFreeObject);
  if (!object) return corrupt("the path takes too many steps in this page");
  Found found;
  if (object->type != XPATH_NODESET) {
    found.is_text = true;
    found.text = taken(xmlXPathCastToString(object.get()));
    return found;
  }
  const int count = object->nodesetval != nullptr ? object->nodesetval->nodeNr : 0;
  if (static_cast<std::size_t>(count) > kMostThings)
    return corrupt("the path finds more than " + std::to_string(kMostThings) + " things");
  for (int i = 0; i < count; ++i) {
    xmlNode* one = object->nodesetval->nodeTab[i];
    if (one->type != XML_NAMESPACE_DECL) found.nodes.push_back(one);
  }
  return found;
}

std::string Page::text_of(const _xmlNode* node) { return taken(xmlNodeGetContent(node)); }

}  // namespace signalbox::connectors::recipe
