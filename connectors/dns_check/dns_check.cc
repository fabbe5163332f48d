// The dns check: asks a server for a name's records, and judges what it answers.
#include <algorithm>

#include "base/text.h"
#include "connectors/check.h"
#include "connectors/dns_check/expected.h"
#include "connectors/dns_check/way.h"
#include "connectors/registry.h"

namespace signalbox::connectors::dns_check {
namespace {

/// What is asked, of whom, and what for.
struct Asked {
  std::string server;  ///< "" for the system's
  std::string name;
  RecordType type;
  Duration timeout{};
  Expected expected;
};

class LookUp final : public Attempt {
 public:
  LookUp(Asked asked, World world) : asked_(std::move(asked)), world_(world) {}

  Task<Result<Found>> once() override {
    const SteadyTime began = world_.clock.steady();
    const Reply reply =
        co_await ask(asked_.server, asked_.name, asked_.type.number, asked_.timeout);
    Found found = found_in(reply, asked_.type, asked_.expected, !asked_.server.empty());
    if (!reply.message.empty()) found.took = world_.clock.steady() - began;
    if (found.ours) found.grade.why = asked_.name + ": " + found.grade.why;
    co_return found;
  }

 private:
  Asked asked_;
  World world_;
};

/// Labels of letters, digits, `-` and `_`, at most 253 characters in all.
bool is_domain(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty() || text.size() > 253) return false;
  return std::ranges::all_of(split(text, '.'), [](std::string_view label) {
    const auto fits = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '-' || c == '_';
    };
    return !label.empty() && label.size() <= 63 && std::ranges::all_of(label, fits);
  });
}

RecordType type_of(const Settings& settings) {
  const RecordType* type = record_type(settings.text("type", "A"));
  if (type != nullptr) return *type;
  settings.refuse("type", "must be one of " + known_types());
  return *record_type("A");
}

std::string server_of(const Settings& settings) {
  const std::string written = settings.text("server");
  if (settings.find("server") == nullptr) return "";
  const auto address = server_address(written);
  if (!address) {
    settings.refuse("server",
                    "must be an address with or without a port, such as 192.0.2.53, "
                    "192.0.2.53:5353 or [2001:db8::53]:53");
  }
  return address.value_or("");
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  const Settings& settings = setup.settings;
  settings.require("name");
  Asked asked;
  asked.name = settings.text("name");
  if (!asked.name.empty() && !is_domain(asked.name)) {
    settings.refuse("name", "must be a domain name, such as www.acme.example");
  }
  asked.type = type_of(settings);
  asked.server = server_of(settings);
  asked.timeout = timeout_of(settings);
  asked.expected = expected_values(settings, asked.type);
  return std::make_unique<Check>(setup, std::make_unique<LookUp>(std::move(asked), world), world);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"dns", std::chrono::seconds(30), make};

}  // namespace signalbox::connectors::dns_check
