"""The access_log source against real nginx and rsyslog: no line lost or counted twice while logs are moved, packed,
copied and cut, while nginx restarts and while we do; lines by syslog; and the state that an outage makes."""
import glob
import gzip
import http.client
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import Program, check, free_port, skip, wait_for  # noqa: E402

CONFIG = """
page: {{name: Logs}}
listen: {{public: "127.0.0.1:0", control: "127.0.0.1:0"}}
store: "sqlite:signalbox.db"
services:
  - {{id: API, availability: {{source: web, match: ^/api/, window: 5s, better_after: 5s, min_requests: 5}}}}
  - {{id: SITE, availability: {{source: web}}}}
  - {{id: SYS, availability: {{source: sys, tag: front, match: '/api/(ok|bad)$'}}}}
sources:
  - {{id: web, kind: access_log, path: {log}, every: 1s}}
  - {{id: sys, kind: access_log, listen: "127.0.0.1:{syslog}", every: 1s}}
alerts: {{group_wait: 1s}}
"""
NGINX = """
worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;
events {{ worker_connections 256; }}
http {{
  log_format timed '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "-" "-" $request_time';
  access_log {log} timed;
  access_log syslog:server=unix:{folder}/log.sock,nohostname,tag=front timed;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port};
    location /api/ok {{ return 200; }} location /api/bad {{ return 503; }} location / {{ return 404; }} }} }}
"""
RSYSLOG = """
global(workDirectory="{folder}")
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="{folder}/log.sock" RateLimit.Interval="0")
template(name="plain" type="string" string="%rawmsg%\\n")
action(type="omfile" file="{folder}/sent" template="plain")
action(type="omfwd" target="127.0.0.1" port="{syslog}" protocol="tcp" tcp_framing="traditional"
  template="RSYSLOG_SyslogProtocol23Format" action.resumeRetryCount="-1" action.resumeInterval="1"
  queue.type="linkedList" queue.size="100000")
"""


class Load:
    """Requests without pause, until told to stop."""

    def __init__(self, port, share_bad):
        self.port, self.share_bad = port, share_bad
        self.going, self.held = True, threading.Event()
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(2)]
        for thread in self.threads:
            thread.start()

    def run(self):
        number = 0
        while self.going:
            if self.held.is_set():
                time.sleep(0.001)
                continue
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                for _ in range(20):
                    number += 1
                    bad = number % 100 < self.share_bad
                    connection.request("GET", "/api/bad" if bad else "/api/ok" if number % 3 else "/other")
                    connection.getresponse().read()
                connection.close()
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)

    def stop(self):
        self.going = False
        for thread in self.threads:
            thread.join()


