// The account that is always there: staff speak on it through the console and `say`, and what is
// announced on it is recorded here.
#include <fstream>
#include <nlohmann/json.hpp>

#include "connectors/registry.h"

namespace signalbox::connectors::local {
namespace {

class Local final : public Network {
 public:
  Local(const AccountSetup& setup, World world)
      : file_(setup.settings.text("file")), clock_(world.clock) {}

  /// Posts come in through the program itself, never by reading.
  Task<Result<Fetched>> fetch(std::string cursor) override {
    co_return Fetched{{}, cursor.empty() ? "local" : std::move(cursor), false};
  }
  Task<Result<std::vector<Post>>> revisit(std::vector<PostRef>) override {
    co_return std::vector<Post>{};
  }
  Task<Result<std::vector<Post>>> replies(std::vector<PostRef>) override {
    co_return std::vector<Post>{};
  }

  Task<Result<Said>> say(const Delivery& delivery) override {
    if (!file_.empty() && !append(delivery)) {
      co_return unavailable("local: cannot write to " + file_ + ": check that its folder exists");
    }
    co_return Said{delivery.id, ""};
  }

  /// Without a file nothing is lost by saying it again; with one, its lines are the timeline.
  Task<Result<std::optional<Said>>> find(const Delivery& delivery, Time) override {
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) {
      const auto entry = nlohmann::json::parse(line, nullptr, false);
      if (entry.is_object() && entry.value("id", nlohmann::json()) == delivery.id) {
        co_return std::optional<Said>(Said{delivery.id, ""});
      }
    }
    co_return std::optional<Said>();
  }

  Limits limits() const override { return {5000, Limits::Count::code_points, 0}; }

 private:
  bool append(const Delivery& delivery) const {
    const nlohmann::json entry = {{"at", iso(clock_.now())},
                                  {"id", delivery.id},
                                  {"text", delivery.text},
                                  {"in_reply_to", delivery.reply_to}};
    constexpr auto kReplaceBadBytes = nlohmann::json::error_handler_t::replace;
    std::ofstream out(file_, std::ios::app);
    out << entry.dump(-1, ' ', false, kReplaceBadBytes) << '\n' << std::flush;
    return out.good();
  }

  std::string file_;
  const Clock& clock_;
};

std::unique_ptr<Network> make(const AccountSetup& setup, World world) {
  return std::make_unique<Local>(setup, world);
}

AccountPolicy defaults() {
  AccountPolicy policy;
  policy.kind = "local";
  policy.label = "Local";
  return policy;
}

}  // namespace

extern const NetworkKind kKind;
const NetworkKind kKind{"local", "Local", defaults(), std::chrono::seconds(60), make};

}  // namespace signalbox::connectors::local
