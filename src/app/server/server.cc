#include "app/server/server.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <utility>

#include "app/core/loop.h"
#include "app/publish/publishing.h"
#include "app/push/push_desk.h"
#include "app/server/archive.h"
#include "app/server/control_desk.h"
#include "app/server/descriptors.h"
#include "app/server/net_side.h"
#include "app/server/render_thread.h"
#include "app/server/state_dir.h"
#include "base/log.h"
#include "store/open.h"

namespace signalbox::app {

namespace {

constexpr Duration kPublicPatience = std::chrono::seconds(2);

int fail(const std::string& what) {
  std::cerr << "signalbox: " << what << "\n";
  return 1;
}

/// Whether what is shown can be believed, for /readyz: the store takes what comes, and the core
/// turns.
class Ready final : public web::Readiness {
 public:
  std::string not_ready_because() const override {
    const std::lock_guard lock(mutex_);
    return reason_;
  }
  void note(std::string reason) {
    const std::lock_guard lock(mutex_);
    reason_ = std::move(reason);
  }

 private:
  mutable std::mutex mutex_;
  std::string reason_ = "starting";
};

/// The core's view of the net side.
class Around final : public Surroundings {
 public:
  explicit Around(NetSide& net) : net_(net), random_(std::random_device{}()) {}
  void hand_out(const outbox::Job& job) override { net_.hand_out(job); }
  Limits limits(const std::string& account) override { return net_.limits(account); }
  std::uint64_t random() override { return random_(); }

 private:
  NetSide& net_;
  std::mt19937_64 random_;
};

/// `http://HOST:PORT`, or a Unix socket's `unix:PATH` as it is.
std::string url_of(const std::string& address) {
  return address.starts_with("unix:") ? address : "http://" + address;
}

sigset_t our_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

/// Visitors leave the checks their descriptors.
web::PublicSettings public_settings(const config::Config& config, std::size_t checks,
                                    std::size_t descriptors) {
  web::PublicSettings settings;
  settings.address = config.listen.public_address;
  settings.socket_group = config.listen.socket_group;
  settings.proxy_protocol = config.listen.proxy_protocol;
  settings.access_log = config.access_log;
  settings.per_address = config.limits.per_address;
  const std::size_t left = descriptors - std::min(checks, descriptors / 2);
  settings.connections = std::min(config.limits.connections, static_cast<int>(left));
  settings.trusted_proxies = config.limits.trusted_proxies;
  return settings;
}

/// Everything that runs, in the order it is built; taken down in reverse.
class Server {
 public:
  Server(std::string path, Prepared prepared, StateDir state, std::unique_ptr<store::Store> store,
         Secret token)
      : path_(std::move(path)),
        config_(std::move(*prepared.config)),
        setup_(std::move(prepared.setup)),
        state_(std::move(state)),
        store_(std::move(store)),
        archive_(config_.store, &board_),
        descriptors_(raise_descriptors()),
        net_(clock_, descriptors_),
        around_(net_),
        core_(*store_, clock_, board_, around_, setup_.plan),
        public_(web::make_public_server(
            public_settings(config_, setup_.checks.size(), descriptors_), ready_)),
        render_(*public_, &archive_),
        publishing_(clock_, board_, config_.store, config_.state_dir),
        token_(std::move(token)) {}

  int run() {
    board_.listen([this](const SnapshotPtr& snapshot) {
      render_.show(snapshot);
      publishing_.show(snapshot);
    });
    if (const Status started = core_.start(); !started) return fail(started.error().what);
    CoreLoop loop(core_, clock_, [this] { note_turn(); });
    PushDesk push(loop, clock_, token_, setup_.push);
    push_ = &push;
    public_->deliver_to(push);
    ControlDesk desk(loop, *public_, push, render_, [this] { return publishing_.figures(); });
    desk_ = &desk;
    const int code = serve(loop, desk);
    publishing_.stop();
    net_.stop();
    loop.stop();
    render_.stop();
    state_.withdraw();
    return code;
  }

