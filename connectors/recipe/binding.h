// What one check sets for a recipe's settings, put where the recipe says `${NAME}`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "model/recipe.h"

namespace signalbox::connectors::recipe {

/// Reads the settings that `recipe` has, noting in `settings` what is wrong: with a value at its
/// place, with the recipe's own words at theirs. Both outlive it.
class Binding {
 public:
  Binding(const Recipe& recipe, const Settings& settings);

  /// Whether the setting has a value, its default counted.
  bool has(const std::string& name) const;
  /// Whether something with these conditions counts for this check.
  bool applies(const std::vector<std::string>& given, const std::vector<std::string>& unless) const;
  /// Whether all settings named in it have a value: what names one without is left out.
  bool complete(const Written& written) const;

  /// The text, filled in; a secret in it is refused.
  std::string fill(const Written& written) const;
  /// The same where a secret may stand: a request's header.
  std::string fill_header(const Written& written) const;
  /// `${LIST}` alone is each of its values; anything else is one text.
  std::vector<std::string> fill_each(const Written& written) const;
  /// A URL: it begins with a setting of kind url, or with its host; other values are encoded for
  /// where they stand. `later` are names that stay as they are.
  std::string fill_url(const Written& written, const std::vector<std::string>& later) const;

  /// Refuses what `written` became: at the check's setting where that is what it is made of, else
  /// in the recipe.
  void refuse(const Written& written, const std::string& what) const;

 private:
  using Values = std::vector<std::string>;
  void read(const Recipe::Setting& setting);
  void judge(const Recipe::Setting& setting, const std::string& value) const;
  /// Null, and told, for a name that is no setting.
  const Recipe::Setting* setting_named(const std::string& name, const Written& in) const;
  std::string filled(const Written& written, bool secrets) const;
  std::string value_of(const std::string& name) const;

  const Recipe& recipe_;
  const Settings& settings_;
  std::map<std::string, Values> values_;
};

/// The names in `${NAME}`s, in order.
std::vector<std::string> names_in(const std::string& text);

/// `scheme://host:port` of a URL.
std::string origin_of(const std::string& url);

}  // namespace signalbox::connectors::recipe
