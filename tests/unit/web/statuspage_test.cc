#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/unit/web/samples.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using nlohmann::json;

json api(const Snapshot& snapshot, const std::string& name) {
  const SitePtr site = render(samples::shared(snapshot), nullptr, nullptr);
  return json::parse(site->find("/api/v2/" + name + ".json")->body());
}

std::set<std::string> keys(const json& object) {
  std::set<std::string> names;
  for (const auto& [key, value] : object.items()) names.insert(key);
  return names;
}

json real_summary() {
  const char* set = std::getenv("SIGNALBOX_TEST_DATA");
  const std::string root = set != nullptr ? set : SIGNALBOX_ROOT "/../shared/data";
  std::ifstream file(root + "/statuspage/github-summary-2019-12-30.json");
  return json::parse(file, nullptr, false);
}

TEST(Statuspage, MatchesARealSummaryKeyForKey) {
  const json real = real_summary();
  if (real.is_discarded()) GTEST_SKIP() << "skipped, because the shared data is absent";
  const json ours = api(samples::bad_night(), "summary");
  EXPECT_EQ(keys(ours), keys(real));
  EXPECT_EQ(keys(ours["page"]), keys(real["page"]));
  EXPECT_EQ(keys(ours["status"]), keys(real["status"]));
  auto component = keys(real["components"][0]);
  component.insert("start_date");  // added by Statuspage since
  for (const json& row : ours["components"]) {
    auto names = keys(row);
    names.erase("components");
    EXPECT_EQ(names, component);
    for (const char* text : {"id", "name", "status", "created_at", "updated_at", "page_id"}) {
      EXPECT_TRUE(row[text].is_string()) << text;
    }
    EXPECT_TRUE(row["position"].is_number_integer());
    EXPECT_TRUE(row["group"].is_boolean());
  }
}

/// Where `ours` has another type than `real` has there: every key, and every element of a list
/// against the first one that was recorded. Null is a value that is not there yet.
void expect_types(const json& ours, const json& real, const std::string& where) {
  if (ours.is_null() || real.is_null()) return;
  ASSERT_EQ(std::string(ours.type_name()), real.type_name()) << where;
  if (real.is_object()) {
    for (const auto& [key, value] : real.items()) {
      ASSERT_TRUE(ours.contains(key)) << where << "." << key;
      expect_types(ours[key], value, where + "." + key);
    }
  }
  if (!real.is_array() || real.empty()) return;
  for (const json& element : ours) expect_types(element, real[0], where + "[]");
}

TEST(Statuspage, MatchesARealSummaryTypeForType) {
  const json real = real_summary();
  if (real.is_discarded()) GTEST_SKIP() << "skipped, because the shared data is absent";
  const json ours = api(samples::bad_night(), "summary");
  ASSERT_FALSE(ours["components"].empty());
  expect_types(ours, real, "summary");
  for (const auto& [name, key] :
       {std::pair("components", "components"), {"status", "status"}, {"incidents", "page"}}) {
    expect_types(api(samples::bad_night(), name)[key], real[key], name);
  }
}

TEST(Statuspage, KeepsThePagesIdWhateverItIsCalled) {
  Snapshot snapshot = samples::bad_night();
  const json before = api(snapshot, "summary");
  snapshot.page.name = "Acme & Sons";
  snapshot.page.url = "https://status.example";
  const json after = api(snapshot, "summary");
  EXPECT_EQ(after["page"]["id"], before["page"]["id"]);
  EXPECT_EQ(after["components"][1]["page_id"], before["page"]["id"]);
}

TEST(Statuspage, PutsServicesUnderTheirGroup) {
  const json rows = api(samples::bad_night(), "components")["components"];
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[0]["name"], "Core");
  EXPECT_EQ(rows[0]["group"], true);
  EXPECT_EQ(rows[0]["status"], "major_outage");
  EXPECT_EQ(rows[0]["components"], json({rows[1]["id"], rows[2]["id"]}));
  EXPECT_EQ(rows[1]["group_id"], rows[0]["id"]);
  EXPECT_FALSE(rows[1].contains("components"));
  const std::vector<int> positions = {1, 1, 2, 2, 3};
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i]["position"], positions[i]) << i;
}

TEST(Statuspage, SaysUnknownAsDegradedNeverAsOperational) {
  const json row = api(samples::bad_night(), "components")["components"][3];
  EXPECT_EQ(row["status"], "degraded_performance");
  EXPECT_THAT(row["description"].get<std::string>(),
              testing::StartsWith("No fresh measurement since "));
}

TEST(Statuspage, IndicatesTheWorst) {
  Snapshot snapshot = samples::bad_night();
  const auto all = [&snapshot](State state) {
    for (ServiceView& service : snapshot.services) service.state = state;
    return api(snapshot, "status")["status"];
  };
  EXPECT_EQ(api(snapshot, "status")["status"]["indicator"], "major");
  EXPECT_EQ(all(State::down)["indicator"], "critical");
  EXPECT_EQ(all(State::down)["description"], "Major Service Outage");
  EXPECT_EQ(all(State::issue)["indicator"], "minor");
  EXPECT_EQ(all(State::unknown)["indicator"], "minor");
  EXPECT_EQ(all(State::maint)["description"], "Service Under Maintenance");
  EXPECT_EQ(all(State::up)["description"], "All Systems Operational");
}

TEST(Statuspage, CallsNothingOperationalWithoutAService) {
  Snapshot snapshot = samples::bad_night();
  snapshot.services = {};
  EXPECT_EQ(api(snapshot, "status")["status"]["indicator"], "minor");
  EXPECT_EQ(api(snapshot, "summary")["status"]["description"], "Partially Degraded Service");
}

