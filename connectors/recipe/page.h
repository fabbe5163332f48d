// An HTML page or an XML feed, and what XPath finds in it. Nothing is fetched for it, and it may
// define nothing: no network, no document type, no entities of its own.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct _xmlDoc;
struct _xmlNode;
struct _xmlXPathCompExpr;
struct _xmlXPathContext;

namespace signalbox::connectors::recipe {

/// A longer page or feed is refused.
inline constexpr std::size_t kMostPageBytes = 2U << 20U;
/// A path that finds more is refused.
inline constexpr std::size_t kMostThings = 10000;

/// A compiled XPath 1.0 expression. Names are without namespaces. Copies share it.
class XPath {
 public:
  /// invalid when it is none, or calls what XPath 1.0 does not have.
  static Result<XPath> parse(const std::string& expression);

 private:
  friend class Page;
  std::shared_ptr<_xmlXPathCompExpr> compiled_;
};

/// A parsed page. Nodes live as long as it does.
class Page {
 public:
  /// Reads XML where `is_xml`, else HTML, forgivingly. corrupt: too long or too deep, not
  /// well-formed XML, or with a document type that is not HTML's.
  static Result<Page> parse(std::string_view text, bool is_xml);

  /// What the expression gives: nodes in document order, or the one text of an expression that is
  /// none.
  struct Found {
    std::vector<_xmlNode*> nodes;
    std::string text;
    bool is_text = false;
  };
  /// From `node` (null: the document). corrupt when it finds too much, or takes too many steps.
  Result<Found> find(const XPath& path, _xmlNode* node) const;

  /// The text in a node, white space made single spaces.
  static std::string text_of(const _xmlNode* node);

 private:
  friend class XPath;
  std::shared_ptr<_xmlDoc> document_;
  std::shared_ptr<_xmlXPathContext> context_;
};

}  // namespace signalbox::connectors::recipe
