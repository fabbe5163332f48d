#include "app/cli/hash_password.h"

#include <termios.h>
#include <unistd.h>

#include <string>

#include "web/public/pass.h"

namespace signalbox::app {
namespace {

/// The terminal shows nothing of what is typed, as long as this lives.
class Unseen {
 public:
  explicit Unseen(bool wanted) : wanted_(wanted && tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!wanted_) return;
    termios now = before_;
    now.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &now);
  }
  ~Unseen() {
    if (wanted_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool wanted_;
};

}  // namespace

int hash_password_command(std::istream& in, bool asks, std::ostream& out, std::ostream& err) {
  std::string password;
  {
    const Unseen unseen(asks);
    if (asks) err << "Password: " << std::flush;
    std::getline(in, password);
  }
  if (asks) err << "\n";
  if (password.ends_with('\r')) password.pop_back();
  if (password.size() < web::kLeastPassword || password.size() > web::kMostPassword) {
    err << "signalbox: a password has 8 to 256 bytes; write it on one line to stdin\n";
    return 2;
  }
  out << web::hash_of_password(password) << "\n";
  return 0;
}

}  // namespace signalbox::app
