#include "store/sqlite/kept_incidents.h"

#include "store/sqlite/query.h"

namespace signalbox::store::sqlite {

Result<std::vector<std::string>> kept_incidents(Database& file, Time from, Time to) {
  Query query =
      file.query("SELECT payload FROM incident WHERE ended >= ? AND opened < ? ORDER BY opened");
  query.put(stored(from)).put(stored(to));
  std::vector<std::string> payloads;
  for (;;) {
    const auto more = query.next();
    if (!more) return more.error();
    if (!*more) return payloads;
    payloads.push_back(query.text());
  }
}

}  // namespace signalbox::store::sqlite
