#include "app/cli/kept_board.h"

#include "app/core/figures.h"
#include "app/core/records.h"
#include "board/board.h"
#include "ledger/ledger.h"

namespace signalbox::app {
namespace {

constexpr std::size_t kRowsAtOnce = 2000;

Result<Book> fold(store::Archive& archive) {
  Book book;
  for (;;) {
    const auto rows = archive.rows(book.seq, kRowsAtOnce);
    if (!rows) return rows.error();
    for (const store::Row& row : *rows) {
      const auto event = event_of(row);
      if (!event || !ledger::apply(book, *event)) book.seq = row.seq;
    }
    if (rows->size() < kRowsAtOnce) return book;
  }
}

/// What was measured, where anything is kept of it.
Status add_figures(store::Archive& archive, const Book& book, Time now, board::Ingredients& with) {
  auto figures =
      Figures::read([&](store::Grain grain, Time from) { return archive.sums(grain, from); }, now);
  if (!figures) return figures.error();
  for (const Service& service : book.services) figures->describe(service, book, now, with);
  return {};
}

}  // namespace

Result<Snapshot> kept_board(store::Archive& archive, const Plan& plan, Time now) {
  const auto book = fold(archive);
  if (!book) return book.error();
  board::Ingredients with;
  with.page = plan.page;
  with.sources = plan.sources;
  if (const Status read = add_figures(archive, *book, now, with); !read) return read.error();
  return board::view(*book, with, now);
}

}  // namespace signalbox::app
