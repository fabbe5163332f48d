#include "connectors/server.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "connectors/json.h"
#include "net/backoff.h"

namespace signalbox::connectors {

std::string ca_file_of(const SourceSetup& setup) {
  const std::string name = setup.settings.text("ca_file");
  if (name.empty()) return "";
  const std::string path = (std::filesystem::path(setup.directory) / name).string();
  if (!std::ifstream(path)) setup.settings.refuse("ca_file", "cannot be read: " + path);
  return path;
}

Server::Server(const SourceSetup& setup, std::string_view usual_url, net::Headers sign_in,
               World world)
    : base_url_(setup.base_url.empty() ? usual_url : setup.base_url),
      ca_file_(ca_file_of(setup)),
      sign_in_(std::move(sign_in)),
      timeout_(
          std::clamp<Duration>(setup.every, std::chrono::seconds(2), std::chrono::seconds(10))),
      world_(world) {
  while (base_url_.ends_with('/')) base_url_.pop_back();
}

net::Request Server::get(std::string_view path, const net::Parameters& query) const {
  net::Request request;
  request.url = net::with_query(base_url_ + std::string(path), query);
  request.headers = sign_in_;
  request.timeout = timeout_;
  request.ca_file = ca_file_;
  return request;
}

net::Request Server::post(std::string_view path, const net::Parameters& form) const {
  net::Request request = get(path, {});
  request.method = "POST";
  request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  request.body = net::form(form);
  return request;
}

Task<Result<net::Response>> Server::send(net::Request request) {
  return world_.http.send(std::move(request));
}

Task<Result<std::string>> Server::ask(net::Request request, std::string_view place) {
  const std::string about(place);
  auto response = co_await world_.http.send(std::move(request));
  if (!response) co_return response.error();
  if (response->status < 200 || response->status > 299) co_return refused(*response, about);
  co_return std::move(response->body);
}

Error Server::refused(const net::Response& response, std::string_view place) const {
  const bool query_at_fault =
      response.status == 400 || response.status == 404 || response.status == 422;
  if (query_at_fault) {
    const nlohmann::json body = nlohmann::json::parse(response.body, nullptr, false);
    std::string why = text_at(body, "error");
    if (const std::string message = text_at(body, "message"); !message.empty()) why = message;
    if (!why.empty()) return invalid(std::string(place) + ": " + shorten(one_line(why), 200));
  }
  return net::refusal(response, place, world_.clock.now());
}

}  // namespace signalbox::connectors
