// Answers the control plane's requests by asking the core, within three seconds.
#pragma once

#include <functional>
#include <string>

#include "app/core/loop.h"
#include "app/push/push_desk.h"
#include "app/server/render_thread.h"
#include "store/store.h"
#include "web/control/server.h"
#include "web/public/server.h"

namespace signalbox::app {

class ControlDesk final : public web::Control {
 public:
  /// All outlive it. `figures` gives more names and values for /metrics, at once and from any
  /// thread.
  using FiguresOf = std::function<std::map<std::string, double>()>;
  ControlDesk(CoreLoop& loop, const web::PublicServer& server, const PushDesk& push,
              const RenderThread& render, FiguresOf figures);

  web::ControlAnswer post(const std::string& text, const std::string& id) override;
  web::ControlAnswer readings(const std::string& body) override;
  web::ControlAnswer audit(std::uint64_t after, std::size_t most) override;
  web::ControlAnswer board() override;
  web::ControlAnswer outbox() override;
  web::ControlAnswer held() override;
  web::ControlAnswer command(const std::string& what, const std::string& subject) override;
  std::string metrics() override;

  /// The core's figures for /metrics, copied after a turn on the core's thread.
  void note_figures(const Core& core);

 private:
  /// Runs `ask` on the core's thread and waits for its answer; 503 "not accepted" when none comes
  /// in time, in which case a message that was not begun is never begun.
  using Reply = std::function<void(web::ControlAnswer)>;
  web::ControlAnswer ask_core(std::function<void(Core&, const Reply&)> ask);

  CoreLoop& loop_;
  const web::PublicServer& server_;
  const PushDesk& push_;
  const RenderThread& render_;
  FiguresOf more_figures_;
  std::mutex mutex_;
  std::map<std::string, double> figures_;
};

}  // namespace signalbox::app
