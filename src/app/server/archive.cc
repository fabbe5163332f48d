#include "app/server/archive.h"

#include <algorithm>

#include "app/core/records.h"
#include "ledger/ledger.h"
#include "store/open.h"

namespace signalbox::app {

namespace {

constexpr std::size_t kRowsAtOnce = 1000;

std::optional<Incident> find(const Book& book, std::string_view id) {
  const auto found = std::find_if(book.incidents.begin(), book.incidents.end(),
                                  [id](const Incident& i) { return i.id == id; });
  return found == book.incidents.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

// Folds from the beginning and remembers the incident as it last stood in the book: rare, and never
// on the core's thread.
std::optional<Incident> PageArchive::incident(std::string_view id) {
  const auto archive = store::open_archive(store_url_);
  if (!archive) return std::nullopt;
  Book book;
  std::optional<Incident> last;
  for (;;) {
    const auto rows = (*archive)->rows(book.seq, kRowsAtOnce);
    if (!rows || rows->empty()) return last;
    for (const store::Row& row : *rows) {
      const auto event = event_of(row);
      if (!event || !ledger::apply(book, *event)) book.seq = row.seq;
    }
    if (auto now = find(book, id)) last = std::move(now);
  }
}

}  // namespace signalbox::app
