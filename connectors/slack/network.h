// A Slack channel: its members' messages are read, and ours are said there by our bot.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/slack/api.h"
#include "connectors/slack/message.h"

namespace signalbox::connectors::slack {

/// What the configuration says of a channel.
struct Channel {
  std::string account;
  std::string handle;                 ///< our name or bot user id, without @
  std::string id;                     ///< "C…"
  std::string page_size;              ///< messages asked for at once
  std::vector<std::string> accepted;  ///< subtypes that count like none
};

/// Reads forward from the last ts seen. The cursor is that ts: with `oldest` alone Slack gives what
/// is closest to it, so the cursor moves page by page and nothing is left out. Filters by ts itself
/// too, for servers that forget to.
class Slack final : public Network {
 public:
  Slack(Channel channel, Api api, const Clock& clock);  ///< `clock` outlives it

  Task<Result<Fetched>> fetch(std::string cursor) override;
  Task<Result<std::vector<Post>>> revisit(std::vector<PostRef> posts) override;
  Task<Result<std::vector<Post>>> replies(std::vector<PostRef> threads) override;
  Task<Result<Said>> say(const Delivery& delivery) override;
  Task<Result<std::optional<Said>>> find(const Delivery& delivery, Time since) override;
  Limits limits() const override;

 private:
  /// Who we are to Slack.
  struct Ourselves {
    std::string user;
    std::string bot;
    std::string workspace;  ///< URL, ends with a slash
  };

  /// The channel's messages but for replies, narrowed by Slack's own parameters.
  Task<Result<Page>> history(net::Parameters narrowed);
  /// A thread's messages, its first one included.
  Task<Result<Page>> conversation(std::string thread, net::Parameters narrowed);
  /// The ts that means "now".
  Task<Result<std::string>> newest();
  Task<Result<std::optional<Message>>> look_up(PostRef ref);
  Task<Result<std::vector<Message>>> written_after(std::string oldest, std::string thread);
  /// Fills in `ourselves_` by auth.test.
  Task<Status> learn_who_we_are();
  bool worth_waiting(const Error& error) const;
  Task<Result<std::vector<Post>>> posts(std::vector<Message> messages);

  Post post(const Message& message) const;
  /// Whether a mention means our bot.
  bool is_us(const std::string& id, const std::string& name) const;
  /// Whether a message is what this delivery said.
  bool ours(const Message& message, const Delivery& delivery) const;
  /// "" while the workspace's address is not known.
  std::string permalink(const std::string& ts, const std::string& thread) const;

  Channel channel_;
  Api api_;
  const Clock& clock_;
  std::optional<Ourselves> ourselves_;
  int unknown_for_ = 0;  ///< times we asked who we are
};

}  // namespace signalbox::connectors::slack
