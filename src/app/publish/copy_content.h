// A site's copy as what a mirror is brought up to.
#pragma once

#include "publish/content.h"
#include "web/copy/site_copy.h"

namespace signalbox::app {

/// Waits for what the site asks its archive, each file kPatience at the most: a page is then
/// written as it is. One thread, which may wait.
class CopyContent final : public publish::Content {
 public:
  static constexpr Duration kPatience{2000};

  explicit CopyContent(web::SiteCopy copy) : copy_(std::move(copy)) {}

  const std::vector<std::string>& names() const override { return copy_.names(); }
  std::optional<publish::Draft> draft(const std::string& name) override;
  publish::File dated(publish::Draft draft) const override;
  std::vector<publish::File> as_of_files() const override;

 private:
  web::SiteCopy copy_;
};

}  // namespace signalbox::app
