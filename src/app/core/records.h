// How the core writes what it keeps: row keys, checkpoints, and a post's outcome as JSON.
#pragma once

#include <string>
#include <string_view>

#include "announce/announce.h"
#include "base/result.h"
#include "model/book.h"
#include "model/event.h"
#include "store/store.h"

namespace signalbox::app {

/// "ACCOUNT\nID\nREVISION": what makes a post's row unique (store::Row::key).
std::string post_key(const Post& post);
/// The row an event is stored as.
store::Row row_of(const Event& event, std::string key);
/// The event a row holds; corrupt when it cannot be read.
Result<Event> event_of(const store::Row& row);

/// A checkpoint holds the book and the memory of what was told.
struct Folded {
  Book book;
  announce::Memory memory;
};
std::string encode_checkpoint(const Book& book, const announce::Memory& memory);
Result<Folded> decode_checkpoint(std::string_view payload);

/// What `say` and POST /api/posts answer: seq, verdict, reason, and what was understood.
std::string outcome_json(const Event& event, const Book& book, const Zone& zone);
/// One entry of the audit log as JSON: seq, at, kind, and the event's own members.
std::string audit_json(const Event& event);

}  // namespace signalbox::app