TEST(Statuspage, GivesIncidentsWithUpdatesNewestFirst) {
  const json incidents = api(samples::bad_night(), "incidents")["incidents"];
  ASSERT_EQ(incidents.size(), 2U);
  const json& open = incidents[0];
  const std::set<std::string> expected = {"id",          "name",
                                          "status",      "created_at",
                                          "updated_at",  "monitoring_at",
                                          "resolved_at", "impact",
                                          "shortlink",   "started_at",
                                          "page_id",     "incident_updates",
                                          "components",  "reminder_intervals"};
  EXPECT_EQ(keys(open), expected);
  EXPECT_EQ(open["status"], "identified");
  EXPECT_EQ(open["impact"], "major");
  EXPECT_TRUE(open["resolved_at"].is_null());
  EXPECT_EQ(open["shortlink"], "https://status.acme.example/incidents/aaaaaaaaaaaa");
  EXPECT_EQ(open["components"].size(), 1U);
  const json& updates = open["incident_updates"];
  EXPECT_EQ(updates[0]["status"], "identified");
  EXPECT_TRUE(updates[0]["affected_components"].is_null());
  EXPECT_EQ(updates[1]["affected_components"][0]["name"], "Core - API service");
  EXPECT_EQ(updates[1]["affected_components"][0]["new_status"], "major_outage");
  EXPECT_EQ(incidents[1]["status"], "resolved");
  EXPECT_EQ(api(samples::bad_night(), "incidents/unresolved")["incidents"].size(), 1U);
}

TEST(Statuspage, SortsMaintenancesByStage) {
  Snapshot snapshot = samples::bad_night();
  const auto count = [&snapshot](const std::string& name) {
    return api(snapshot, "scheduled-maintenances" + name)["scheduled_maintenances"].size();
  };
  EXPECT_EQ(count("/upcoming"), 1U);
  EXPECT_EQ(count("/active"), 0U);
  snapshot.as_of = snapshot.maintenances[0].from;
  EXPECT_EQ(count("/active"), 1U);
  const json row = api(snapshot, "summary")["scheduled_maintenances"][0];
  EXPECT_EQ(row["status"], "in_progress");
  EXPECT_EQ(row["scheduled_until"], "2026-11-22T01:30:00.000Z");
  snapshot.maintenances[0].ended = snapshot.as_of;
  EXPECT_EQ(count("/active"), 0U);
  EXPECT_EQ(count(""), 1U);
}

TEST(Statuspage, FollowsAMaintenanceFromItsPlanToItsEnd) {
  Snapshot snapshot = samples::bad_night();
  Maintenance& work = snapshot.maintenances[0];
  const auto row = [&snapshot] {
    return api(snapshot, "scheduled-maintenances")["scheduled_maintenances"][0];
  };
  const auto told = [&row] {
    std::vector<std::string> statuses;
    const json now = row();
    for (const json& update : now["incident_updates"]) statuses.push_back(update["status"]);
    return statuses;
  };
  using Statuses = std::vector<std::string>;
  EXPECT_EQ(told(), (Statuses{"scheduled"}));
  snapshot.as_of = work.from + std::chrono::minutes(1);
  work.started = work.from;
  EXPECT_EQ(told(), (Statuses{"in_progress", "scheduled"}));
  const json begun = row();
  EXPECT_EQ(begun["updated_at"], begun["scheduled_for"]);
  const json affected = begun["incident_updates"][0]["affected_components"];
  ASSERT_EQ(affected.size(), 1U);
  EXPECT_EQ(affected[0]["code"], begun["components"][0]["id"]);
  EXPECT_EQ(affected[0]["old_status"], "operational");
  EXPECT_EQ(affected[0]["new_status"], "under_maintenance");
  work.updates.push_back(
      samples::update("mmmmmmmmmmm2", snapshot.as_of, Phase::investigating, "half way"));
  EXPECT_EQ(told(), (Statuses{"in_progress", "in_progress", "scheduled"}));
  work.ended = work.until;
  const json over = row();
  EXPECT_EQ(told(), (Statuses{"completed", "in_progress", "in_progress", "scheduled"}));
  EXPECT_EQ(over["incident_updates"][2]["id"], begun["incident_updates"][0]["id"]);
  EXPECT_EQ(over["incident_updates"][0]["affected_components"][0]["new_status"], "operational");
  work.updates.push_back(samples::update("mmmmmmmmmmm3", *work.ended, Phase::done, "all done"));
  EXPECT_EQ(told(), (Statuses{"completed", "in_progress", "in_progress", "scheduled"}));
  EXPECT_EQ(row()["incident_updates"][0]["body"], "all done");
}

TEST(Statuspage, NeverSaysInProgressOfAMaintenanceThatWasCalledOff) {
  Snapshot snapshot = samples::bad_night();
  snapshot.maintenances[0].ended = snapshot.as_of;
  const json row = api(snapshot, "scheduled-maintenances")["scheduled_maintenances"][0];
  ASSERT_EQ(row["incident_updates"].size(), 2U);
  EXPECT_EQ(row["incident_updates"][0]["status"], "completed");
  EXPECT_EQ(row["incident_updates"][1]["status"], "scheduled");
}

TEST(Statuspage, WritesTimesInThePagesZone) {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.zone = Zone::find("Europe/Paris").value();
  const json page = api(snapshot, "status")["page"];
  EXPECT_EQ(page["time_zone"], "Europe/Paris");
  EXPECT_EQ(page["updated_at"], "2026-11-21T04:28:00.000+01:00");
}

}  // namespace
}  // namespace signalbox::web
