// What incidents and maintenances are called, on a page that shows all of them or a part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// "API, JS and 3 more: Disks caught fire.": names of services, then the first sentence of
/// `message`, where there is one; at most 100 characters. So many names that they leave room for
/// it.
std::string incident_name(const std::vector<std::string>& services, std::string_view message);
/// Up to and with its end mark, or to the end of the line.
std::string_view first_sentence(std::string_view text);

}  // namespace signalbox
