// One network with its stage, and the calls that every contract test makes.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "connectors/registry.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http.h"
#include "tests/support/run.h"
#include "tests/support/stage.h"

namespace signalbox::testing {

/// Parametrised by kind. The stage has said nothing yet.
class FarSide : public ::testing::TestWithParam<std::string_view> {
 protected:
  void SetUp() override { restart(); }

  /// A new connector, as after a restart of the program.
  void restart() {
    setup_ = stage_->setup("https://stage.example");
    const connectors::World world{http_, pause_, clock_};
    network_ = connectors::network_kind(GetParam())->make(setup_, world);
  }
  std::string posts(const std::string& text, const Posting& how = {}) {
    clock_.advance(std::chrono::seconds(1));
    return stage_->someone_posts(text, how);
  }
  /// The cursor of a first contact.
  std::string first_contact() {
    const auto fetched = run(network_->fetch(""));
    EXPECT_TRUE(fetched) << fetched.error().what;
    EXPECT_TRUE(!fetched || fetched->posts.empty());
    return fetched ? fetched->cursor : "";
  }
  /// Reads until there is no more, from `cursor` on, and moves it.
  std::vector<Post> read(std::string& cursor) {
    std::vector<Post> all;
    for (int step = 0; step < 400; ++step) {
      auto fetched = run(network_->fetch(cursor));
      EXPECT_TRUE(fetched) << fetched.error().what;
      if (!fetched) return all;
      cursor = fetched->cursor;
      all.insert(all.end(), fetched->posts.begin(), fetched->posts.end());
      if (!fetched->more) return all;
    }
    ADD_FAILURE() << "reading never came to an end";
    return all;
  }
  Delivery delivery(const std::string& text, const std::string& id = "a1/fedi") const {
    Delivery one;
    one.id = id;
    one.text = text;
    one.created = clock_.now();
    return one;
  }
  static std::vector<std::string> ids(const std::vector<Post>& posts) {
    std::vector<std::string> all;
    for (const Post& post : posts) all.push_back(post.id);
    return all;
  }
  /// A network without a far side has nothing to read from and nothing that could fail.
  bool remote() const { return stage_->remote(); }

  FakeClock clock_;
  FakePause pause_{clock_};
  std::unique_ptr<Stage> stage_ = make_stage(GetParam(), clock_);
  FakeHttp http_{*stage_};
  connectors::AccountSetup setup_;
  std::unique_ptr<connectors::Network> network_;
};

/// For INSTANTIATE_TEST_SUITE_P: every NETWORK of connectors.def, by name.
inline std::string kind_name(const ::testing::TestParamInfo<std::string_view>& kind) {
  return std::string(kind.param);
}

}  // namespace signalbox::testing
