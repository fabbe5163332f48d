#include "announce/state_text.h"

#include <algorithm>

#include "base/text.h"

namespace signalbox::announce {
namespace {

std::string clause(const ServiceView& v) {
  return v.id + " " + std::string(word(v.state)) + (v.flapping ? " (flapping)" : "");
}

std::string only(const Snapshot& board, const std::vector<std::string>& services) {
  std::vector<std::string> clauses;
  for (const ServiceView& v : board.services) {
    if (std::ranges::find(services, v.id) != services.end()) clauses.push_back(clause(v));
  }
  return join(clauses, ", ");
}

}  // namespace

std::string state_text(const Snapshot& board, const std::vector<std::string>& services) {
  if (!services.empty()) return only(board, services);
  std::vector<std::string> clauses;
  for (const ServiceView& v : board.services) {
    if (v.state != State::up) clauses.push_back(clause(v));
  }
  const std::size_t up = board.services.size() - clauses.size();
  if (clauses.empty()) {
    return up == 1 ? clause(board.services.front()) : "all " + std::to_string(up) + " services UP";
  }
  if (up > 0) clauses.push_back(std::to_string(up) + (up == 1 ? " other UP" : " others UP"));
  return join(clauses, ", ");
}

}  // namespace signalbox::announce
