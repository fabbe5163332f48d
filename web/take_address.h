// Takes an address to listen on: "HOST:PORT", "[V6]:PORT"; port 0 finds a free one.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>

#include "base/result.h"

namespace signalbox::web {

using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp,
                                                    boost::asio::io_context::executor_type>;

/// Opens `acceptor` there and gives the address with the port that was taken. Who connects waits in
/// the kernel until the acceptor accepts. Invalid when it is no address, unavailable when it cannot
/// be had; both name it.
Result<std::string> take_address(Acceptor& acceptor, const std::string& address);

}  // namespace signalbox::web
