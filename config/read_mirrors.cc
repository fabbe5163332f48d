// `publish:` the mirrors, each with the keys of its kind.
#include <array>

#include "config/sections.h"

namespace signalbox::config {
namespace {

using Kind = MirrorEntry::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 3> kKinds = {
    {{"directory", Kind::directory}, {"rsync", Kind::rsync}, {"s3", Kind::s3}}};
constexpr Duration kLongestRound = std::chrono::hours(24);

void read_rsync(Fields& fields, MirrorEntry& mirror) {
  mirror.to = fields.required("to");
  if (mirror.to.starts_with('-')) fields.refuse("to", "must not begin with `-`");
  mirror.options = fields.list("options").value_or(std::vector<std::string>{});
  mirror.program = fields.text("program").value_or(mirror.program);
  mirror.timeout = fields.duration("timeout", kLeastSpan).value_or(mirror.timeout);
}

/// `secret` and `session_token`, each also as `…_file`.
void read_secrets(Fields& fields, const Config& config, MirrorEntry& mirror, Mistakes& mistakes) {
  for (const auto& [key, value] : settings_of(fields, &config.directory, mistakes)) {
    if (key == "secret") {
      mirror.secret = Secret(value.scalar);
    } else if (key == "session_token") {
      mirror.session_token = Secret(value.scalar);
    } else {
      mistakes.add(value.key, "unknown key `" + key + "` in a mirror of kind s3");
    }
  }
  if (mirror.secret.empty() && !fields.find("secret") && !fields.find("secret_file")) {
    mistakes.add(fields.place(), "a mirror of kind s3 needs `secret` or `secret_file`");
  }
}

void read_s3(Fields& fields, const Config& config, MirrorEntry& mirror, Mistakes& mistakes) {
  mirror.region = fields.required("region");
  mirror.bucket = fields.required("bucket");
  mirror.key_id = fields.required("key_id");
  mirror.base_url = fields.url("base_url", {"http", "https"});
  mirror.prefix = fields.text("prefix").value_or("");
  mirror.prefix.erase(0, mirror.prefix.find_first_not_of('/'));
  if (!mirror.prefix.empty() && !mirror.prefix.ends_with('/')) mirror.prefix += '/';
  mirror.gzip = fields.flag("gzip").value_or(false);
  mirror.timeout = fields.duration("timeout", kLeastSpan).value_or(std::chrono::seconds(30));
  if (mirror.base_url.empty()) mirror.base_url = "https://s3." + mirror.region + ".amazonaws.com";
  read_secrets(fields, config, mirror, mistakes);
}

std::string word_of(Kind kind) {
  for (const auto& [name, meaning] : kKinds) {
    if (meaning == kind) return std::string(name);
  }
  return "";
}

MirrorEntry read_mirror(NodePtr node, const Config& config, Mistakes& mistakes) {
  Fields fields(std::move(node), "a mirror", mistakes);
  MirrorEntry mirror;
  mirror.place = fields.place();
  if (!fields.find("kind")) fields.required("kind");
  std::vector<std::pair<std::string, Kind>> kinds(kKinds.begin(), kKinds.end());
  const auto kind = fields.choice<Kind>("kind", kinds);
  mirror.kind = kind.value_or(Kind::directory);
  mirror.id = fields.find("id") ? fields.id() : word_of(mirror.kind);
  mirror.every = fields.duration("every", kLeastSpan, kLongestRound).value_or(mirror.every);
  if (!kind) return mirror;
  if (*kind == Kind::directory) mirror.path = resolved(config.directory, fields.required("path"));
  if (*kind == Kind::rsync) read_rsync(fields, mirror);
  if (*kind == Kind::s3) read_s3(fields, config, mirror, mistakes);
  if (*kind != Kind::s3) fields.refuse_rest();
  for (const MirrorEntry& earlier : config.mirrors) {
    if (earlier.id != mirror.id) continue;
    mistakes.add(mirror.place, "`" + mirror.id + "` is already the mirror in line " +
                                   std::to_string(earlier.place.line) +
                                   "; give this one another `id`");
  }
  return mirror;
}

}  // namespace

void read_mirrors(Fields& file, Config& config, Mistakes& mistakes) {
  for (const auto& node : items(file, "publish")) {
    config.mirrors.push_back(read_mirror(node, config, mistakes));
  }
}

}  // namespace signalbox::config
