#include "base/text.h"
#include "connectors/mastodon/stage_html.h"

namespace signalbox::connectors::mastodon {
namespace {

std::string escaped(std::string_view text) {
  std::string html = replace_all(std::string(text), "&", "&amp;");
  html = replace_all(std::move(html), "<", "&lt;");
  html = replace_all(std::move(html), ">", "&gt;");
  return replace_all(std::move(html), "\"", "&quot;");
}

std::string link(std::string_view url) {
  const std::size_t scheme = url.find("://") + 3;
  return "<a href=\"" + escaped(url) + "\" rel=\"nofollow noopener\" target=\"_blank\">" +
         "<span class=\"invisible\">" + escaped(url.substr(0, scheme)) + "</span><span>" +
         escaped(url.substr(scheme, 20)) + "</span><span class=\"invisible\">" +
         escaped(url.substr(std::min(scheme + 20, url.size()))) + "</span></a>";
}

std::string mention(std::string_view word) {
  const std::string name = escaped(word.substr(1, word.find('@', 1) - 1));
  return "<span class=\"h-card\" translate=\"no\"><a href=\"https://stage.example/@" + name +
         "\" class=\"u-url mention\">@<span>" + name + "</span></a></span>";
}

std::string word_html(std::string_view word) {
  if (word.starts_with("http://") || word.starts_with("https://")) return link(word);
  if (word.size() > 1 && word.front() == '@') return mention(word);
  return escaped(word);
}

std::string line_html(std::string_view line) {
  std::string html;
  for (const std::string_view word : split(line, ' ')) {
    if (!html.empty()) html += ' ';
    html += word_html(word);
  }
  return html;
}

}  // namespace

std::string stage_html(std::string_view text) {
  std::string html = "<p>";
  bool first = true;
  bool blank = false;
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) {
      blank = true;
      continue;
    }
    if (!first) html += blank ? "</p><p>" : "<br />";
    html += line_html(line);
    first = false;
    blank = false;
  }
  return html + "</p>";
}

}  // namespace signalbox::connectors::mastodon
