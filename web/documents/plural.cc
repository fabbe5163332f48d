#include "web/documents/plural.h"

#include <array>

namespace signalbox::web {
namespace {

constexpr std::array<std::string_view, 1> kJapaneseForms = {"other"};
constexpr std::array<std::string_view, 2> kGermanicForms = {"one", "other"};
constexpr std::array<std::string_view, 3> kRomanceForms = {"one", "many", "other"};
constexpr std::array<std::string_view, 6> kArabicForms = {"zero", "one",  "two",
                                                          "few",  "many", "other"};

std::string_view arabic_form(long long count) {
  if (count < 3) return kArabicForms.at(static_cast<std::size_t>(count));
  const long long last_two = count % 100;
  if (last_two >= 3 && last_two <= 10) return "few";
  return last_two >= 11 ? "many" : "other";
}

/// Whole millions are counted with "de": `1 000 000 de requêtes`.
std::string_view romance_form(long long count, bool zero_is_one) {
  if (count == 1 || (count == 0 && zero_is_one)) return "one";
  return count != 0 && count % 1'000'000 == 0 ? "many" : "other";
}

}  // namespace

std::string_view plural_form(std::string_view code, long long count) {
  if (code == "ja") return "other";
  if (code == "ar") return arabic_form(count);
  if (code == "fr") return romance_form(count, true);
  if (code == "es") return romance_form(count, false);
  return count == 1 ? "one" : "other";
}

std::span<const std::string_view> plural_forms(std::string_view code) {
  if (code == "ja") return kJapaneseForms;
  if (code == "ar") return kArabicForms;
  if (code == "fr" || code == "es") return kRomanceForms;
  return kGermanicForms;
}

}  // namespace signalbox::web
