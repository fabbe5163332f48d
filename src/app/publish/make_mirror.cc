#include "app/publish/make_mirror.h"

#include <filesystem>

#include "base/hash.h"
#include "base/text.h"
#include "publish/directory.h"
#include "publish/rsync.h"
#include "publish/s3.h"
#include "web/documents/compress.h"

namespace signalbox::app {
namespace {

using Kind = config::MirrorEntry::Kind;

std::string address(const config::MirrorEntry& entry) {
  return join({entry.id, entry.path, entry.to, entry.base_url, entry.bucket, entry.prefix}, "\n");
}

publish::S3Settings s3_settings(const config::MirrorEntry& entry) {
  publish::S3Settings settings;
  settings.base_url = entry.base_url;
  settings.bucket = entry.bucket;
  settings.prefix = entry.prefix;
  settings.keys = {entry.key_id, entry.secret, entry.session_token, entry.region, "s3"};
  settings.patience = entry.timeout;
  if (entry.gzip) settings.gzip = web::gzip;
  return settings;
}

}  // namespace

std::unique_ptr<publish::Mirror> make_mirror(const config::MirrorEntry& entry,
                                             const std::string& state_dir, const Clock& clock) {
  const std::string name = entry.id + "-" + short_id(address(entry));
  const std::filesystem::path kept = std::filesystem::path(state_dir) / "mirrors" / name;
  switch (entry.kind) {
    case Kind::directory:
      return publish::directory_mirror(entry.path);
    case Kind::rsync:
      return publish::rsync_mirror({entry.to, entry.options, entry.program, entry.timeout}, kept);
    case Kind::s3:
      return publish::s3_mirror(s3_settings(entry), kept.string() + ".json", clock);
  }
  return nullptr;
}

std::string fingerprint(const config::MirrorEntry& entry) {
  return join({address(entry), to_text(entry.every), to_text(entry.timeout), entry.program,
               join(entry.options, "\n"), entry.region, entry.key_id, entry.secret.reveal(),
               entry.session_token.reveal(), entry.gzip ? "gzip" : ""},
              "\n");
}

}  // namespace signalbox::app
