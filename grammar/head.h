// A post's head taken apart into names, window and message, before anybody asks what the names
// mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::grammar {

/// What ended the names of a head.
enum class HeadEnd {
  colon,     ///< the head is whole; `rest` is the message
  question,  ///< `API?` and nothing after it
  unclosed,  ///< a `[` without its `]` on the line
  broken,    ///< anything else: ordinary words mostly, or the end of the text
};

/// The views live as long as the post.
struct Head {
  HeadEnd end = HeadEnd::broken;
  std::string_view plain;           ///< the names as they stand in the post
  std::optional<std::string> tidy;  ///< the names with clients' habits undone, where there are any
  bool forgiven = false;            ///< more was undone than spaces around `,`: no notice's head
  std::optional<std::string_view> window;  ///< between the brackets
  std::string_view rest;                   ///< what follows the end, not trimmed

  /// `API,JS-DOWN`: targets parted by `,` `+` `&`, dashes plain, no spaces.
  std::string_view names() const { return tidy ? std::string_view(*tidy) : plain; }
};

/// Takes apart the post that begins with `text`. Reads no further than the head, or than the first
/// sign that there is none: linear in the head.
Head read_head(std::string_view text);

}  // namespace signalbox::grammar
