// What the program says to its operator: one line an event, as text or JSON, control characters
// escaped.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::log {

enum class Level { debug, info, warning, error };
enum class Format { text, json };

/// Where and how lines are written from here on (stderr). Call once at start, before other threads.
void configure(Format format, Level least);
/// Writes one line. `what` may hold text from outside: it is escaped. Never pass a secret.
/// Thread-safe.
void write(Level level, std::string_view what);

inline void debug(std::string_view what) { write(Level::debug, what); }
inline void info(std::string_view what) { write(Level::info, what); }
inline void warning(std::string_view what) { write(Level::warning, what); }
inline void error(std::string_view what) { write(Level::error, what); }

}  // namespace signalbox::log
