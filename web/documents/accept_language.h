// Which of the languages a page offers its reader wants, by the Accept-Language header (RFC 9110,
// section 12.5.4).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/snapshot.h"
#include "web/documents/language.h"

namespace signalbox::web {

/// What is read of such a header; wishes beyond it are not heard.
inline constexpr std::size_t kMostAccepted = 512;

/// The page's own language first, then the others it offers.
std::vector<const Language*> offered(const PageFacts& page);
/// The wanted one of `offer`, which is not empty; its first where none is wanted. `de-AT` wants
/// German as well as `de` does; what is named earlier wins among those as welcome; `*` wants the
/// offer's first that is not named otherwise; `;q=0` refuses.
const Language& wanted(std::string_view accept_language, std::span<const Language* const> offer);

}  // namespace signalbox::web
