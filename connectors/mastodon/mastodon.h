// An account on a server with the Mastodon API: its own timeline is read, mentions of it where
// asked for, and it is spoken on.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/mastodon/api.h"
#include "connectors/mastodon/status.h"
#include "connectors/mastodon/stream.h"
#include "connectors/mentions.h"

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
  Task<Result<Entries>> timeline_page(net::Parameters where);
  Task<Result<Entries>> mentions_page(net::Parameters where);
  Task<Result<Fetched>> add_mentions(Fetched timeline, Cursors from);
  Task<Posts> with_threads(Posts posts);
  Task<std::string> root_of(std::string parent);
  Task<Result<Posts>> thread_below(std::string root);
  Task<Result<Post>> look_at(PostRef ref);
  Task<Result<net::Parameters>> compose(const Delivery& delivery);
  Reader reader() const { return {account_, own_id_, api_.now()}; }
  bool is_author(const std::string& id) const;
  std::string timeline() const { return "/api/v1/accounts/" + own_id_ + "/statuses"; }

  std::string account_;
  std::string own_id_;
  std::string visibility_;
  std::vector<std::string> authors_;
  bool reads_mentions_;
  Api api_;
  Limits limits_{500, Limits::Count::code_points, 23};
  int limits_tries_left_ = 3;

  Stream timeline_;
  Stream mentions_;
  PutOff put_off_;
  std::map<std::string, std::string> roots_;  ///< post to first post of its thread
  std::set<std::string> replies_given_;
};

}  // namespace signalbox::connectors::mastodon
