#include "app/cli/check_config.h"

#include <ostream>

#include "app/prepare.h"

namespace signalbox::app {

int check_config(const std::string& path, std::ostream& out, std::ostream& err) {
  const Prepared prepared = prepare(path);
  tell(prepared.misfits, err);
  if (!prepared.config) return 2;
  out << path << ": no mistakes\n";
  return 0;
}

void tell(const std::vector<config::Misfit>& misfits, std::ostream& err) {
  for (const auto& misfit : misfits) err << config::to_text(misfit) << "\n";
}

}  // namespace signalbox::app
