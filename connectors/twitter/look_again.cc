// Reading posts again: deletions, edits that the timeline does not show, and our own words after a
// lost answer.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "connectors/gone.h"
#include "connectors/twitter/network.h"

namespace signalbox::connectors::twitter {
namespace {

constexpr std::size_t kMostIds = 100;  ///< one look-up takes
constexpr int kMostPages = 5;
/// How far the network's clock may be behind ours.
constexpr Duration kSkew = std::chrono::minutes(1);

bool among(const std::string& id, const std::vector<std::string>& ids) {
  return std::ranges::find(ids, id) != ids.end();
}

}  // namespace

Task<Result<Tweets>> Twitter::look_up(std::vector<std::string> ids) {
  Tweets all;
  for (std::size_t first = 0; first < ids.size(); first += kMostIds) {
    const std::size_t end = std::min(ids.size(), first + kMostIds);
    net::Parameters wanted = wanted_fields();
    wanted.emplace_back("ids", join({ids.begin() + static_cast<std::ptrdiff_t>(first),
                                     ids.begin() + static_cast<std::ptrdiff_t>(end)},
                                    ","));
    auto answer = co_await api_.ask("/2/tweets", std::move(wanted));
    if (!answer) co_return answer.error();
    auto read = read_tweets(*answer, "twitter: looking posts up");
    if (!read) co_return read.error();
    all.all.insert(all.all.end(), read->all.begin(), read->all.end());
    all.missing.insert(all.missing.end(), read->missing.begin(), read->missing.end());
    all.forbidden.insert(all.forbidden.end(), read->forbidden.begin(), read->forbidden.end());
  }
  co_return all;
}

Task<Result<std::vector<Post>>> Twitter::revisit(std::vector<PostRef> refs) {
  std::vector<std::string> ids;
  for (const PostRef& ref : refs) ids.push_back(ref.id);
  auto found = co_await look_up(ids);
  if (!found) co_return found.error();
  std::vector<Post> all;
  std::vector<std::string> edited;
  std::vector<std::string> newest;
  for (const std::string& id : ids) {
    const auto tweet = std::ranges::find(found->all, id, &Tweet::id);
    if (tweet == found->all.end()) {
      if (among(id, found->forbidden)) continue;
      all.push_back(gone(timeline_.account, id, clock_.now()));
    } else if (!tweet->history.empty() && newer(tweet->history.back(), id)) {
      edited.push_back(id);
      newest.push_back(tweet->history.back());
    }
  }
  auto versions = co_await look_up(newest);
  if (!versions) co_return versions.error();
  for (const Tweet& tweet : versions->all) {
    const auto which = std::ranges::find(newest, tweet.id) - newest.begin();
    if (which == static_cast<std::ptrdiff_t>(newest.size())) continue;
    all.push_back(post(tweet));
    all.back().replaces = edited[static_cast<std::size_t>(which)];
  }
  co_return all;
}

bool Twitter::is_delivery(const Tweet& tweet, const Delivery& delivery, Time since) const {
  if (tweet.at && *tweet.at < since - kSkew) return false;
  return tweet.replies_to == delivery.reply_to && same_words(delivery.text, tweet.text);
}

Task<Result<std::optional<Said>>> Twitter::find(const Delivery& delivery, Time since) {
  if (!delivery.direct_to.empty()) co_return std::optional<Said>();  // X does not list them to us
  std::string token;
  for (int pages = 0; pages < kMostPages; ++pages) {
    auto read = co_await page(Stream::timeline, "", token, "100");
    if (!read) co_return read.error();
    for (const Tweet& tweet : read->all) {
      if (!is_delivery(tweet, delivery, since)) continue;
      co_return std::optional<Said>(Said{tweet.id, link_to(tweet.id)});
    }
    const bool older = !read->all.empty() && read->all.back().at.value_or(since) < since - kSkew;
    if (older || read->next_token.empty()) break;
    token = read->next_token;
  }
  co_return std::optional<Said>();
}

}  // namespace signalbox::connectors::twitter
