#include "web/take_address.h"

#include <charconv>
#include <optional>

namespace signalbox::web {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using ErrorCode = boost::system::error_code;

struct Place {
  std::string host;
  unsigned short port = 0;
};

std::optional<Place> place(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  Place place{address.substr(0, colon), 0};
  if (place.host.starts_with('[') && place.host.ends_with(']')) {
    place.host = place.host.substr(1, place.host.size() - 2);
  }
  if (place.host == "localhost") place.host = "127.0.0.1";
  const char* end = address.data() + address.size();
  const auto [stop, error] = std::from_chars(address.data() + colon + 1, end, place.port);
  if (error != std::errc() || stop != end) return std::nullopt;
  return place;
}

Error cannot(const std::string& address, const std::string& why) {
  return unavailable("cannot listen on " + address + ": " + why +
                     "; choose another listen address");
}

}  // namespace

Result<std::string> take_address(Acceptor& acceptor, const std::string& address) {
  const auto where = place(address);
  if (!where) return invalid("\"" + address + "\" is not HOST:PORT");
  ErrorCode ec;
  const auto host = asio::ip::make_address(where->host, ec);
  if (ec) return invalid("\"" + where->host + "\" is not an address to listen on");
  const tcp::endpoint endpoint(host, where->port);
  acceptor.open(endpoint.protocol(), ec);
  if (ec) return cannot(address, ec.message());
  acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  acceptor.bind(endpoint, ec);
  if (ec) return cannot(address, ec.message());
  acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return cannot(address, ec.message());
  return address.substr(0, address.rfind(':') + 1) +
         std::to_string(acceptor.local_endpoint(ec).port());
}

}  // namespace signalbox::web
