#include "app/lines/ask.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

namespace signalbox::app {

namespace asio = boost::asio;

connectors::Task<Status> ask(CoreLoop& loop, std::function<void(Core&, Done)> what) {
  const auto executor = co_await asio::this_coro::executor;
  auto initiate = [&loop, &what, executor](auto handler) {
    auto waiter = std::make_shared<decltype(handler)>(std::move(handler));
    const Done done = [waiter, executor](const Status& status) {
      asio::post(executor, [waiter, status] { std::move (*waiter)(status); });
    };
    const bool taken = loop.post([what = std::move(what), done](Core& core) { what(core, done); });
    if (!taken) done(unavailable("the core's queue is full"));
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Status)>(
      std::move(initiate), asio::use_awaitable);
}

}  // namespace signalbox::app
