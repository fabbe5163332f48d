#include "connectors/http_check/visit.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "connectors/http_check/redirect.h"
#include "net/origin.h"

namespace signalbox::connectors::http_check {
namespace {

Found failed(std::string why) {
  Found found;
  found.grade = {State::down, std::move(why)};
  return found;
}

/// `status 503`; `status 503, after 2 redirects`.
void mention(Found& found, int redirects) {
  if (redirects == 0 || found.ours) return;
  found.grade.why +=
      ", after " + std::to_string(redirects) + (redirects == 1 ? " redirect" : " redirects");
}

}  // namespace

Task<Result<Found>> Visit::once() {
  net::Request request = asked_.request;
  const SteadyTime began = world_.clock.steady();
  std::vector<Notice> notices;
  Duration took{};
  for (int followed = 0;; ++followed) {
    const auto answer = co_await world_.http.send(request);
    if (!answer && followed == 0 && answer.error().code == Error::Code::invalid) {
      co_return answer.error();
    }
    const Duration spent = world_.clock.steady() - began;
    took = answer && answer->took ? took + *answer->took : spent;
    if (answer) {
      if (auto one = about_certificate(*answer, request)) notices.push_back(std::move(*one));
    }
    const bool onward = answer && asked_.redirects > 0 && leads_on(*answer);
    Found found;
    if (!onward) {
      found = ended(answer, request);
      mention(found, followed);
    } else if (followed == asked_.redirects) {
      found = failed("more than " + std::to_string(followed) + " redirects");
    } else {
      auto next = follow(request, *answer, asked_.to_http);
      if (next && spent < asked_.request.timeout) {
        request = std::move(*next);
        request.timeout = asked_.request.timeout - spent;
        continue;
      }
      found = failed(next ? "redirects took all the time allowed" : next.error().what);
    }
    found.grade.why = without_secrets(std::move(found.grade.why));
    if (answer) found.took = took;
    found.notices = std::move(notices);
    co_return found;
  }
}

Found Visit::ended(const Result<net::Response>& answer, const net::Request& request) const {
  Found found =
      found_in(answer, request, [this](const net::Response& got) { return judge(asked_, got); });
  const bool too_long = found.ours && answer.error().code == Error::Code::corrupt;
  if (too_long) found.grade.why += ": raise most_bytes, or ask for less";
  return found;
}

std::optional<Notice> Visit::about_certificate(const net::Response& answer,
                                               const net::Request& request) {
  if (!asked_.certificate_expires || !answer.certificate_ends) return std::nullopt;
  const Time ends = *answer.certificate_ends;
  const Duration left = ends - world_.clock.now();
  if (left >= *asked_.certificate_expires || told_of_ == ends) return std::nullopt;
  told_of_ = ends;
  const auto days = std::chrono::floor<std::chrono::days>(left).count();
  const std::string whose =
      "the certificate of " + net::origin_of(request.url).value_or("the server");
  return Notice{whose + " " + iso_seconds(ends), whose + " ends in " + std::to_string(days) +
                                                     (days == 1 ? " day" : " days") + ", at " +
                                                     iso_seconds(ends)};
}

std::string Visit::without_secrets(std::string line) const {
  for (const std::string& secret : asked_.secrets) {
    line = replace_all(std::move(line), secret, "…");
  }
  return line;
}

}  // namespace signalbox::connectors::http_check
