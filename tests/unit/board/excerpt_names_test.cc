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

Maintenance maintenance(const Names& services, const std::string& name) {
  Maintenance work;
  work.name = name;
  work.services = services;
  work.updates = {opening(services, "new disks. All of them")};
  work.updates[0].affected.clear();
  return work;
}

TEST(ExcerptNames, LeaveRoomForTheSentence) {
  Snapshot whole = board_of(500);
  const std::string text = "the data centre burns";
  whole.incidents = {incident(ids(500), "Service 1 and 499 more: " + text, text)};
  const std::string name = excerpt(whole, ids(499)).incidents.begin()->name;
  EXPECT_THAT(name, HasSubstr(" more: the data centre burns"));
  EXPECT_THAT(name, Not(HasSubstr("499 more")));
}

TEST(ExcerptNames, CountNoMaintenanceOfOthers) {
  Snapshot whole = board_of(8);
  whole.maintenances = {maintenance(ids(8), "Service 1, Service 2 and 6 more: new disks.")};
  EXPECT_EQ(excerpt(whole, ids(2)).maintenances[0].name, "Service 1, Service 2: new disks.");
}

TEST(ExcerptNames, CountNoOthersThatAMaintenanceHasReleased) {
  Snapshot whole = board_of(8);
  whole.maintenances = {maintenance(ids(8), "Service 1, Service 2 and 6 more: new disks.")};
  whole.maintenances[0].services = ids(2);
  EXPECT_EQ(excerpt(whole, ids(2)).maintenances[0].name, "Service 1, Service 2: new disks.");
}

TEST(ExcerptNames, KeepWhatAMaintenanceOfItsOwnIsCalled) {
  Snapshot whole = board_of(3);
  whole.maintenances = {maintenance(ids(2), "Upgrade of the database")};
  EXPECT_EQ(excerpt(whole, ids(2)).maintenances[0].name, "Upgrade of the database");
}

TEST(ExcerptNames, CountNoOthersThatTheOpeningWordNamed) {
  Snapshot whole = board_of(8);
  Incident opened = incident(ids(2), "Service 1, Service 2 and 6 more: it burns", "it burns");
  opened.updates[0].about = ids(8);
  whole.incidents = {opened};
  EXPECT_EQ(excerpt(whole, ids(2)).incidents.begin()->name, "Service 1, Service 2: it burns");
}

}  // namespace
}  // namespace signalbox::board
