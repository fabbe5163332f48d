// A status as the Mastodon API writes it, read into a post.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "connectors/mastodon/stream.h"
#include "model/post.h"

namespace signalbox::connectors::mastodon {

/// Whose timeline it is, and when it is read.
struct Reader {
  std::string account;  ///< as configured
  std::string own_id;   ///< our id on the server; "" when not known
  Time now{};
};

/// One status; corrupt when it has no id or no author. `thread` is the post it replies to.
/// Everything else that is absent or of another type counts as absent; without a visibility it is
/// hidden.
Result<Post> read_status(const nlohmann::json& status, const Reader& reader);
/// A page in the order of the server (newest first), turned: oldest first. `place` begins an error.
Result<std::vector<Post>> read_page(const nlohmann::json& page, const Reader& reader,
                                    std::string_view place);

/// The same for a page of notifications; of another kind than a mention, or without a readable
/// status: an entry without a post. Corrupt when an entry has no id to go on by.
Result<Entries> read_notifications(const nlohmann::json& page, const Reader& reader,
                                   std::string_view place);

}  // namespace signalbox::connectors::mastodon
