// Whom a connection is from, as far as its proxies may say so, and the line about it in the log.
#include <charconv>

#include "web/public/connection.h"
#include "web/public/preface.h"

namespace signalbox::web {

bool Connection::introduced() {
  const Preface preface = read_preface(came());
  if (preface.progress == Preface::Progress::needs_more) return read(), false;
  introduces_ = false;
  if (preface.progress == Preface::Progress::broken) return refuse(400), false;
  in_.consume(preface.taken);
  if (preface.client.empty()) return true;
  Addresses& addresses = host_.common().addresses;
  addresses.release(peer_);
  peer_.clear();
  if (!addresses.take(preface.client)) return refuse(429), false;
  peer_ = preface.client;
  return true;
}

bool Connection::admit() {
  // Who came with the request before says nothing of who comes with this one.
  if (request_.forwarded_for.empty() && counted_.empty()) return true;
  Addresses& addresses = host_.common().addresses;
  if (!addresses.trusted(peer_)) return true;
  const std::string client = addresses.client(request_.forwarded_for);
  if (client == counted_) return true;
  addresses.release(counted_);
  counted_.clear();
  if (!addresses.take(client)) return false;
  counted_ = client;
  return true;
}

void Connection::note() {
  Common& common = host_.common();
  if (!common.log.on()) return;
  constexpr std::size_t kStatusAt = std::string_view("HTTP/1.1 ").size();
  LogEntry entry;
  entry.client = client();
  entry.method = request_.method_text;
  entry.path = request_.path;
  entry.referer = request_.referer;
  entry.agent = request_.agent;
  entry.http_1_0 = request_.http_1_0;
  std::from_chars(answer_.head.data() + kStatusAt, answer_.head.data() + answer_.head.size(),
                  entry.status);
  entry.bytes = answer_.body.size();
  if (began_ != Instant()) {
    entry.took = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - began_);
  }
  common.log.note(entry, std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()));
}

}  // namespace signalbox::web
