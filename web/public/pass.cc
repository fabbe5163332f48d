#include "web/public/pass.h"

#include <sodium.h>

#include <array>
#include <charconv>
#include <new>

#include "base/check.h"
#include "base/text.h"

namespace signalbox::web {
namespace {

using Digest = std::array<unsigned char, crypto_generichash_BYTES>;

constexpr std::size_t kPassMemory = std::size_t{19} * 1024 * 1024;
constexpr unsigned long long kPassPasses = 2;
constexpr long kMostKibibytes = 64L * 1024;
constexpr long kMostPasses = 10;

void ready_sodium() {
  static const int ready = sodium_init();
  check(ready >= 0, "libsodium cannot be used on this machine");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Digest digest_of(std::string_view text, std::string_view key = {}) {
  ready_sodium();
  Digest digest{};
  crypto_generichash(digest.data(), digest.size(), bytes_of(text), text.size(),
                     key.empty() ? nullptr : bytes_of(key), key.size());
  return digest;
}

std::string_view text_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string hex_of(const Digest& digest) {
  std::array<char, crypto_generichash_BYTES * 2 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// The number behind `key` in an argon2 hash: `$m=19456,t=2,p=1$`.
long number_behind(std::string_view hash, std::string_view key) {
  const auto at = hash.find(key);
  long value = -1;
  if (at == std::string_view::npos) return value;
  std::from_chars(hash.data() + at + key.size(), hash.data() + hash.size(), value);
  return value;
}

std::string sealed(const PagePart& page, std::string_view until) {
  const Digest key = digest_of("signalbox pass\n" + page.lock.digest);
  return hex_of(digest_of(page.slug + "\n" + std::string(until), text_of(key)));
}

}  // namespace

std::string token_digest(std::string_view token) { return std::string(text_of(digest_of(token))); }

bool token_fits(const PageLock& lock, std::string_view token) {
  return lock.kind == PageLock::Kind::token && same(token_digest(token), lock.digest);
}

std::string hash_of_password(std::string_view password) {
  ready_sodium();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const int done = crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPassPasses,
                                         kPassMemory, crypto_pwhash_ALG_ARGON2ID13);
  if (done != 0) throw std::bad_alloc();
  return hash.data();
}

bool is_password_hash(const std::string& hash) {
  ready_sodium();
  const long memory = number_behind(hash, "$m=");
  const long passes = number_behind(hash, ",t=");
  const bool bounded =
      memory > 0 && memory <= kMostKibibytes && passes > 0 && passes <= kMostPasses;
  return bounded && hash.starts_with(crypto_pwhash_argon2id_STRPREFIX) &&
         hash.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_needs_rehash(hash.c_str(), kPassPasses, kPassMemory) >= 0;
}

bool password_fits(const std::string& hash, std::string_view password) {
  ready_sodium();
  return password.size() <= kMostPassword &&
         crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string pass_to(const PagePart& page, Time until) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(until.time_since_epoch()).count();
  const std::string text = std::to_string(seconds);
  return text + "-" + sealed(page, text);
}

bool is_pass(const PagePart& page, std::string_view pass, Time now) {
  const auto dash = pass.find('-');
  // Anybody could make the pass of a lock in which there is no secret.
  const bool locked = page.lock.kind != PageLock::Kind::open && !page.lock.digest.empty();
  if (!locked || dash == std::string_view::npos) return false;
  const std::string_view until = pass.substr(0, dash);
  if (!same(sealed(page, until), pass.substr(dash + 1))) return false;
  std::int64_t seconds = 0;
  std::from_chars(until.data(), until.data() + until.size(), seconds);
  return now < Time(std::chrono::seconds(seconds));
}

std::string cookie_name(const PagePart& page) { return "signalbox-" + page.slug; }

std::string_view cookie_in(std::string_view header, std::string_view name) {
  for (std::string_view one : split(header, ';')) {
    one = trim(one);
    const bool named = one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=';
    if (named) return one.substr(name.size() + 1);
  }
  return {};
}

}  // namespace signalbox::web
