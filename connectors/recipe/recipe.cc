// The recipe check: asks what a recipe says, and understands the answer as it says.
#include <memory>
#include <optional>

#include "connectors/check.h"
#include "connectors/recipe/compile.h"
#include "connectors/recipe/inquiry.h"
#include "connectors/registry.h"

namespace signalbox::connectors::recipe {
namespace {

class RecipeCheck final : public Meter {
 public:
  RecipeCheck(const SourceSetup& setup, Ready ready, net::Request first, bool silence_is_down,
              World world)
      : inquiry_(std::move(ready), silence_is_down, world),
        check_(
            setup, std::move(first), [this](const net::Response&) { return inquiry_.grade(); },
            World{inquiry_, world.pause, world.clock}) {}

  Task<Result<Measured>> poll(std::string cursor) override {
    return check_.poll(std::move(cursor));
  }

 private:
  Inquiry inquiry_;
  Check check_;
};

/// Whether no answer is a failed try: as the check says, else as the recipe does.
bool silence_is_down(const Settings& settings, bool otherwise) {
  const std::string word = settings.text("silence", otherwise ? "DOWN" : "UNKNOWN");
  if (word != "DOWN" && word != "UNKNOWN") settings.refuse("silence", "must be DOWN or UNKNOWN");
  return word == "DOWN";
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  const Settings& settings = setup.settings;
  settings.require("recipe");
  static const Recipe kNone;  // the loader told why there is no other
  const Recipe& recipe = setup.recipe ? *setup.recipe : kNone;
  const Duration timeout = timeout_of(settings);
  const bool silent = silence_is_down(settings, recipe.silence_is_down);
  Ready ready = compile(recipe, Binding(recipe, settings));
  net::Request first;
  if (!ready.steps.empty()) first = ready.steps.front().request;
  first.timeout = timeout;
  return std::make_unique<RecipeCheck>(setup, std::move(ready), std::move(first), silent, world);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"recipe", std::chrono::seconds(60), make};

}  // namespace signalbox::connectors::recipe
