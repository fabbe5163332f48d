#include "config/tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <tuple>

#include "base/text.h"
#include "config/environment.h"

namespace signalbox::config {
namespace {

Place place_of(const YAML::Mark& mark) {
  return {std::max(mark.line, 0) + 1, std::max(mark.column, 0) + 1};
}

/// A list or map whose end has not been read yet.
struct Open {
  std::shared_ptr<Node> node;
  YAML::anchor_t anchor = 0;
  std::optional<Field> key;  ///< of a map: read, and its value not yet
};

/// Builds the tree from yaml-cpp's events: its own loader keeps the first of two keys in silence.
class Builder final : public YAML::EventHandler {
 public:
  Builder(Mistakes& mistakes, Variables variables) : mistakes_(mistakes), variables_(variables) {}
  NodePtr root() const { return root_; }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    put(made(Node::Kind::null, mark), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = anchors_.find(anchor);
    if (known != anchors_.end()) return put(known->second, 0);
    mistakes_.add(place_of(mark), "this alias stands inside what it names; write the value out");
    auto stand_in = made(Node::Kind::scalar, mark);  // so that this is told once
    stand_in->text = "?";
    put(std::move(stand_in), 0);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                const std::string& value) override {
    auto node = made(Node::Kind::scalar, mark);
    node->written = value;
    if (at_key() || variables_ == Variables::kept) {
      node->text = value;
    } else {
      std::tie(node->text, node->from_environment) = expand(value, node->place, mistakes_);
    }
    put(std::move(node), anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open_.push_back({made(Node::Kind::list, mark), anchor, {}});
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open_.push_back({made(Node::Kind::map, mark), anchor, {}});
  }
  void OnMapEnd() override { close(); }

 private:
  static std::shared_ptr<Node> made(Node::Kind kind, const YAML::Mark& mark) {
    auto node = std::make_shared<Node>();
    node->kind = kind;
    node->place = place_of(mark);
    return node;
  }
  void close() {
    const Open done = std::move(open_.back());
    open_.pop_back();
    put(done.node, done.anchor);
  }
  bool at_key() const {
    return !open_.empty() && open_.back().node->kind == Node::Kind::map && !open_.back().key;
  }
  void put(NodePtr node, YAML::anchor_t anchor) {
    if (anchor != 0) anchors_[anchor] = node;
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (Open& top = open_.back(); top.node->kind == Node::Kind::list) {
      top.node->items.push_back(std::move(node));
    } else if (!top.key) {
      top.key = key_from(*node);
    } else {
      top.key->value = std::move(node);
      keep(*top.node, std::move(*top.key));
      top.key.reset();
    }
  }
  Field key_from(const Node& node) {
    if (node.kind != Node::Kind::scalar) mistakes_.add(node.place, "a key must be a plain word");
    return {node.text, node.place, nullptr};
  }
  void keep(Node& map, Field field) {
    const auto twice = std::find_if(map.fields.begin(), map.fields.end(),
                                    [&](const Field& other) { return other.key == field.key; });
    if (twice == map.fields.end()) return map.fields.push_back(std::move(field));
    mistakes_.add(field.place, "`" + shown(field.key) +
                                   "` is written twice; it stands already in line " +
                                   std::to_string(twice->place.line) + ", remove one of them");
  }

  Mistakes& mistakes_;
  Variables variables_;
  NodePtr root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, NodePtr> anchors_;
};

std::string remedy(const std::string& what, const std::string& text) {
  const bool braces = text.find("${") != std::string::npos;
  return "not YAML: " + what + (braces ? "; a `${NAME}` inside `{ }` or `[ ]` needs quotes" : "");
}

}  // namespace

void Mistakes::add(Place place, std::string what) {
  found_.push_back(
      {file_, std::max(place.line, 1), std::max(place.column, 1), one_line(valid_utf8(what))});
}

void Mistakes::add_absent(Place place, std::string what) {
  add(place, std::move(what));
  found_.back().absent = true;
}

void Mistakes::take(Mistakes others) {
  found_.insert(found_.end(), others.found_.begin(), others.found_.end());
}

std::vector<Misfit> Mistakes::sorted() const {
  auto all = found_;
  const auto key = [this](const Misfit& m) {
    return std::tuple(m.file != file_, m.file, m.line, m.column, m.what);
  };
  std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

NodePtr read_tree(const std::string& text, Mistakes& mistakes, Variables variables) {
  Builder builder(mistakes, variables);
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(builder)) {
      mistakes.add({1, 1}, "the file is empty; config/example.yaml shows what belongs into it");
      return nullptr;
    }
    const NodePtr root = builder.root();
    Builder second(mistakes, variables);
    if (parser.HandleNextDocument(second)) {
      const Place place = second.root() ? second.root()->place : Place{1, 1};
      mistakes.add(place, "a second document begins here; remove the `---` before it");
    }
    return root;
  } catch (const YAML::Exception& e) {
    mistakes.add(place_of(e.mark), remedy(e.msg, text));
    return nullptr;
  }
}

}  // namespace signalbox::config