class Server:
    def __init__(self, folder, log, syslog):
        self.folder, self.port = folder, free_port()
        self.config = os.path.join(folder, "nginx.conf")
        with open(self.config, "w", encoding="ascii") as out:
            out.write(NGINX.format(folder=folder, log=log, port=self.port))
        with open(os.path.join(folder, "rsyslog.conf"), "w", encoding="ascii") as out:
            out.write(RSYSLOG.format(folder=folder, syslog=syslog))
        self.rsyslog = subprocess.Popen(["rsyslogd", "-n", "-f", f"{folder}/rsyslog.conf", "-i", f"{folder}/rsyslog.pid"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("rsyslog's socket", lambda: os.path.exists(f"{folder}/log.sock"))
        self.start()

    def start(self):
        self.nginx = subprocess.Popen(["/usr/sbin/nginx", "-c", self.config, "-e", f"{self.folder}/error.log"])
        wait_for("nginx", self.answers)

    def answers(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
            connection.request("GET", "/other")
            return connection.getresponse().status == 404
        except OSError:
            return False

    def restart(self):
        self.nginx.send_signal(signal.SIGQUIT)
        self.nginx.wait(20)
        self.start()

    def reopen(self):
        self.nginx.send_signal(signal.SIGUSR1)

    def stop(self):
        for process in (self.nginx, self.rsyslog):
            process.terminate()
            process.wait(20)


def lines_of(log):
    """Every line of the log and of what rotation made of it, counted by us."""
    text = b""
    for path in glob.glob(log + "*"):
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            text += file.read()
    return [line for line in text.split(b"\n") if line]


def sums_of(program, service):
    """(good, total) of all readings kept."""
    try:
        with sqlite3.connect(f"file:{program.path('signalbox.db-readings')}?mode=ro", uri=True) as db:
            table = db.execute("SELECT name FROM sqlite_master WHERE name LIKE 'reading%' AND type = 'table'").fetchone()[0]
            good, total = db.execute(f"SELECT sum(good), sum(total) FROM {table} WHERE service = ?", (service,)).fetchone()
        return int(good or 0), int(total or 0)
    except (sqlite3.Error, TypeError):
        return 0, 0


def expect(program, service, lines, what):
    """Waits for the sums that `lines()` says, which may still be written itself."""
    def want():
        found = lines()
        return sum(b'" 503 ' not in line for line in found), len(found)
    ends = time.monotonic() + 20
    while sums_of(program, service) != want() and time.monotonic() < ends:
        time.sleep(0.1)
    check(sums_of(program, service) == want(), f"{what}: {service} has {sums_of(program, service)}, the lines say {want()}")


def sent(folder):
    """What rsyslog says it sent, as far as it is asked for."""
    with open(f"{folder}/sent", "rb") as file:
        return [line for line in file.read().split(b"\n") if b" /api/" in line]


def pack(path, load):
    """As logrotate does at once. A line written to the old file after gzip read it is lost to everybody: none is."""
    load.held.set()
    time.sleep(0.3)
    subprocess.run(["gzip", path], check=True)
    load.held.clear()


def rotate_under_load(program, server, log, load):
    for number in range(3):
        time.sleep(1.3)
        os.rename(log, f"{log}.{number}")
        server.reopen()
        if number == 1:
            wait_for("nginx to reopen", lambda: os.path.exists(log) and os.path.getsize(log))
            pack(f"{log}.{number}", load)
    time.sleep(1.1)
    server.restart()
    time.sleep(0.7)
    load.held.set()  # what is written between copying and cutting is lost to everybody
    time.sleep(0.3)
    shutil.copyfile(log, log + "-20261121")
    os.truncate(log, 0)
    pack(log + "-20261121", load)
    time.sleep(1.2)
    program.kill()
    os.rename(log, log + ".7")
    server.reopen()
    wait_for("nginx to reopen", lambda: os.path.exists(log) and os.path.getsize(log))
    pack(log + ".7", load)
    time.sleep(0.5)
    check(program.start() is not None, "it starts again")
    time.sleep(1.5)


def compare(program, log):
    check(len(lines_of(log)) > 1000, f"only {len(lines_of(log))} requests")
    expect(program, "SITE", lambda: lines_of(log), "rotation")
    expect(program, "API", lambda: [line for line in lines_of(log) if b" /api/" in line], "rotation")
    return len(lines_of(log))


def main():
    for tool in ("/usr/sbin/nginx", "rsyslogd", "gzip"):
        if not shutil.which(tool):
            skip(f"{tool} is not installed")
    syslog = free_port()
    program = Program("")
    folder = program.directory
    os.chmod(folder, 0o755)
    log = os.path.join(folder, "access.log")
    with open(program.config, "w", encoding="utf-8") as out:
        out.write(CONFIG.format(log=log, syslog=syslog))
    open(log, "wb").close()
    check(program.start() is not None, "it starts")
    wait_for("the first poll", lambda: "UNKNOWN" == program.state("API"))
    time.sleep(1.5)
    server = Server(folder, log, syslog)
    try:
        load = Load(server.port, 30)
        time.sleep(4)
        load.stop()
        expect(program, "SYS", lambda: sent(folder), "syslog")
        heard = len(sent(folder))
        check(heard > 100, f"rsyslog sent only {heard} lines")
        check(wait_for("the outage", lambda: program.state("API") == "DOWN"), "30 % bad is DOWN")
        load = Load(server.port, 0)
        rotate_under_load(program, server, log, load)
        load.stop()
        wait_for("the recovery", lambda: program.state("API") == "UP", 30)
        count = compare(program, log)
        print(f"ok: {count} lines of nginx, {heard} by rsyslog, each counted once")
    finally:
        server.stop()
        program.stop()


main()
