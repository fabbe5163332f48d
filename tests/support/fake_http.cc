#include "tests/support/fake_http.h"

#include <gtest/gtest.h>

#include "net/url.h"

namespace signalbox::testing {

void FakeHttp::examine(const net::Request& request) const {
  EXPECT_EQ(request.speaks, stage_.speaks(request))
      << request.method << " " << net::bare(request.url)
      << ": `speaks` is set exactly on what says something";
  EXPECT_EQ(request.url.find(stage_.secret()), std::string::npos) << "a secret stands in a URL";
}

boost::asio::awaitable<Result<net::Response>> FakeHttp::send(net::Request request) {
  examine(request);
  requests_.push_back(request);
  const std::string place = request.method + " " + net::bare(request.url);
  if (unreachable_ > 0) {
    --unreachable_;
    co_return unavailable(std::string(net::kNeverSent) + place + ": connection refused");
  }
  net::Response response = stage_.answer(request);
  if (stage_.take_lost_answer())
    co_return unavailable(place + ": the connection was closed without an answer");
  co_return response;
}

}  // namespace signalbox::testing
