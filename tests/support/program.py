"""The whole program under test: started, killed and asked over HTTP, beside stages served by stage_server."""
import atexit
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("SIGNALBOX_BUILD", os.path.join(ROOT, "build", "debug"))
SIGNALBOX = os.environ.get("SIGNALBOX", os.path.join(BUILD, "signalbox"))
STAGE_SERVER = os.path.join(BUILD, "stage_server")
LONG = os.environ.get("SIGNALBOX_LONG") == "1"


def skip(why):
    """Ends the test as not run, with the reason."""
    print(f"skipped, because {why}")
    sys.exit(77)


def need(*paths):
    """Skips unless each of these files is there."""
    for path in paths:
        if not os.path.exists(path):
            skip(f"{path} was not built")


def check(holds, what):
    """Ends the test as failed unless `holds`."""
    if not holds:
        print(f"FAILED: {what}", file=sys.stderr)
        sys.exit(1)


WRITES = "pwrite64,fdatasync,fsync,ftruncate,unlink,rename"


def killed_at_write(when):
    """What a command is put behind to die at its `when`th change of a file: strace, which can_trace() tells of."""
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={WRITES}",
            "-e", f"inject={WRITES}:signal=SIGKILL:when={when}"]


def can_trace():
    try:
        return subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], check=False).returncode == 0
    except OSError:
        return False


def browser_profile():
    """A folder for a browser's profile, removed at the end of a `with`. Children that outlive the browser for a moment may
    still write there; what they leave is no fault of ours."""
    return tempfile.TemporaryDirectory(prefix="signalbox-profile-", ignore_cleanup_errors=True)


def wait_for(what, ask, seconds=20.0):
    """Asks until the answer is true; fails the test with `what` when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.02)
    check(False, f"waited {seconds:.0f} s in vain for: {what}")
    return None


def free_port():
    """A port for a server that wants to be told one: below those the system hands out by itself, so that no connection of
    another test takes it before the server does."""
    with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as words:
        above = max(int(words.read().split()[0]), 20_000)
    while True:
        port = random.randrange(10_000, above)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass  # somebody has it


class OverSocket(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def fetch_over_socket(url, body, headers, timeout):
    """As fetch(), of `unix:SOCKET.sock/PATH`."""
    path, _, rest = url.removeprefix("unix:").partition(".sock")
    data = None if body is None else json.dumps(body)
    try:
        connection = OverSocket(path + ".sock", timeout)
        connection.request("GET" if body is None else "POST", rest, data,
                           {"Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""


def fetch(url, body=None, headers=None, timeout=5.0):
    """(status, text); status 0 when nobody answers."""
    if url.startswith("unix:"):
        return fetch_over_socket(url, body, headers, timeout)
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers=headers or {})
    if data is not None:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
    except (OSError, ValueError):
        return 0, ""


class Stage:
    """A network's far side over real HTTP."""

    def __init__(self, kind):
        need(STAGE_SERVER)
        self.process = subprocess.Popen([STAGE_SERVER, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[-1]

    def order(self, what, body=None):
        status, text = fetch(f"{self.url}/_stage/{what}", {} if body is None else body)
        check(status == 200, f"stage {what}: {status} {text}")
        return json.loads(text) if text else None

    def post(self, text, **how):
        return self.order("post", {"text": text, **how})["id"]

    def heard(self):
        status, text = fetch(f"{self.url}/_stage/heard")
        check(status == 200, f"stage heard: {status}")
        return json.loads(text)

    def yaml(self, account, extra="announce: true, poll: 1s"):
        """Its line below `accounts:`."""
        status, text = fetch(f"{self.url}/_stage/yaml?id={account}&url={self.url}")
        check(status == 200, f"stage yaml: {status}")
        plain = text.strip().replace(", announce: true", "").replace(", poll: 1s", "")
        return f"  - {plain[:-1]}, {extra}}}"

    def stop(self):
        self.process.kill()
        self.process.wait()


def end(process):
    """Kills it where it still runs: no test leaves a program behind, however it ends."""
    if process.poll() is None:
        process.kill()
        process.wait()


class Program:
    """One signalbox with its configuration and state in a directory of its own."""

    def __init__(self, yaml, wrapper=None):
        need(SIGNALBOX)
        self.directory = tempfile.mkdtemp(prefix="signalbox-test-")
        self.config = os.path.join(self.directory, "signalbox.yaml")
        with open(self.config, "w", encoding="utf-8") as out:
            out.write(yaml)
        self.wrapper = wrapper or []
        self.process = None
        self.public = self.control = ""
        self.log = open(os.path.join(self.directory, "log"), "a", encoding="utf-8")

    def start(self, wrapper=None, answers=200):
        """Starts it; gives the seconds until /healthz answered that, or None when it died first."""
        began = time.monotonic()
        command = (self.wrapper if wrapper is None else wrapper) + [SIGNALBOX, "run", "--config", self.config]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True)
        atexit.register(end, self.process)
        for _ in range(2):
            line = self.process.stdout.readline()
            if not line:
                return None
            name, _, url = line.strip().partition(" ")
            setattr(self, name, url)
        while fetch(self.public + "/healthz")[0] != answers:
            if self.process.poll() is not None or time.monotonic() - began > 20:
                return None
            time.sleep(0.005)
        return time.monotonic() - began

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """A clean stop; gives the exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    def ask(self, path, body=None):
        """The control plane: (status, text)."""
        try:
            with open(os.path.join(self.directory, "control.token"), encoding="utf-8") as token:
                secret = token.read().strip()
        except OSError:
            return 0, ""
        return fetch(self.control + path, body, {"Authorization": "Bearer " + secret})

    def say(self, text, key=""):
        return self.ask("/api/posts", {"text": text, "id": key})

    def board(self):
        status, text = fetch(self.public + "/api/board.json")
        return json.loads(text) if status == 200 else None

    def state(self, service):
        board = self.board()
        return board and {s["id"]: s["state"] for s in board["services"]}.get(service)

    def outbox(self):
        status, text = self.ask("/api/outbox")
        return json.loads(text) if status == 200 else None

    def command(self, *words, stdin=None):
        """Runs a verb of the command line on this configuration."""
        return subprocess.run([SIGNALBOX, words[0], "--config", self.config, *words[1:]], capture_output=True,
                              text=True, input=stdin, timeout=60, check=False)

    def path(self, name):
        return os.path.join(self.directory, name)
