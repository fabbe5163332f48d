#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/dns_check/expected.h"
#include "connectors/dns_check/records.h"
#include "connectors/dns_check/way.h"

namespace signalbox::connectors::dns_check {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string two(int number) {
  return {static_cast<char>(number / 256), static_cast<char>(number % 256)};
}
std::string four(int number) { return two(0) + two(number); }

/// `js.acme`, at place 12: the question's name, pointed to by records.
const std::string kName("\2js\4acme\0", 9);
const std::string kPointer = "\xC0\x0C";

std::string record(int type, const std::string& data) {
  return kPointer + two(type) + two(1) + four(60) + two(static_cast<int>(data.size())) + data;
}

/// A reply to a question of this type.
std::string message(int type, const std::vector<std::string>& answers) {
  std::string all = two(7) + two(0x8180) + two(1) + two(static_cast<int>(answers.size())) +
                    four(0) + kName + two(type) + two(1);
  for (const std::string& answer : answers) all += answer;
  return all;
}

std::vector<std::string> read(const std::string& type, const std::vector<std::string>& data) {
  const RecordType& known = *record_type(type);
  std::vector<std::string> answers;
  for (const std::string& one : data) answers.push_back(record(known.number, one));
  return records(message(known.number, answers), known).value();
}

TEST(DnsRecords, AreReadAsZoneFilesWriteThem) {
  EXPECT_THAT(read("A", {"\xC0\1\2\3", std::string("\x7F\0\0\1", 4)}),
              ElementsAre("192.1.2.3", "127.0.0.1"));
  EXPECT_THAT(read("AAAA", {std::string(15, '\0') + "\1"}), ElementsAre("::1"));
  EXPECT_THAT(read("CNAME", {"\3WWW" + kPointer}), ElementsAre("www.js.acme"));
  EXPECT_THAT(read("MX", {two(10) + "\4mail" + kPointer}), ElementsAre("10 mail.js.acme"));
  EXPECT_THAT(read("TXT", {"\5v=one\4 -al"}), ElementsAre("v=one -al"));
  EXPECT_THAT(read("NS", {kPointer}), ElementsAre("js.acme"));
  EXPECT_THAT(read("SOA", {kPointer + kPointer + four(1) + four(2) + four(3) + four(4) + four(5)}),
              ElementsAre("js.acme js.acme 1 2 3 4 5"));
  EXPECT_THAT(read("SRV", {two(1) + two(2) + two(443) + kPointer}), ElementsAre("1 2 443 js.acme"));
  EXPECT_THAT(read("CAA", {std::string("\0\5issueca.test", 14)}), ElementsAre("0 issue ca.test"));
}

TEST(DnsRecords, OfOtherTypesArePassedOver) {
  const std::string mixed = message(1, {record(5, kPointer), record(1, "\1\1\1\1")});
  EXPECT_THAT(records(mixed, *record_type("A")).value(), ElementsAre("1.1.1.1"));
  EXPECT_THAT(records(mixed, *record_type("cname")).value(), ElementsAre("js.acme"));
  EXPECT_THAT(records(mixed, *record_type("MX")).value(), IsEmpty());
}

TEST(DnsRecords, AreNeverReadPastTheEnd) {
  const auto& soa = *record_type("SOA");
  const std::string whole = message(
      6, {record(6, kPointer + kPointer + four(1) + four(2) + four(3) + four(4) + four(5))});
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    EXPECT_EQ(records(whole.substr(0, cut), soa), std::nullopt) << cut;
  }
  EXPECT_EQ(records(message(1, {record(1, "\1\1\1")}), *record_type("A")), std::nullopt);
  EXPECT_EQ(records(message(16, {record(16, "\x20 short")}), *record_type("TXT")), std::nullopt);
  const std::string loop("\xC0\x1D", 2);  // points at itself
  EXPECT_EQ(records(message(2, {loop + two(2)}), *record_type("NS")), std::nullopt);
}

TEST(DnsRecords, OfAnOperatorAreTakenInTheSameForm) {
  EXPECT_EQ(as_record("2001:DB8::0:1", *record_type("AAAA")), "2001:db8::1");
  EXPECT_EQ(as_record("10 Mail.Acme.", *record_type("MX")), "10 mail.acme");
  EXPECT_EQ(as_record("v=spf1 -ALL", *record_type("TXT")), "v=spf1 -ALL");
  EXPECT_EQ(as_record("192.0.2.256", *record_type("A")), std::nullopt);
  EXPECT_EQ(as_record("", *record_type("TXT")), std::nullopt);
}

TEST(DnsServer, IsAnAddressWithOrWithoutAPort) {
  EXPECT_EQ(server_address("192.0.2.53"), "192.0.2.53:53");
  EXPECT_EQ(server_address("127.0.0.1:5353"), "127.0.0.1:5353");
  EXPECT_EQ(server_address("2001:db8::53"), "[2001:db8::53]:53");
  EXPECT_EQ(server_address("[::1]"), "[::1]:53");
  EXPECT_EQ(server_address("[::1]:5353"), "[::1]:5353");
  for (const char* wrong : {"", "ns1.acme.example", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536",
                            "[::1]x", "[::1]:", "[1.2.3.4", "1.2.3", "192.0.2.1,192.0.2.2"}) {
    EXPECT_EQ(server_address(wrong), std::nullopt) << wrong;
  }
}

struct Row {
  Reply::End end;
  bool own_server;
  bool ours;
  std::string_view why;
};

TEST(DnsReply, BlamesTheServiceOnlyForWhatItsOwnServerOrAnAnswerSays) {
  using enum Reply::End;
  const std::vector<Row> table{
      {no_name, false, false, "NXDOMAIN"}, {no_records, false, false, "no record of type A"},
      {refused, true, false, "refused"},   {refused, false, true, "system's resolver"},
      {silent, true, false, "not answer"}, {silent, false, true, "system's resolver"},
      {no_way, true, true, "no way"},      {nonsense, false, false, "not DNS"},
      {nonsense, true, false, "not DNS"},
  };
  for (const Row& row : table) {
    const Found found = found_in({row.end, ""}, *record_type("A"), {}, row.own_server);
    EXPECT_EQ(found.ours, row.ours) << row.why;
    EXPECT_EQ(found.grade.state, State::down);
    EXPECT_THAT(found.grade.why, HasSubstr(row.why));
  }
}

TEST(DnsReply, IsHeldAgainstTheExpectedValues) {
  const Reply reply{Reply::End::answered,
                    message(1, {record(1, "\1\1\1\1"), record(1, "\2\2\2\2")})};
  const auto state = [&](Expected expected) {
    return found_in(reply, *record_type("A"), expected, true).grade.state;
  };
  EXPECT_EQ(state({}), State::up);
  EXPECT_EQ(state({.values = {"1.1.1.1", "2.2.2.2"}, .any = {}}), State::up);
  EXPECT_EQ(state({.values = {"1.1.1.1", "3.3.3.3"}, .any = {}}), State::down);
  EXPECT_EQ(state({.values = {}, .any = {"3.3.3.3", "2.2.2.2"}}), State::up);
  EXPECT_EQ(state({.values = {}, .any = {"3.3.3.3"}}), State::down);
}

}  // namespace
}  // namespace signalbox::connectors::dns_check
