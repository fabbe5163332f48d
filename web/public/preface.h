// What a proxy says about a connection before its first request: the PROXY protocol, versions 1 and
// 2 (haproxy.org/download/2.6/doc/proxy-protocol.txt).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace signalbox::web {

/// The longest first version, with its CRLF; and the most of the second that is taken.
inline constexpr std::size_t kMostPrefaceLine = 107;
inline constexpr std::size_t kMostPrefaceBlock = 4096;

struct Preface {
  enum class Progress { needs_more, complete, broken };
  Progress progress = Progress::needs_more;
  std::size_t taken = 0;    ///< bytes of it, when complete
  std::string client = {};  ///< whom the proxy speaks for; "": for itself, or it does not know
};

/// Reads the preface at the beginning of `bytes`. Broken: anything else, a preface over its cap, an
/// address that is not of the family it names, datagrams, additions that do not fill their length.
/// What needs more bytes is never longer than the caps.
Preface read_preface(std::string_view bytes);

}  // namespace signalbox::web
