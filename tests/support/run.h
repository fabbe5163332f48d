// Drives a coroutine to its end and gives its result: `const auto fetched =
// run(network->fetch(""));`
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "base/check.h"

namespace signalbox::testing {

/// Starts it on an io_context of the test's; `then` is given its result while the context runs.
template <typename T, typename Then>
void start_on(boost::asio::io_context& io, boost::asio::awaitable<T> task, Then then) {
  const auto wait = [](boost::asio::awaitable<T> inner,
                       Then given) -> boost::asio::awaitable<void> {
    given(co_await std::move(inner));
  };
  boost::asio::co_spawn(io, wait(std::move(task), std::move(then)), [](std::exception_ptr thrown) {
    if (thrown) std::rethrow_exception(thrown);
  });
}

/// Drives it to its end on an io_context of the test's, which others (a real client) may resume on.
template <typename T>
T run_on(boost::asio::io_context& io, boost::asio::awaitable<T> task) {
  std::optional<T> result;
  start_on(io, std::move(task), [&result](T got) { result.emplace(std::move(got)); });
  io.restart();
  io.run();
  check(result.has_value(), "a coroutine under test came to its end");
  return std::move(*result);
}

/// On an io_context of its own: enough for everything that speaks through FakeHttp and FakePause.
template <typename T>
T run(boost::asio::awaitable<T> task) {
  boost::asio::io_context io;
  return run_on(io, std::move(task));
}

}  // namespace signalbox::testing
