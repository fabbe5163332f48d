// What the sites that follow each other share of the archive's answers.
#pragma once

#include <memory>

#include "web/documents/histories.h"
#include "web/documents/months.h"
#include "web/documents/old_incidents.h"
#include "web/documents/questions.h"

namespace signalbox::web {

/// Of one page. What the archive said is shared by all pages; answers made of it are each page's
/// own, for they are made from what it may tell.
struct Memory {
  /// Bytes of made answers that a page beside the main one keeps.
  static constexpr std::size_t kMostBytesOfPage = Questions::kMostBytes / 8;

  struct Said {
    explicit Said(const std::shared_ptr<Lookups>& lookups)
        : incidents(lookups), histories(lookups), months(lookups) {}
    OldIncidents incidents;
    Histories histories;
    Months months;
  };

  explicit Memory(Archive& archive)
      : lookups(std::make_shared<Lookups>(archive)),
        said(std::make_shared<Said>(lookups)),
        questions(lookups) {}
  /// Of a page beside `main`'s.
  explicit Memory(const Memory& main, std::size_t most_bytes)
      : lookups(main.lookups), said(main.said), questions(lookups, most_bytes) {}

  std::shared_ptr<Lookups> lookups;
  std::shared_ptr<Said> said;
  Questions questions;
};

}  // namespace signalbox::web
