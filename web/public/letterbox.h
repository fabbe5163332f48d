// What scripts hand in by POST on the public plane: web asks here who takes it; app answers.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace signalbox::web {

/// One POST, read to its end.
struct Letter {
  std::string path;
  std::string content_type;
  std::string body;  ///< 64 KiB at most
};

/// What becomes of it, as JSON.
struct LetterAnswer {
  int status = 200;
  std::string body;
};

/// Called on the web threads; must not block.
class Letterbox {
 public:
  virtual ~Letterbox() = default;
  /// Whether something is taken at this path at all.
  virtual bool takes(std::string_view path) const = 0;
  /// Whether whoever shows this Authorization header may hand in there. A body is kept only then.
  virtual bool admits(std::string_view authorization) const = 0;
  /// Takes it. `reply` is called once it is durable or refused, on any thread, perhaps before this
  /// returns; when it takes longer than three seconds the sender was answered 503 meanwhile.
  virtual void take(Letter letter, std::function<void(LetterAnswer)> reply) = 0;
};

}  // namespace signalbox::web
