// What staff can ask of the control plane, path by path.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "web/control/gate.h"
#include "web/control/server.h"

namespace httplib {
struct Request;
struct Response;
}  // namespace httplib

namespace signalbox::web {

/// Thread-safe as far as `control` is.
class Routes {
 public:
  /// Both outlive it.
  Routes(Control& control, Gate& gate) : control_(control), gate_(gate) {}

  void answer(const httplib::Request& request, const Credentials& credentials,
              httplib::Response& response);
  /// `{"error": what}`.
  static void error(httplib::Response& response, int status, std::string_view what);

 private:
  void let_in(const httplib::Request& request, httplib::Response& response);
  bool queries(const httplib::Request& request, httplib::Response& response);
  bool orders(const httplib::Request& request, httplib::Response& response);
  void post(const httplib::Request& request, httplib::Response& response);
  void open_session(const httplib::Request& request, httplib::Response& response);
  void say_from_form(const httplib::Request& request, httplib::Response& response);

  Control& control_;
  Gate& gate_;
  std::atomic<int> waiting_{0};  // handlers that wait for the core
};

}  // namespace signalbox::web
