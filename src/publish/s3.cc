#include "publish/s3.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "net/backoff.h"
#include "net/url.h"
#include "publish/disk.h"
#include "publish/exchange.h"
#include "publish/s3_listing.h"

namespace signalbox::publish {
namespace {

constexpr std::string_view kPage = ".html";
constexpr std::string_view kIndex = "index.html";
/// Below this a compressed body saves nobody anything.
constexpr std::size_t kWorthIt = 600;
/// A listing of a thousand keys.
constexpr std::size_t kMostListed = 4U << 20U;
/// A million objects: a bucket that lists more never ends.
constexpr int kMostLists = 1000;

/// Each part of a key, without the slashes between them.
std::string encoded_key(std::string_view key) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(key, '/')) parts.push_back(net::percent_encode(part));
  return join(parts, "/");
}

/// `<Code>NoSuchBucket</Code>`, where it is told.
std::string code_in(std::string_view body) {
  const std::size_t start = body.find("<Code>");
  const std::size_t end = body.find("</Code>");
  if (start == std::string_view::npos || end == std::string_view::npos || end < start) return "";
  return " (" + shorten(one_line(body.substr(start + 6, end - start - 6)), 80) + ")";
}

bool is_well(const net::Response& response) {
  return response.status >= 200 && response.status <= 299;
}

/// Some that speak as S3 does answer 404 where there was no such object.
bool is_gone(const net::Response& response) {
  const bool nowhere = response.body.find("NoSuchBucket") != std::string::npos;
  return is_well(response) || (response.status == 404 && !nowhere);
}

class S3Mirror final : public Mirror {
 public:
  S3Mirror(S3Settings settings, std::string manifest, const Clock& clock)
      : settings_(std::move(settings)),
        manifest_(std::move(manifest)),
        clock_(clock),
        exchange_(kMostUploads) {}

  Result<Manifest> recall() override {
    const auto text = content_of(manifest_);
    auto manifest = text ? decoded(*text) : Result<Manifest>(Manifest{});
    if (!manifest || manifest->files.empty()) return Manifest{};
    const auto tags = list();
    if (!tags && tags.error().code == Error::Code::unauthorized) return manifest;
    if (!tags) return tags.error();
    const std::size_t told = manifest->files.size();
    std::erase_if(manifest->files, [&](const auto& item) {
      return !holds(*tags, item.first, item.second.tag) ||
             !holds(*tags, address_of(item.first), item.second.tag);
    });
    if (manifest->files.size() != told) manifest->whole = false;
    return manifest;
  }

  Result<std::vector<std::string>> put(std::vector<File> files) override {
    std::vector<net::Request> requests;
    std::vector<std::size_t> of_file;
    for (std::size_t at = 0; at < files.size(); ++at) {
      for (const std::string& name : {files[at].name, address_of(files[at].name)}) {
        if (name.empty()) continue;
        requests.push_back(upload(files[at], name));
        of_file.push_back(at);
      }
    }
    const auto answers = asked(std::move(requests));
    if (!answers) return answers.error();
    std::vector<std::string> tags(files.size());
    for (std::size_t at = 0; at < answers->size(); ++at) {
      tags[of_file[at]] = (*answers)[at].header("etag").value_or("");
    }
    return tags;
  }

  Status remove(const std::vector<std::string>& names) override {
    std::vector<net::Request> requests;
    for (const std::string& file : names) {
      for (const std::string& name : {file, address_of(file)}) {
        if (!name.empty()) requests.push_back(request("DELETE", settings_.prefix + name));
      }
    }
    const auto answers = asked(std::move(requests), is_gone);
    return answers ? Status() : Status(answers.error());
  }

  Status remember(const Manifest& manifest) override {
    return write_whole(manifest_, encoded(manifest), Readers::ourselves);
  }

  void stop() override { exchange_.stop(); }

 private:
  using Tags = std::map<std::string, std::string>;

  /// An object of no name is always there; one whose tag nobody told us only has to be there.
  bool holds(const Tags& tags, const std::string& name, const std::string& tag) const {
    if (name.empty()) return true;
    const auto there = tags.find(settings_.prefix + name);
    return there != tags.end() && (tag.empty() || there->second == tag);
  }

  net::Request request(std::string method, std::string_view key) const {
    net::Request request;
    request.method = std::move(method);
    request.url = settings_.base_url + "/" + encoded_key(settings_.bucket);
    if (!key.empty()) request.url += "/" + encoded_key(key);
    request.timeout = settings_.patience;
    return request;
  }

  net::Request upload(const File& file, const std::string& name) const {
    net::Request put = request("PUT", settings_.prefix + name);
    put.headers = {{"Content-Type", file.content_type}, {"Cache-Control", file.cache_control}};
    put.body = file.body;
    if (!settings_.gzip || file.body.size() < kWorthIt) return put;
    put.body = settings_.gzip(file.body);
    put.headers.emplace_back("Content-Encoding", "gzip");
    return put;
  }

  /// All of them, kMostUploads at once; the first answer that is not `fine` ends it.
  Result<std::vector<net::Response>> asked(std::vector<net::Request> requests,
                                           bool (*fine)(const net::Response&) = is_well) {
    std::vector<net::Response> all;
    for (std::size_t from = 0; from < requests.size(); from += kMostUploads) {
      std::vector<net::Request> some;
      for (std::size_t at = from; at < std::min(from + kMostUploads, requests.size()); ++at) {
        some.push_back(net::signed_v4(std::move(requests[at]), settings_.keys, clock_.now()));
      }
      for (auto& answer : exchange_.ask(std::move(some))) {
        if (!answer) return answer.error();
        if (!fine(*answer)) return refused(*answer);
        all.push_back(*std::move(answer));
      }
    }
    return all;
  }

  Error refused(const net::Response& response) const {
    Error error = net::refusal(response, "the bucket " + settings_.bucket, clock_.now());
    error.what += code_in(response.body);
    return error;
  }

  Result<Tags> list() {
    Tags tags;
    std::string next;
    for (int n = 0; n < kMostLists; ++n) {
      net::Request page = request("GET", "");
      net::Parameters query{
          {"encoding-type", "url"}, {"list-type", "2"}, {"prefix", settings_.prefix}};
      if (!next.empty()) query.insert(query.begin(), {"continuation-token", next});
      page.url = net::with_query(page.url, query);
      page.most_bytes = kMostListed;
      std::vector<net::Request> one;
      one.push_back(std::move(page));
      const auto answers = asked(std::move(one));
      if (!answers) return answers.error();
      auto listing = read_listing(answers->front().body);
      if (!listing) return listing.error();
      tags.merge(listing->tags);
      if (listing->next.empty()) return tags;
      next = listing->next;
    }
    return corrupt("the bucket " + settings_.bucket + ": its listing never ends");
  }

  S3Settings settings_;
  std::string manifest_;
  const Clock& clock_;
  Exchange exchange_;
};

}  // namespace

std::string address_of(std::string_view name) {
  const std::size_t folder = name.rfind('/') + 1;  // 0 when there is none
  if (name.substr(folder) == kIndex) return std::string(name.substr(0, folder));
  if (!name.ends_with(kPage)) return "";
  return std::string(name.substr(0, name.size() - kPage.size()));
}

std::unique_ptr<Mirror> s3_mirror(S3Settings settings, std::string manifest, const Clock& clock) {
  return std::make_unique<S3Mirror>(std::move(settings), std::move(manifest), clock);
}

}  // namespace signalbox::publish
