#include "publish/s3_listing.h"

#include <optional>

#include "base/text.h"
#include "net/url.h"

namespace signalbox::publish {
namespace {

/// What stands between `<name>` and `</name>` at or after `from`. The
/// answer's elements of these names hold text alone.
std::optional<std::string_view> element(std::string_view body, const std::string& name,
                                        std::size_t from) {
  const std::size_t start = body.find("<" + name + ">", from);
  if (start == std::string_view::npos) return std::nullopt;
  const std::size_t begin = start + name.size() + 2;
  const std::size_t end = body.find("</" + name + ">", begin);
  if (end == std::string_view::npos) return std::nullopt;
  return body.substr(begin, end - begin);
}

std::string unescaped(std::string_view text) {
  std::string plain(text);
  for (const auto& [entity, character] :
       {std::pair{"&quot;", "\""}, {"&#34;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}}) {
    plain = replace_all(std::move(plain), entity, character);
  }
  return plain;
}

}  // namespace

Result<Listing> read_listing(std::string_view body) {
  const Error senseless = corrupt("the bucket's listing makes no sense");
  if (body.find("<ListBucketResult") == std::string_view::npos) return senseless;
  Listing listing;
  std::size_t at = 0;
  while (const auto object = element(body, "Contents", at)) {
    const auto key = element(*object, "Key", 0);
    const auto tag = element(*object, "ETag", 0);
    if (!key) return senseless;
    listing.tags[net::percent_decode(unescaped(*key))] = tag ? unescaped(*tag) : "";
    at = static_cast<std::size_t>(object->data() - body.data()) + object->size();
  }
  const auto more = element(body, "IsTruncated", 0);
  const auto next = element(body, "NextContinuationToken", 0);
  if (more && *more == "true") {
    if (!next) return senseless;
    listing.next = unescaped(*next);
  }
  return listing;
}

}  // namespace signalbox::publish
