#include "connectors/recipe/compile.h"

#include <algorithm>

#include "base/text.h"
#include "connectors/recipe/compile_rule.h"
#include "net/check_request.h"
#include "net/url.h"

namespace signalbox::connectors::recipe {
namespace {

/// A longer answer is not read (decoded; of pages see kMostPageBytes).
constexpr std::size_t kMostBytes = 4U << 20U;

net::Request request_of(const Recipe::Step& step, const std::vector<std::string>& taken,
                        const Binding& binding) {
  net::Request request;
  request.most_bytes = kMostBytes;
  request.url = binding.fill_url(step.url, taken);
  net::Parameters query;
  for (const auto& [name, value] : step.query) {
    if (!binding.complete(value)) continue;
    for (auto& one : binding.fill_each(value)) query.emplace_back(name, std::move(one));
  }
  if (!query.empty()) request.url = net::with_query(std::move(request.url), query);
  for (const auto& [name, value] : step.headers) {
    if (binding.complete(value)) request.headers.emplace_back(name, binding.fill_header(value));
  }
  return request;
}

/// What is wrong with the request; a URL that a check leaves out is told elsewhere.
void judge(const Recipe::Step& step, const net::Request& request, const std::string& origin,
           const Binding& binding) {
  if (!binding.complete(step.url)) return;
  if (const auto wrong = net::objection(request)) {
    binding.refuse(step.url, "makes no request: " + wrong->what);
  } else if (origin_of(request.url) != origin) {
    binding.refuse(step.url, "asks another host than the first request: a key would go there too");
  }
}

void compile_take(const Recipe::Step& step, Step& compiled, std::vector<std::string>& taken,
                  const Binding& binding) {
  for (const auto& [name, at] : step.take) {
    auto pointer = Pointer::parse(binding.fill(at));
    if (!pointer) {
      binding.refuse(at, pointer.error().what);
      continue;
    }
    taken.push_back(name);
    compiled.take.emplace(name, *std::move(pointer));
  }
}

}  // namespace

Ready compile(const Recipe& recipe, const Binding& binding) {
  Ready ready;
  ready.name = recipe.name;
  std::vector<std::string> taken;
  for (const auto& written : recipe.steps) {
    if (!binding.applies(written.given, written.unless)) continue;
    Step step;
    step.request = request_of(written, taken, binding);
    const auto& first = ready.steps.empty() ? step.request.url : ready.steps[0].request.url;
    judge(written, step.request, origin_of(first), binding);
    step.rules = compile_rules(written.rules, binding);
    compile_take(written, step, taken, binding);
    ready.steps.push_back(std::move(step));
  }
  auto rules = compile_rules(recipe.rules, binding);
  if (!ready.steps.empty()) ready.steps.back().rules = std::move(rules);
  ready.needs = compile_rules(recipe.needs, binding);
  return ready;
}

}  // namespace signalbox::connectors::recipe
