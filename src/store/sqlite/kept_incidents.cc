#include "store/sqlite/kept_incidents.h"

#include "store/sqlite/query.h"

namespace signalbox::store::sqlite {

Result<std::vector<std::string>> kept_incidents(Database& file, Time from, Time to) {
  Query query = file.query(
      "SELECT payload FROM incident WHERE CASE WHEN json_valid(payload) THEN "
      "json_extract(payload, '$.opened') < ? AND "
      "coalesce(json_extract(payload, '$.resolved') >= ?, TRUE) END "
      "ORDER BY json_extract(payload, '$.opened')");
  query.put(to.time_since_epoch().count()).put(from.time_since_epoch().count());
  std::vector<std::string> payloads;
  for (;;) {
    const auto more = query.next();
    if (!more) return more.error();
    if (!*more) return payloads;
    payloads.push_back(query.text());
  }
}

}  // namespace signalbox::store::sqlite
