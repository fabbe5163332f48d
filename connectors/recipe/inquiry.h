// One try of a recipe: its requests one after the other, and what the answers mean.
#pragma once

#include <map>
#include <string>

#include "base/time.h"
#include "connectors/check.h"
#include "connectors/recipe/compile.h"
#include "net/http.h"

namespace signalbox::connectors::recipe {

/// Stands between a Check and the net: what the Check sends is the first request, and what it is
/// given back is the last answer, once that made sense. An answer that makes none, and silence
/// where the recipe takes it for no evidence, are errors marked net::kMaybeOurs.
class Inquiry final : public net::Http {
 public:
  /// `silence_is_down`: no answer at all is left to the Check, as a failed try. What `world` holds
  /// outlives it.
  Inquiry(Ready ready, bool silence_is_down, World world);

  /// One at a time, on the net thread.
  boost::asio::awaitable<Result<net::Response>> send(net::Request first) override;
  /// What the last answer given back means.
  const Grade& grade() const { return grade_; }

 private:
  /// A decision ends the inquiry; without one it goes on to the next request.
  Result<bool> weigh(std::size_t step, const net::Response& response, Duration latency);
  Status take(const Step& step, Answer& answer);
  net::Request request_of(std::size_t step) const;
  Error nonsense(const net::Request& request, const net::Response& response,
                 const Error& why) const;
  Error silence(Error error) const;

  Ready ready_;
  bool silence_is_down_;
  World world_;
  Grade grade_;
  std::map<std::string, std::string> taken_;
};

}  // namespace signalbox::connectors::recipe