 private:
  int serve(CoreLoop& loop, ControlDesk& desk) {
    const auto control = web::make_control_server(
        {config_.listen.control_address, config_.listen.behind_proxy, token_}, desk);
    const auto control_at = control->listen();
    if (!control_at) return fail(control_at.error().what);
    render_.settle();
    const auto public_at = public_->listen();
    if (!public_at) return fail(public_at.error().what);
    const RunFile run{::getpid(), url_of(*public_at), url_of(*control_at)};
    if (const Status announced = state_.announce(run); !announced)
      return fail(announced.error().what);
    std::cout << "public " << run.public_url << "\ncontrol " << run.control_url << std::endl;
    ready_.note("");
    control->serve();
    public_->serve();
    net_.start(loop, setup_);
    publishing_.start(loop, config_.mirrors);
    net_.beat(config_.heartbeat, [this] { return turned_well(); });
    obey_signals(loop);
    control->stop();
    public_->stop(kPublicPatience);
    return 0;
  }

  void obey_signals(CoreLoop& loop) {
    const sigset_t set = our_signals();
    for (int signal = 0; sigwait(&set, &signal) == 0;) {
      if (signal != SIGHUP) return;
      reload(loop);
    }
  }

  void reload(CoreLoop& loop) {
    Prepared next = prepare(path_);
    for (const config::Misfit& misfit : next.misfits) log::error(config::to_text(misfit));
    if (!next.config) return log::error("the configuration was not reloaded; the old one stays");
    const auto fixed = [](const config::Config& c) {
      const auto& l = c.listen;
      return std::tie(l.public_address, l.control_address, l.proxy_protocol, l.socket_group,
                      c.store, c.state_dir);
    };
    if (fixed(*next.config) != fixed(config_)) {
      return log::error(
          path_ +
          ": a changed listen, store or state_dir needs a restart; the old configuration stays");
    }
    config_ = std::move(*next.config);
    if (const Status opened = public_->reopen_access_log(config_.access_log); !opened) {
      log::error(opened.error().what);
    }
    loop.post([plan = next.setup.plan](Core& core) { core.replan(plan); });
    push_->adopt(next.setup.push);
    publishing_.adopt(config_.mirrors);
    net_.adopt(std::move(next.setup));
    log::info("reloaded " + path_);
  }

  // On the core's thread, after each turn.
  void note_turn() {
    const std::string trouble = core_.trouble();
    ready_.note(trouble.empty() ? "" : "nothing is saved: " + trouble);
    if (trouble.empty()) last_good_turn_ = clock_.steady().time_since_epoch().count();
    if (ControlDesk* desk = desk_) desk->note_figures(core_);
    public_->heartbeat();
  }

  bool turned_well() const {
    return clock_.steady().time_since_epoch().count() - last_good_turn_ <
           Duration(std::chrono::minutes(1)).count();
  }

  std::string path_;
  config::Config config_;
  Setup setup_;
  StateDir state_;
  SystemClock clock_;
  std::unique_ptr<store::Store> store_;
  board::Board board_;
  PageArchive archive_;
  Ready ready_;
  std::size_t descriptors_;
  NetSide net_;
  Around around_;
  Core core_;
  std::unique_ptr<web::PublicServer> public_;
  RenderThread render_;
  Publishing publishing_;
  Secret token_;
  PushDesk* push_ = nullptr;  // while run() runs
  std::atomic<ControlDesk*> desk_ = nullptr;
  std::atomic<Duration::rep> last_good_turn_ = 0;
};

}  // namespace

int run_server(const std::string& path, Prepared prepared) {
  const sigset_t set = our_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  ::umask(077);  // the ledger names authors: whatever is kept is for our own user alone
  const config::Config& config = *prepared.config;
  log::configure(config.log_json ? log::Format::json : log::Format::text, log::Level::info);
  auto state = StateDir::take(config.state_dir);
  if (!state) return fail(state.error().what);
  auto token = state->token();
  if (!token) return fail(token.error().what);
  auto store = store::open(config.store);
  if (!store) return fail(store.error().what);
  Server server(path, std::move(prepared), std::move(*state), std::move(*store), std::move(*token));
  return server.run();
}

}  // namespace signalbox::app
