// The public plane on a free port, serving the bad night.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "tests/unit/web/samples.h"
#include "tests/unit/web/wire.h"
#include "web/public/server.h"

namespace signalbox::web::samples {

class AlwaysBelieved final : public Readiness {
 public:
  std::string not_ready_because() const override { return ""; }
};

/// Begins at the samples' now, and goes on when told to.
class HandClock final : public Clock {
 public:
  Time now() const override { return samples::now() + passed_.load(); }
  SteadyTime steady() const override { return SteadyTime(std::chrono::hours(1) + passed_.load()); }
  void pass(Duration d) { passed_ = passed_.load() + d; }

 private:
  std::atomic<Duration> passed_{Duration(0)};
};

class ServedPublicly : public testing::Test {
 protected:
  void serve(PublicSettings settings) {
    settings.threads = 2;
    server_ = make_public_server(settings, ready_);
    server_->publish(render(shared(bad_night()), nullptr, nullptr), "");
    const auto taken = server_->listen();
    ASSERT_TRUE(taken) << taken.error().what;
    address_ = *taken;
    server_->serve();
  }
  static PublicSettings anywhere() {
    PublicSettings settings;
    settings.address = "127.0.0.1:0";
    return settings;
  }
  /// Everything that comes until the other side closes.
  std::string last_words(const std::string& request) const {
    Wire wire(address_);
    wire.send(request);
    return wire.read_all();
  }
  static std::string get(const std::string& path, const std::string& lines = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + lines + "\r\n";
  }
  double figure(const std::string& name) const {
    for (const auto& [known, value] : server_->figures()) {
      if (known == name) return value;
    }
    return -1;
  }

  /// Waits until the figure is that; false when it is not within five seconds.
  bool becomes(const std::string& name, double wanted) const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (figure(name) != wanted) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::yield();
    }
    return true;
  }

  AlwaysBelieved ready_;
  std::unique_ptr<PublicServer> server_;
  std::string address_;
};

}  // namespace signalbox::web::samples
