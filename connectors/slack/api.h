// Slack's Web API: one call of a method, with its ways of refusing told apart.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "connectors/connector.h"
#include "net/url.h"

namespace signalbox::connectors::slack {

/// The Error an answer's `error` word means. Slack sends it with status 200.
Error refusal_word(std::string_view word, std::string_view method);

/// Calls methods as one bot, by POST: every method takes that, and no parameter gets into a log of
/// addresses. Not thread-safe; one call at a time.
class Api {
 public:
  /// `base_url` is what stands before the method's name: "https://slack.com/api". What `world`
  /// refers to outlives it.
  Api(std::string base_url, Secret token, World world);

  /// Reads: parameters as a form. The answer is an object whose `ok` is true.
  Task<Result<nlohmann::json>> ask(std::string method, net::Parameters parameters);
  /// Says something: a JSON body, on a fresh connection. An error may leave open whether it is out;
  /// the caller tells.
  Task<Result<nlohmann::json>> tell(std::string method, nlohmann::json body);

 private:
  /// Signs `request`, sends it, and sorts what came back.
  Task<Result<nlohmann::json>> call(std::string method, net::Request request);

  std::string base_url_;
  Secret token_;
  World world_;
};

}  // namespace signalbox::connectors::slack
