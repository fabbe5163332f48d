// Saying an announcement on Mastodon, and finding it again when nobody knows whether it is out.
#include <nlohmann/json.hpp>

#include "connectors/json.h"
#include "connectors/mastodon/mastodon.h"
#include "connectors/mastodon/same_text.h"
#include "connectors/outcome.h"

namespace signalbox::connectors::mastodon {
namespace {

using nlohmann::json;

constexpr int kPagesBack = 10;
constexpr Duration kClockSkew = std::chrono::minutes(2);

/// What is for one author or for staff is not for followers.
bool confidential(const Delivery& delivery) {
  if (!delivery.direct_to.empty()) return true;
  const bool answering = !delivery.reply_to.empty();
  return answering && (delivery.tidings == Tidings::hint || delivery.tidings == Tidings::reminder ||
                       delivery.tidings == Tidings::held);
}

/// The text without the mention that addresses a direct message.
std::string_view unaddressed(std::string_view text) {
  if (!text.starts_with('@')) return text;
  return text.substr(std::min(text.find(' '), text.size()));
}

bool is_it(const Post& post, const Delivery& delivery) {
  if (post.origin == Origin::boost) return false;
  return same_text(post.text, delivery.text) ||
         (!delivery.direct_to.empty() && same_text(unaddressed(post.text), delivery.text));
}

}  // namespace

Task<Result<net::Parameters>> Mastodon::compose(const Delivery& delivery) {
  net::Parameters fields;
  std::string text = delivery.text;
  if (!delivery.direct_to.empty() && delivery.direct_to != own_id_) {
    const Result<json> author = co_await api_.get(
        "/api/v1/accounts/" + net::percent_encode(delivery.direct_to), {}, "looking up an author");
    if (!author) co_return author.error();
    const std::string name = text_at(*author, "acct");
    if (name.empty()) co_return misshapen("mastodon: looking up an author");
    text = "@" + name + " " + text;
  }
  fields.emplace_back("status", std::move(text));
  fields.emplace_back("visibility", confidential(delivery) ? "direct" : visibility_);
  if (!delivery.reply_to.empty()) fields.emplace_back("in_reply_to_id", delivery.reply_to);
  co_return fields;
}

Task<Result<Said>> Mastodon::say(const Delivery& delivery) {
  Result<net::Parameters> fields = co_await compose(delivery);
  if (!fields) co_return before_saying(fields.error());
  const Result<json> status =
      co_await api_.say("/api/v1/statuses", std::move(*fields), delivery.id, "posting");
  if (!status) co_return after_saying(status.error());
  const std::string id = text_at(*status, "id");
  if (id.empty()) co_return after_saying(misshapen("mastodon: posting"));
  co_return Said{id, text_at(*status, "url")};
}

Task<Result<std::optional<Said>>> Mastodon::find(const Delivery& delivery, Time since) {
  const Status known = co_await learn_own_id();
  if (!known) co_return known.error();
  std::string before;
  for (int i = 0; i < kPagesBack; ++i) {
    net::Parameters where;
    if (!before.empty()) where.emplace_back("max_id", before);
    const Result<Posts> read = co_await page(std::move(where), "looking for our own post");
    if (!read) co_return read.error();
    if (read->empty() || read->front().id == before) break;
    for (const Post& post : *read) {
      const bool ours = post.author == own_id_ && post.at >= since - kClockSkew;
      if (ours && is_it(post, delivery)) co_return std::optional<Said>(Said{post.id, post.url});
    }
    if (read->front().at < since - kClockSkew) break;
    before = read->front().id;
  }
  co_return std::optional<Said>();
}

}  // namespace signalbox::connectors::mastodon
