#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "board/excerpt.h"

namespace signalbox::board {
namespace {

using testing::HasSubstr;
using testing::Not;
using Names = std::vector<std::string>;

/// `S1` … `S<count>`, called "Service 1" ….
Names ids(int count) {
  Names list;
  for (int i = 1; i <= count; ++i) list.push_back("S" + std::to_string(i));
  return list;
}

Snapshot board_of(int count) {
  Snapshot whole;
  for (int i = 1; i <= count; ++i) {
    ServiceView view;
    view.id = "S" + std::to_string(i);
    view.name = "Service " + std::to_string(i);
    whole.services.push_back(std::move(view));
  }
  return whole;
}

Snapshot excerpt(const Snapshot& whole, const Names& own) {
  Cuttings cuttings;
  return Excerpt(whole, own).snapshot(whole.page, cuttings);
}

/// The opening word about `services`, which moved all of them.
Update opening(const Names& services, const std::string& text) {
  Update word;
  word.text = text;
  word.about = services;
  for (const std::string& id : services) word.affected.push_back({id, State::up, State::down});
  return word;
}

Incident incident(const Names& services, const std::string& name, const std::string& text) {
  Incident incident;
  incident.id = "burnburnburn";
  incident.name = name;
  for (const std::string& id : services) incident.services[id] = State::down;
  incident.updates = {opening(services, text)};
  return incident;
}

TEST(ExcerptNames, LeaveRoomForTheSentence) {
  Snapshot whole = board_of(500);
  const std::string text = "the data centre burns";
  whole.incidents = {incident(ids(500), "Service 1 and 499 more: " + text, text)};
  const std::string name = excerpt(whole, ids(499)).incidents.begin()->name;
  EXPECT_THAT(name, HasSubstr(" more: the data centre burns"));
  EXPECT_THAT(name, Not(HasSubstr("499 more")));
}

}  // namespace
}  // namespace signalbox::board
