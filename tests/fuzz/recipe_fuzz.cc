// What a stranger's answer, of any bytes, does to rules of every kind: a verdict or none, never a
// crash.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "connectors/recipe/compile.h"
#include "connectors/recipe/selector.h"

namespace {

using namespace std::string_view_literals;
namespace recipe = signalbox::connectors::recipe;
using signalbox::check;
using signalbox::Recipe;
using signalbox::Time;
using signalbox::Written;

Written at(std::string text) { return {std::move(text), 1, 1}; }

/// Of each kind one: of some things, of the newest of them, and by a pattern.
const recipe::Ready& ready() {
  static const recipe::Ready kReady = [] {
    static Recipe written;
    written.steps.push_back({at("http://a.test/"), {}, {}, {}, {}, {}, {}});
    const auto add = [](Recipe::Look look, const char* path, const char* newest) {
      Recipe::Rule rule;
      rule.look = look;
      rule.at = at(path);
      if (*newest != '\0') rule.newest = at(newest);
      rule.test.matches = at("(?i)ok|none");
      rule.state = at("UP");
      written.rules.push_back(rule);
    };
    add(Recipe::Look::text, "", "");
    add(Recipe::Look::json, "/*/status/state", "");
    add(Recipe::Look::json, "/items/*", "/created_at");
    add(Recipe::Look::xpath, "//item | //entry", "pubDate | updated");
    add(Recipe::Look::css, "div.state > p:not(.old)", "");
    static const signalbox::connectors::Settings kNone;
    auto compiled = recipe::compile(written, recipe::Binding(written, kNone));
    check(kNone.mistakes().empty(), "the rules of the fuzz target are in order");
    return compiled;
  }();
  return kReady;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const auto& type : {"application/json"sv, "text/xml"sv, "text/html"sv}) {
    const signalbox::net::Response response{
        200, {{"content-type", std::string(type)}}, std::string(text)};
    for (const auto& rule : ready().steps[0].rules) {
      recipe::Answer answer(response, {});
      const auto grade =
          recipe::first_match({rule}, answer, Time(signalbox::Duration(1795233600000)));
      check(!grade || !*grade || (*grade)->why.find('\n') == std::string::npos, "one line");
    }
  }
  const auto path = recipe::xpath_of(text.substr(0, 200));
  if (path && path->find('\0') == std::string::npos)
    check(bool(recipe::XPath::parse(*path)), "an XPath");
  return 0;
}
