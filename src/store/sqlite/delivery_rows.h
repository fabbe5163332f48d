// The outbox's rows in the ledger file.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/delivery.h"
#include "store/sqlite/database.h"

namespace signalbox::store::sqlite {

/// Inserts a delivery, or replaces the one with its id without changing its place in the order they
/// were made.
Status keep_delivery(Database& file, const Delivery& delivery);

/// Rows as Store's functions of the same names promise them.
Result<std::vector<Delivery>> open_deliveries(Database& file);
Result<std::vector<Delivery>> newest_deliveries(Database& file, std::size_t most);
Result<std::vector<Delivery>> deliveries_of(Database& file, std::string_view announcement);
Result<std::optional<Delivery>> delivery(Database& file, std::string_view id);
Result<std::optional<Delivery>> sent_as(Database& file, std::string_view account,
                                        std::string_view remote_id);

}  // namespace signalbox::store::sqlite
