// Checks the passwords of private pages, off the web threads: one takes long, on purpose.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "model/page_part.h"
#include "web/public/knocks.h"

namespace signalbox::web {

/// What becomes of one who shows a password.
struct Welcome {
  enum class Kind : std::uint8_t { in, wrong, too_often, busy };
  Kind kind = Kind::wrong;
  Duration wait{};  ///< of too_often: until one more may be tried
};

/// Thread-safe. Its thread begins with the first password.
class Doorkeeper {
 public:
  /// Passwords that may wait, in all; a further one is answered `busy`.
  static constexpr std::size_t kMostWaiting = 16;
  using Reply = std::function<void(Welcome)>;

  /// `clock` outlives it.
  explicit Doorkeeper(const Clock& clock) : clock_(clock) {}
  /// Waits for the one under way; those behind it are not answered.
  ~Doorkeeper();
  Doorkeeper(const Doorkeeper&) = delete;
  Doorkeeper& operator=(const Doorkeeper&) = delete;

  /// Calls `reply` once, on any thread, perhaps before this returns. Does not wait.
  void ask(const PagePart& page, std::string password, std::string address, Reply reply);

 private:
  struct Caller {
    PagePart page;
    std::string password;
    std::string address;
    Reply reply;
  };
  void work();
  /// What can be said without looking at the password; none: it waits now.
  std::optional<Welcome> turned_away(Caller& caller);

  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Caller> waiting_;
  Knocks knocks_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace signalbox::web
