#include "web/take_address.h"

#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <cerrno>
#include <charconv>
#include <cstring>
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

Status listen(Acceptor& acceptor, const std::string& address) {
  ErrorCode ec;
  acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return cannot(address, ec.message());
  return {};
}

Result<std::string> take_port(Acceptor& acceptor, const std::string& address) {
  const auto where = place(address);
  if (!where) return invalid("\"" + address + "\" is neither HOST:PORT nor unix:PATH");
  ErrorCode ec;
  const auto host = asio::ip::make_address(where->host, ec);
  if (ec) return invalid("\"" + where->host + "\" is not an address to listen on");
  const tcp::endpoint endpoint(host, where->port);
  acceptor.open(endpoint.protocol(), ec);
  if (ec) return cannot(address, ec.message());
  acceptor.set_option(asio::socket_base::reuse_address(true), ec);
  acceptor.bind(endpoint, ec);
  if (ec) return cannot(address, ec.message());
  if (const Status listens = listen(acceptor, address); !listens) return listens.error();
  const auto taken = acceptor.local_endpoint(ec);
  tcp::endpoint as_tcp;
  as_tcp.resize(taken.size());
  std::memcpy(as_tcp.data(), taken.data(), taken.size());
  return address.substr(0, address.rfind(':') + 1) + std::to_string(as_tcp.port());
}

bool somebody_listens(const Stream::endpoint& endpoint) {
  asio::io_context context;
  Socket probe(context.get_executor());
  ErrorCode ec;
  probe.connect(endpoint, ec);
  return ec != asio::error::connection_refused;
}

/// "" when the place is free, or was taken by a socket that nobody listens on.
std::string cleared(const std::string& path, const Stream::endpoint& endpoint) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) return "";
  if (!S_ISSOCK(found.st_mode)) return "there is a file of that name, and it is no socket";
  if (somebody_listens(endpoint)) return "somebody else listens there";
  return ::unlink(path.c_str()) == 0 ? "" : std::strerror(errno);
}

/// "" when the socket's file now has this mode and group.
std::string shut_to_others(const std::string& path, const Door& door) {
  if (!door.group.empty()) {
    std::array<char, 4096> room{};
    group entry{};
    group* found = nullptr;
    ::getgrnam_r(door.group.c_str(), &entry, room.data(), room.size(), &found);
    if (found == nullptr) return "there is no group \"" + door.group + "\"";
    if (::chown(path.c_str(), static_cast<uid_t>(-1), found->gr_gid) != 0) {
      return "its group cannot be " + door.group + " (" + std::strerror(errno) +
             "): signalbox must be in that group";
    }
  }
  return ::chmod(path.c_str(), door.mode) == 0 ? "" : std::strerror(errno);
}

/// Until it listens, connecting is refused: nobody gets in before the file's mode is set.
Result<std::string> take_path(Acceptor& acceptor, const std::string& address, const Door& door) {
  const std::string path = address.substr(kUnix.size());
  if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) {
    return invalid("\"" + address + "\": a socket's path has 1 to " +
                   std::to_string(sizeof(sockaddr_un::sun_path) - 1) + " bytes");
  }
  const Stream::endpoint endpoint{asio::local::stream_protocol::endpoint(path)};
  if (const std::string taken = cleared(path, endpoint); !taken.empty()) {
    return cannot(address, taken);
  }
  ErrorCode ec;
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (ec) return cannot(address, ec.message());
  const std::string trouble = shut_to_others(path, door);
  const Status listens = trouble.empty() ? listen(acceptor, address) : cannot(address, trouble);
  if (listens) return address;
  ::unlink(path.c_str());
  return listens.error();
}

}  // namespace

Result<std::string> take_address(Acceptor& acceptor, const std::string& address, const Door& door) {
  if (address.starts_with(kUnix)) return take_path(acceptor, address, door);
  return take_port(acceptor, address);
}

void give_back_address(const Acceptor& acceptor, const std::string& address) {
  if (acceptor.is_open() && address.starts_with(kUnix)) {
    ::unlink(address.c_str() + kUnix.size());
  }
}

Result<std::string> address_of_peer(const Socket& socket) {
  ErrorCode ec;
  const auto remote = socket.remote_endpoint(ec);
  if (ec) return unavailable(ec.message());
  if (remote.data()->sa_family == AF_UNIX) return std::string();
  tcp::endpoint as_tcp;
  as_tcp.resize(remote.size());
  std::memcpy(as_tcp.data(), remote.data(), remote.size());
  const auto address = as_tcp.address();
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address.to_string();
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
}

}  // namespace signalbox::web
