// An account on a server with the Mastodon API: its own timeline is read, and spoken on.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/mastodon/api.h"
#include "connectors/mastodon/cursor.h"
#include "connectors/mastodon/status.h"

namespace signalbox::connectors::mastodon {

class Mastodon final : public Network {
 public:
  Mastodon(const AccountSetup& setup, World world);

  Task<Result<Fetched>> fetch(std::string cursor) override;
  Task<Result<std::vector<Post>>> revisit(std::vector<PostRef> posts) override;
  Task<Result<std::vector<Post>>> replies(std::vector<PostRef> threads) override;
  Task<Result<Said>> say(const Delivery& delivery) override;
  Task<Result<std::optional<Said>>> find(const Delivery& delivery, Time since) override;
  Limits limits() const override { return limits_; }

 private:
  using Posts = std::vector<Post>;

  Task<Status> learn_own_id();
  Task<void> learn_limits();
  Task<Result<Posts>> page(net::Parameters where, std::string place);
  Task<Result<Fetched>> first_contact();
  Task<Result<Fetched>> step(Cursor cursor);
  Task<Result<Fetched>> everything();
  Task<Status> gather();
  Task<Posts> with_threads(Posts posts);
  Task<std::string> root_of(std::string parent);
  Task<Result<Posts>> thread_below(std::string root);
  Task<Result<Post>> look_at(PostRef ref);
  Task<Result<net::Parameters>> compose(const Delivery& delivery);
  Reader reader() const { return {account_, own_id_, api_.now()}; }
  std::string timeline() const { return "/api/v1/accounts/" + own_id_ + "/statuses"; }

  std::string account_;
  std::string own_id_;
  std::string visibility_;
  Api api_;
  Limits limits_{500, Limits::Count::code_points, 23};
  int limits_tries_left_ = 3;

  Posts gathered_;  ///< of a timeline read from its end to its start, oldest first
  std::map<std::string, std::string> roots_;  ///< post to first post of its thread
  std::set<std::string> replies_given_;
};

}  // namespace signalbox::connectors::mastodon
