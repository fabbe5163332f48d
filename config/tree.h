// The configuration file as a tree in which every value knows its line, read without guessing.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/config.h"

namespace signalbox::config {

/// Collects what is wrong with one file.
class Mistakes {
 public:
  explicit Mistakes(std::string file) : file_(std::move(file)) {}
  /// `what` names the remedy and holds no value that may be secret.
  void add(Place place, std::string what);
  /// Something outside of the file that is not there: some of our commands can do without.
  void add_absent(Place place, std::string what);
  /// What was found in another file that this one names.
  void take(Mistakes others);
  bool none() const { return found_.empty(); }
  /// All of them, by place, those of other files last; one a place and text.
  std::vector<Misfit> sorted() const;

 private:
  std::string file_;
  std::vector<Misfit> found_;
};

struct Node;
/// Nodes are shared, so that a YAML alias costs nothing however often it is used.
using NodePtr = std::shared_ptr<const Node>;

/// One `key: value` of a map, with the key's place.
struct Field {
  std::string key;
  Place place;
  NodePtr value;
};

/// A value of the file.
struct Node {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  Place place;
  std::string text;     ///< scalars, with `${NAME}`s replaced
  std::string written;  ///< as it stands in the file: what messages may show
  bool from_environment = false;
  std::vector<NodePtr> items;  ///< of a list
  std::vector<Field> fields;   ///< of a map; of a key written twice the first
};

/// What becomes of `${NAME}`s: the environment's variables, or left as they stand.
enum class Variables { replaced, kept };

/// Reads one YAML document. Null, with a mistake, for a syntax error or an empty text. Keys written
/// twice, second documents and missing variables are mistakes; the tree is then still given.
NodePtr read_tree(const std::string& text, Mistakes& mistakes,
                  Variables variables = Variables::replaced);

}  // namespace signalbox::config
