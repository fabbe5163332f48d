// What opens a private page: a token, a password, or the pass that was given for one of them.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "model/page_part.h"

namespace signalbox::web {

/// How long a pass is good for. Whoever changes the token or password takes all passes back.
inline constexpr Duration kPassLasts = std::chrono::days(30);
/// Passwords are 8 to 256 bytes.
inline constexpr std::size_t kLeastPassword = 8;
inline constexpr std::size_t kMostPassword = 256;

/// The form in which a token is kept: it does not give the token back.
std::string token_digest(std::string_view token);
/// Whether `token` is the one of a lock of that kind; takes as long whichever it is.
bool token_fits(const PageLock& lock, std::string_view token);

/// The argon2id hash of `password`, as text, with a salt of its own: 19 MiB, two passes.
std::string hash_of_password(std::string_view password);
/// Whether `hash` is one that can be checked, and in at most 64 MiB and 10 passes.
bool is_password_hash(const std::string& hash);
/// Takes as long, and as much memory, as making the hash did: not for a web thread.
bool password_fits(const std::string& hash, std::string_view password);

/// What a reader to whom `page` was opened shows from then on, until `until`. It is made from the
/// page's slug and lock: no other page takes it, and nothing has to be kept of it here.
std::string pass_to(const PagePart& page, Time until);
/// Whether `pass` is one to `page`, and not over. Nothing is one to an open page, or to one whose
/// lock has no digest.
bool is_pass(const PagePart& page, std::string_view pass, Time now);

/// The name of the cookie that holds a page's pass.
std::string cookie_name(const PagePart& page);
/// The value of the cookie of that name in a Cookie header; "" when there is none.
std::string_view cookie_in(std::string_view header, std::string_view name);

}  // namespace signalbox::web
