// One DNS query on the net thread: c-ares asks, its sockets and timers are Asio's.
#pragma once

#include <string>

#include "connectors/connector.h"

namespace signalbox::connectors::dns_check {

/// How a query ended.
struct Reply {
  enum class End : std::uint8_t {
    answered,    ///< with records, though maybe of other types
    no_name,     ///< NXDOMAIN
    no_records,  ///< the name is there, and has none of this type
    refused,     ///< SERVFAIL, REFUSED, …: the server would or could not tell
    silent,      ///< no answer in the time allowed, or nobody listens there
    no_way,      ///< this machine has no way to the server, or no socket left
    nonsense,    ///< what came is no DNS message
  };
  End end = End::silent;
  std::string message;  ///< the whole answer, where there was one
};

/// Asks for the records of `type` (its number) of `name`: `server` (`192.0.2.53:53`,
/// `[2001:db8::53]:53`), or those of /etc/resolv.conf when it is empty. By UDP, and by TCP where
/// the answer does not fit. The files of this machine and its search domains are left aside.
/// Resumes on the caller's executor within `timeout`.
Task<Reply> ask(std::string server, std::string name, int type, Duration timeout);

}  // namespace signalbox::connectors::dns_check
