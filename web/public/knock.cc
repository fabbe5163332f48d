// A connection on which a private page is shown its password.
#include <boost/asio/post.hpp>

#include "web/public/connection.h"
#include "web/public/doors.h"

namespace signalbox::web {

bool Connection::knock() {
  const PagePart* page = host_.desk().knocks_at(request_);
  if (page == nullptr) return false;
  // Whatever else is posted below such a page, by scanners for one, is no password that was wrong.
  const std::string password = password_in(request_.body);
  if (password.empty()) return false;
  host_.common().counters.requests.fetch_add(1, std::memory_order_relaxed);
  expect(State::waiting, kLetterPatience);
  const std::uint64_t letter = ++letter_;
  const auto executor = socket_.get_executor();
  host_.common().doorkeeper.ask(
      *page, password, client(),
      [self = weak_from_this(), executor, letter, lock = page->lock](const Welcome& given) {
        boost::asio::post(executor, [self, letter, lock, given] {
          if (const auto here = self.lock()) here->welcome(letter, lock, given);
        });
      });
  request_.body = {};
  return true;
}

void Connection::welcome(std::uint64_t letter, const PageLock& lock, const Welcome& given) {
  if (state_ != State::waiting || letter != letter_) return;
  host_.desk().welcome(request_, lock, given, answer_);
  send_answer();
  if (state_ == State::idle) process();
}

}  // namespace signalbox::web
