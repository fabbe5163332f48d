// DNS records as text: what an answer holds, and what an operator writes, in one form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::connectors::dns_check {

/// A type of record that can be asked for, by its number in the DNS.
struct RecordType {
  std::string_view name;
  int number = 0;
};

/// Nullptr for a type that is not known here; `name` in any case.
const RecordType* record_type(std::string_view name);
/// `A, AAAA, …`, for error messages.
std::string known_types();

/// The records of that type in a whole DNS message (RFC 1035, section 4), in its order, as zone
/// files write them, but names in lower case without the last dot, and texts (TXT) unquoted and
/// joined: `192.0.2.1`, `10 mail.example`, `v=spf1 -all`. Nullopt when the message makes no sense.
std::optional<std::vector<std::string>> records(std::string_view message, const RecordType& type);

/// What an operator wrote, in the same form; nullopt when no record of this type looks so.
std::optional<std::string> as_record(std::string_view written, const RecordType& type);

}  // namespace signalbox::connectors::dns_check
