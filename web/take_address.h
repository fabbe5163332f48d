// Takes an address to listen on: "HOST:PORT", "[V6]:PORT" (port 0 finds a free one), or
// "unix:PATH", a socket in the file system.
#pragma once

#include <sys/types.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::web {

/// A byte stream, be it TCP or a Unix socket.
using Stream = boost::asio::generic::stream_protocol;
using Acceptor = boost::asio::basic_socket_acceptor<Stream, boost::asio::io_context::executor_type>;
using Socket = boost::asio::basic_stream_socket<Stream, boost::asio::io_context::executor_type>;

/// What the address of a socket in the file system begins with.
inline constexpr std::string_view kUnix = "unix:";

/// Who may connect to a socket in the file system; nothing to TCP.
struct Door {
  mode_t mode = 0600;
  std::string group = {};  ///< its group's name; "": that of the process
};

/// Opens `acceptor` there and gives the address with the port that was taken. Who connects waits in
/// the kernel until the acceptor accepts. A socket file that nobody listens on any more is
/// replaced; any other file is left alone, and the address refused. Invalid when it is no address,
/// unavailable when it cannot be had; both name it.
Result<std::string> take_address(Acceptor& acceptor, const std::string& address, const Door& door);

/// The socket's file is not left behind: removes that of a "unix:PATH" which the acceptor, still
/// open, listens on.
void give_back_address(const Acceptor& acceptor, const std::string& address);

/// The IP address of the other side, an IPv4 address in IPv6 as IPv4; "" for a Unix socket.
/// Nothing when it has gone already.
Result<std::string> address_of_peer(const Socket& socket);

}  // namespace signalbox::web
