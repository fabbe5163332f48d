// The sections of the configuration file, one reader each: from the tree to plain values.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "config/fields.h"

namespace signalbox::config {

// Each takes the whole file's fields, fills its part of `config`, and adds what is wrong to
// `mistakes`; what could not be read keeps its default.

void read_page(Fields& file, Config& config, Mistakes& mistakes);
/// What of `page` says how it looks.
void read_look(Fields& page, Config& config, Mistakes& mistakes);
/// `on_call`.
void read_rota(Fields& file, Config& config, Mistakes& mistakes);
void read_listen(Fields& file, Config& config, Mistakes& mistakes);
/// `store` and `state_dir`, resolved against `config.directory`.
void read_store(Fields& file, Config& config, Mistakes& mistakes);
/// `safety`, `alerts`, `limits`, `retention`, `heartbeat`, `access_log`, `figures` and `log`.
void read_habits(Fields& file, Config& config, Mistakes& mistakes);
void read_sources(Fields& file, Config& config, Mistakes& mistakes);
/// After read_sources(): services name them.
void read_services(Fields& file, Config& config, Mistakes& mistakes);
/// `page.services` and `pages`. After read_services(): pages name them.
void read_pages(Fields& file, Config& config, Mistakes& mistakes);
/// `metrics` and `push`. After read_services(): metrics name them.
void read_metrics(Fields& file, Config& config, Mistakes& mistakes);
/// `publish`.
void read_mirrors(Fields& file, Config& config, Mistakes& mistakes);
/// Adds a local account when none is named.
void read_accounts(Fields& file, Config& config, Mistakes& mistakes);

/// What nobody interpreted, with its places. Maps inside become dotted keys (`expect.status`).
/// With `directory`, `KEY_file: path` becomes KEY with the file's content, a secret; but `ca_file`
/// stays a path.
Values settings_of(const Fields& fields, const std::string* directory, Mistakes& mistakes);

/// `path` itself when absolute, else below `directory`.
std::string resolved(const std::string& directory, const std::string& path);

/// Refuses an id that an earlier entry has. Entries have `id` and `place`.
template <typename Entry>
void refuse_twice(const std::vector<Entry>& earlier, const std::string& id, Fields& fields) {
  for (const auto& entry : earlier) {
    if (!id.empty() && entry.id == id) {
      fields.refuse("id", "is taken by the entry in line " + std::to_string(entry.place.line));
      return;
    }
  }
}

}  // namespace signalbox::config
