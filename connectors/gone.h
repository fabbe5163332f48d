// What a network hands in for a post that is not there any more.
#pragma once

#include <string>

#include "model/post.h"

namespace signalbox::connectors {

/// A deletion, noticed at `now`: of everything else nothing is known.
inline Post gone(std::string account, std::string id, Time now) {
  Post post;
  post.account = std::move(account);
  post.id = std::move(id);
  post.deleted = true;
  post.received = now;
  return post;
}

}  // namespace signalbox::connectors
