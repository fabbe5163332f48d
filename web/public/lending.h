// The copies of large bodies that one web thread sends by reference.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/public/slab.h"
#include "web/publisher.h"

namespace signalbox::web {

/// A body's copy, and what keeps it; nothing: the body is to be copied into the socket.
struct Lent {
  std::shared_ptr<const Slab> slab;
  std::string_view bytes;
};

/// Used by one thread: pages that two cores send at once cost both of them more than copying, for
/// the counts of their uses go to and fro between the caches.
class Lending {
 public:
  /// A copy of `body`, which is of `document`; nothing for what is too small to be worth it or too
  /// large, is asked for the first time (that once it is copied in any case), and while slow
  /// readers hold as much as there may be. Whoever sends it holds the slab until it has arrived.
  Lent copy_of(const DocumentPtr& document, const std::string& body);
  /// `head` and `tail` in one piece, in `slab`, as long as it is the one that copy_of() gives;
  /// else "". Made once for a tail, which has the second in it.
  std::string_view head_in(const Slab* slab, std::string_view head, std::string_view tail);
  /// New documents have come.
  void forget();

 private:
  struct Kept {
    DocumentPtr document;  // as long as it is here, its body's address is no other's
    Lent lent;             // in slab_, or nothing
  };
  struct Head {
    std::string tail;
    std::string_view bytes;
  };
  void remember(const DocumentPtr& document, const std::string& body);
  /// Whether slab_ has room for so many bytes.
  bool makes_room(std::size_t bytes);

  std::map<const std::string*, Kept> kept_;
  // What lies in slab_, by where it lies in the documents in kept_.
  std::map<const char*, Head> heads_;
  std::size_t bytes_ = 0;                   // of the bodies in kept_
  std::shared_ptr<Slab> slab_;              // the newest, whatever it holds of earlier documents
  std::vector<std::weak_ptr<Slab>> slabs_;  // those still in use
};

}  // namespace signalbox::web
