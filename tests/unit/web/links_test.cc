// Links inside a page lead to what is there, from every address of every page.
#include <gtest/gtest.h>
#include <libxml/HTMLparser.h>

#include <filesystem>
#include <functional>
#include <memory>

#include "tests/unit/web/markup.h"
#include "tests/unit/web/samples.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

/// What is answered beside the documents of a site.
bool is_answered_elsewhere(const std::string& path) {
  return path == "/live" || path.starts_with(kAsked);
}

/// Where a relative reference in the document at `path` leads.
std::string led_to(const std::string& path, const std::string& reference) {
  const std::string plain = reference.substr(0, reference.find('#'));
  if (plain.empty()) return path;
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  return std::filesystem::path(folder + plain).lexically_normal().string();
}

void each_link(const xmlNode* node, const std::function<void(const std::string&)>& visit) {
  for (; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    for (const char* name : {"href", "src"}) {
      const std::unique_ptr<xmlChar, decltype(xmlFree)> value(
          xmlGetProp(node, reinterpret_cast<const xmlChar*>(name)), xmlFree);
      if (value != nullptr) visit(text_of(value.get()));
    }
    each_link(node->children, visit);
  }
}

TEST(Links, LeadToDocumentsFromEveryAddress) {
  const SitePtr site = render(samples::shared(samples::bad_night()), nullptr, nullptr);
  for (const std::string& path : site->paths()) {
    const DocumentPtr document = site->find(path);
    if (!document->content_type().starts_with("text/html")) continue;
    const std::string& html = document->body();
    constexpr int kQuiet = HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
    const XmlDocument read(
        htmlReadMemory(html.data(), static_cast<int>(html.size()), "x", "UTF-8", kQuiet),
        &xmlFreeDoc);
    ASSERT_NE(read, nullptr) << path;
    int links = 0;
    each_link(read->children, [&](const std::string& reference) {
      if (reference.find(':') != std::string::npos) return;
      const std::string target = led_to(path, reference);
      EXPECT_TRUE(is_answered_elsewhere(target) || site->find(target) != nullptr)
          << path << " links to " << reference << ", which is " << target;
      ++links;
    });
    EXPECT_TRUE(links > 0 || path.ends_with("/embed")) << path;
  }
}

}  // namespace
}  // namespace signalbox::web
