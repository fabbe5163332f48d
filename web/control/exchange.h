// One connection to the control plane: a request, its answer, the end. It costs no thread however
// slow it is.
#pragma once

#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "web/control/gate.h"
#include "web/control/message.h"
#include "web/take_address.h"

namespace signalbox::web {

/// What an exchange asks of the server.
class Reception {
 public:
  /// Answers a request, once, from any thread.
  using Reply = std::function<void(StaffAnswer)>;

  virtual ~Reception() = default;
  /// These two on the thread that reads: they must not wait.
  virtual Admission admit(std::string_view method, std::string_view target,
                          const Credentials& credentials) = 0;
  virtual void answer(StaffRequest request, Reply reply) = 0;
  /// The exchange is over. Any thread.
  virtual void gone() = 0;
};

/// Lives on one thread, kept by its pending operations.
class Exchange final : public std::enable_shared_from_this<Exchange> {
 public:
  /// The caps of a request, and how long each part of it may take in all. Who has shown no token
  /// has the head's time for everything.
  static constexpr std::size_t kMostHead = 16 * 1024;
  static constexpr std::size_t kMostBody = 64 * 1024;
  static constexpr std::size_t kMostStrangersBody = 1024;
  static constexpr std::chrono::seconds kHeadWithin{2};
  static constexpr std::chrono::seconds kBodyWithin{5};
  static constexpr std::chrono::seconds kAnswerWithin{30};

  /// `reception` outlives it.
  Exchange(Socket socket, Reception& reception);
  ~Exchange();

  void start();
  void close();
  /// Nothing is lost but a stranger's patience when it is closed now.
  bool may_be_closed() const { return state_ != State::answering; }

 private:
  using ErrorCode = boost::system::error_code;
  enum class State { reading, answering, over };

  void head_came(ErrorCode ec);
  void body_came(ErrorCode ec);
  void refuse(ErrorCode ec);
  void say(const StaffAnswer& answer);
  void linger();
  void discard();

  boost::beast::basic_stream<Stream, boost::asio::io_context::executor_type> stream_;
  Reception& reception_;
  boost::beast::flat_buffer buffer_;
  boost::beast::http::request_parser<boost::beast::http::string_body> parser_;
  std::string answer_;
  State state_ = State::reading;
  bool with_body_ = true;
};

}  // namespace signalbox::web
