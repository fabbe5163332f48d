#include "net/trouble_words.h"

#include <gtest/gtest.h>

#include <cctype>
#include <set>
#include <string>

namespace signalbox::net {
namespace {

TEST(TroubleWords, SayWhatAReaderCanUnderstand) {
  std::set<std::string_view> all;
  for (const CURLcode code :
       {CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT,
        CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_GOT_NOTHING,
        CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_WEIRD_SERVER_REPLY,
        CURLE_BAD_CONTENT_ENCODING, CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL}) {
    const std::string_view words = plain_words(code);
    EXPECT_TRUE(std::islower(static_cast<unsigned char>(words.at(0)))) << words;
    EXPECT_EQ(words.find("CURL"), std::string_view::npos) << words;
    EXPECT_NE(words, curl_easy_strerror(code));
    EXPECT_TRUE(all.insert(words).second) << words;
  }
  EXPECT_EQ(plain_words(CURLE_FTP_PORT_FAILED), curl_easy_strerror(CURLE_FTP_PORT_FAILED));
}

}  // namespace
}  // namespace signalbox::net
