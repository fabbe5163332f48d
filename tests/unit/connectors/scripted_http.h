// An HTTP client that answers as a test says, and remembers what was asked.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "net/http.h"

namespace signalbox::testing {

/// Every request is answered by `answer`.
class ScriptedHttp final : public net::Http {
 public:
  using Answer = std::function<Result<net::Response>(const net::Request&)>;
  explicit ScriptedHttp(Answer answer) : answer_(std::move(answer)) {}

  boost::asio::awaitable<Result<net::Response>> send(net::Request request) override {
    requests.push_back(request);
    co_return answer_(request);
  }

  std::vector<net::Request> requests;

 private:
  Answer answer_;
};

}  // namespace signalbox::testing
