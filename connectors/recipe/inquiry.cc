#include "connectors/recipe/inquiry.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "net/check_request.h"

namespace signalbox::connectors::recipe {
namespace {

constexpr Duration kLeast = std::chrono::milliseconds(100);

/// What may go from an answer into the next URL: an id, and nothing that could lead elsewhere.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

}  // namespace

Inquiry::Inquiry(Ready ready, bool silence_is_down, World world)
    : ready_(std::move(ready)), silence_is_down_(silence_is_down), world_(world) {}

boost::asio::awaitable<Result<net::Response>> Inquiry::send(net::Request first) {
  const SteadyTime deadline = world_.clock.steady() + first.timeout;
  Duration
      spent{};  // by the far side: what a request waits for in a queue of ours is not its fault
  taken_.clear();
  net::Request next = std::move(first);
  for (std::size_t step = 0;; ++step) {
    net::Request asked = next;
    const SteadyTime began = world_.clock.steady();
    auto answer = co_await world_.http.send(std::move(asked));
    if (!answer) co_return silence(answer.error());
    spent += answer->took.value_or(world_.clock.steady() - began);
    answer->took = spent;
    const auto decided = weigh(step, *answer, spent);
    if (!decided) co_return nonsense(next, *answer, decided.error());
    if (*decided) co_return answer;
    next = request_of(step + 1);
    next.timeout = std::max(kLeast, deadline - world_.clock.steady());
  }
}

Result<bool> Inquiry::weigh(std::size_t step, const net::Response& response, Duration latency) {
  Answer answer(response, latency);
  const Time now = world_.clock.now();
  const bool last = step + 1 == ready_.steps.size();
  if (last && answer.good()) {
    const Status whole = has_needs(ready_.needs, answer, now);
    if (!whole) return whole.error();
  }
  auto grade = first_match(ready_.steps[step].rules, answer, now);
  if (!grade) return grade.error();
  if (*grade) {
    grade_ = **std::move(grade);
    return true;
  }
  if (last || !answer.good()) return corrupt("no rule fits it");
  const Status taken = take(ready_.steps[step], answer);
  if (!taken) return taken.error();
  return false;
}

Status Inquiry::take(const Step& step, Answer& answer) {
  for (const auto& [name, pointer] : step.take) {
    const auto things = answer.look(pointer);
    if (!things && things.error().code == Error::Code::corrupt) return things.error();
    const bool one = things && things->all.size() == 1;
    const auto text = one ? Answer::text_of(things->all.front()) : std::nullopt;
    if (!text || !is_id(*text)) return corrupt("it has no " + name);
    taken_[name] = *text;
  }
  return {};
}

net::Request Inquiry::request_of(std::size_t step) const {
  net::Request request = ready_.steps[step].request;
  for (const auto& [name, value] : taken_)
    request.url = replace_all(std::move(request.url), "${" + name + "}", value);
  return request;
}

Error Inquiry::nonsense(const net::Request& request, const net::Response& response,
                        const Error& why) const {
  const bool refused = response.status == 401 || response.status == 403;
  return corrupt("recipe " + ready_.name + ": the answer to " + net::place_of(request) +
                 " (status " + std::to_string(response.status) + ", " +
                 std::to_string(response.body.size()) +
                 " bytes) says nothing: " + (refused ? "is the key right?" : one_line(why.what)) +
                 std::string(net::kMaybeOurs));
}

Error Inquiry::silence(Error error) const {
  const bool marked = error.what.ends_with(net::kMaybeOurs);
  const bool no_evidence = !silence_is_down_ && error.code != Error::Code::invalid;
  if (no_evidence && !marked) error.what += net::kMaybeOurs;
  return error;
}

}  // namespace signalbox::connectors::recipe
