// An answer as rules look at it: parsed at most once, however many rules there are.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "connectors/recipe/page.h"
#include "connectors/recipe/pointer.h"
#include "net/http.h"

namespace signalbox::connectors::recipe {

/// JSON nested deeper makes no sense.
inline constexpr std::size_t kDeepest = 64;

/// Where to look in a tree.
using Path = std::variant<Pointer, XPath>;
/// A thing found there: a value of JSON, a node, or a text. Lives as long as its Answer.
using Thing = std::variant<const nlohmann::json*, _xmlNode*, std::string>;

/// Things found. Of XPath, `whole` means nothing.
struct Things {
  std::vector<Thing> all;
  bool whole = true;  ///< of a pointer: it led somewhere in every item of every list
};

class Answer {
 public:
  /// `latency` is how long it took. `response` outlives it.
  Answer(const net::Response& response, Duration latency);
  ~Answer();
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

  const net::Response& response() const { return response_; }
  Duration latency() const { return latency_; }
  bool good() const { return response_.status >= 200 && response_.status <= 299; }

  /// What is at `path`, below `from` where that is a thing found before. invalid: a pointer that
  /// leads nowhere. corrupt: the answer is not what the path is for, which no rule can mend.
  Result<Things> look(const Path& path, const Thing* from = nullptr);
  /// What a thing says; nullopt for a list or an object.
  static std::optional<std::string> text_of(const Thing& thing);

 private:
  Result<Things> look_in_json(const Pointer& pointer, const Thing* from);
  Result<Things> look_in_page(const XPath& path, const Thing* from);

  const net::Response& response_;
  Duration latency_;
  std::unique_ptr<nlohmann::json> json_;
  std::optional<Result<Page>> page_;
};

}  // namespace signalbox::connectors::recipe
