#include "connectors/recipe/binding.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "connectors/recipe/test.h"
#include "net/check_request.h"
#include "net/url.h"

namespace signalbox::connectors::recipe {
namespace {

using As = Recipe::Setting::As;

/// `text` with each `${NAME}` as `what` says, which is also told what stands before it.
std::string replaced(
    const std::string& text,
    const std::function<std::string(const std::string& name, const std::string& before)>& what) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto open = text.find("${", at);
    const auto close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) break;
    out += text.substr(at, open - at);
    out += what(text.substr(open + 2, close - open - 2), out);
    at = close + 1;
  }
  return out + text.substr(at);
}

/// Each part between slashes encoded, the slashes kept.
std::string encoded_path(const std::string& value) {
  std::vector<std::string> parts;
  for (const auto part : split(value, '/')) parts.push_back(net::percent_encode(part));
  return join(parts, "/");
}

bool climbs(const std::string& value) {
  const auto parts = split(value, '/');
  return std::any_of(parts.begin(), parts.end(),
                     [](std::string_view part) { return part == "." || part == ".."; });
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

const std::vector<std::string>& states() {
  static const std::vector<std::string> kStates = {"UP", "ISSUE", "DOWN", "pending"};
  return kStates;
}

bool usable_url(const std::string& url) {
  net::Request request;
  request.url = url;
  return !net::objection(request);
}

/// What is wrong with a value of this kind; "" when nothing is.
std::string misfit(As as, const std::string& value) {
  switch (as) {
    case As::url:
      return usable_url(value) ? "" : "must begin with http:// or https://, and hold no spaces";
    case As::duration:
      return parse_duration(value) ? "" : "is not a duration: write it as 10s, 5m or 2h";
    case As::state: {
      const bool known = std::find(states().begin(), states().end(), value) != states().end();
      return known ? "" : "must be UP, ISSUE, DOWN or pending";
    }
    case As::pattern: {
      const auto pattern = compile_pattern(value);
      return pattern ? "" : pattern.error().what;
    }
    case As::text:
    case As::list:
    case As::secret:
      return "";
  }
  return "";
}

}  // namespace

std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  replaced(text, [&](const std::string& name, const std::string&) {
    names.push_back(name);
    return "";
  });
  return names;
}

std::string origin_of(const std::string& url) {
  const auto host = url.find("://");
  if (host == std::string::npos) return "";
  return to_lower(url.substr(0, url.find_first_of("/?#", host + 3)));
}

Binding::Binding(const Recipe& recipe, const Settings& settings)
    : recipe_(recipe), settings_(settings) {
  for (const auto& setting : recipe.settings) read(setting);
}

void Binding::read(const Recipe::Setting& setting) {
  Values values;
  if (const Setting* found = settings_.find(setting.name)) {
    values = found->list;
    if (values.empty() || setting.as != As::list) values = {settings_.text(setting.name)};
  } else if (setting.otherwise.given()) {
    values = {setting.otherwise.text};
  }
  if (setting.required && values.empty()) settings_.require(setting.name);
  std::erase(values, "");
  for (const auto& value : values) judge(setting, value);
  if (!values.empty()) values_[setting.name] = std::move(values);
}

void Binding::judge(const Recipe::Setting& setting, const std::string& value) const {
  std::string wrong = misfit(setting.as, value);
  const auto& words = setting.one_of;
  if (wrong.empty() && !words.empty() &&
      std::find(words.begin(), words.end(), value) == words.end())
    wrong = "must be " + join(words, " or ");
  if (wrong.empty() && setting.matches.given()) {
    const auto pattern = compile_pattern("^(?:" + setting.matches.text + ")$");
    if (!pattern) {
      settings_.refuse({recipe_.file, setting.matches.line, setting.matches.column,
                        "`matches` " + pattern.error().what});
    } else if (!found_in(*pattern, value)) {
      wrong = "must look like " + setting.matches.text;
    }
  }
  if (wrong.empty()) return;
  if (settings_.find(setting.name) != nullptr) return settings_.refuse(setting.name, wrong);
  settings_.refuse(
      {recipe_.file, setting.otherwise.line, setting.otherwise.column, "`default` " + wrong});
}

bool Binding::has(const std::string& name) const { return values_.contains(name); }

bool Binding::applies(const std::vector<std::string>& given,
                      const std::vector<std::string>& unless) const {
  const auto set = [this](const std::string& name) { return has(name); };
  return (given.empty() || std::any_of(given.begin(), given.end(), set)) &&
         std::none_of(unless.begin(), unless.end(), set);
}

const Recipe::Setting* Binding::setting_named(const std::string& name, const Written& in) const {
  for (const auto& setting : recipe_.settings) {
    if (setting.name == name) return &setting;
  }
  settings_.refuse({recipe_.file, in.line, in.column,
                    "`${" + shorten(one_line(name), 40) + "}` is none of the recipe's settings"});
  return nullptr;
}

bool Binding::complete(const Written& written) const {
  const auto names = names_in(written.text);
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    const auto one = [&](const Recipe::Setting& setting) { return setting.name == name; };
    const bool known = std::any_of(recipe_.settings.begin(), recipe_.settings.end(), one);
    return !known || has(name);
  });
}

std::string Binding::value_of(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? "" : found->second.front();
}

std::string Binding::filled(const Written& written, bool secrets) const {
  return replaced(written.text, [&](const std::string& name, const std::string&) {
    const auto* setting = setting_named(name, written);
    if (setting == nullptr) return std::string();
    if (!secrets && setting->as == As::secret) {
      settings_.refuse({recipe_.file, written.line, written.column,
                        "`${" + name + "}` is a secret: it may stand in `headers` only"});
      return std::string();
    }
    return value_of(name);
  });
}

std::string Binding::fill(const Written& written) const { return filled(written, false); }
std::string Binding::fill_header(const Written& written) const { return filled(written, true); }

std::vector<std::string> Binding::fill_each(const Written& written) const {
  const auto names = names_in(written.text);
  const bool alone = names.size() == 1 && written.text == "${" + names[0] + "}";
  const auto found = alone ? values_.find(names[0]) : values_.end();
  if (found == values_.end() || found->second.size() == 1) return {fill(written)};
  fill(written);  // for what it refuses
  return found->second;
}

std::string Binding::fill_url(const Written& written, const std::vector<std::string>& later) const {
  const std::string url =
      replaced(written.text, [&](const std::string& name, const std::string& before) {
        if (std::find(later.begin(), later.end(), name) != later.end()) return "${" + name + "}";
        const auto* setting = setting_named(name, written);
        if (setting == nullptr) return std::string();
        const std::string value = fill({"${" + name + "}", written.line, written.column});
        const bool base = before.empty() && setting->as == As::url;
        if (base) return written.text == "${" + name + "}" ? value : without_slash(value);
        if (origin_of(before + "/").size() >= before.size())
          refuse(written, "must begin with its host, or with a setting of kind `url`");
        if (climbs(value)) settings_.refuse(name, "must not hold `.` or `..` between slashes");
        const bool in_query = before.find('?') != std::string::npos;
        return in_query ? net::percent_encode(value) : encoded_path(value);
      });
  return url;
}

void Binding::refuse(const Written& written, const std::string& what) const {
  for (const auto& name : names_in(written.text)) {
    if (settings_.find(name) != nullptr) return settings_.refuse(name, what);
  }
  settings_.refuse({recipe_.file, written.line, written.column, what});
}

}  // namespace signalbox::connectors::recipe
