// Whose names are looked up now: so that a zone whose server hangs holds up no other's checks.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace signalbox::net {

/// Places for name look-ups, each a thread of libcurl's until an answer comes. One that takes long
/// leaves its place to others, and no zone has more than a quarter of them. Told the time; not
/// thread-safe.
class Lookups {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  /// A look-up that took so long is slow: it counts for its zone and for the limit of all.
  static constexpr std::chrono::milliseconds kSlow{1000};
  /// Look-ups at once, slow ones included, by place.
  static constexpr std::size_t kAll = 8;

  explicit Lookups(int places);

  /// Whether `who` may begin now.
  bool room(const std::string& zone, Moment now);
  void begin(const void* who, const std::string& zone, Moment now);
  /// It has its answer, or nobody waits for it; nothing for one that never began.
  void end(const void* who);

 private:
  struct Begun {
    std::string zone;
    Moment at;
  };
  std::size_t quick(Moment now);

  std::size_t places_;
  std::map<const void*, Begun> all_;
  std::map<std::string, std::size_t> by_zone_;
  std::multimap<Moment, const void*> quick_;  // those that are not known to be slow
};

/// The zone of a host by its name, as far as a name tells: its last two labels, in lower case.
std::string zone_of(std::string_view host);

}  // namespace signalbox::net
