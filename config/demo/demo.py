#!/usr/bin/env python3
"""The demo: a small service with an access log, and Signalbox watching it. Started by ./dev run.

The service answers on its own port; a handful of imaginary users keep asking it. POST /fail makes it
answer 500, POST /recover makes it well again. Signalbox reads its access log and shows the page.
"""
import argparse
import http.server
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

REQUESTS_PER_SECOND = 25


def port_or_free(wanted):
    """`wanted` if nobody listens there, else a free one."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return probe.getsockname()[1]
            except OSError:
                continue
    raise SystemExit("demo: no free port on 127.0.0.1")


class Service(http.server.BaseHTTPRequestHandler):
    """The service whose users we look after."""

    protocol_version = "HTTP/1.1"
    failing = False
    log_file = None
    lock = threading.Lock()

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        status = 500 if Service.failing and random.random() < 0.6 else 200
        self.answer(status, b"ok\n" if status == 200 else b"sorry\n")
        now = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime())
        line = f'127.0.0.1 - - [{now}] "GET {self.path} HTTP/1.1" {status} 3 "-" "demo" 0.004\n'
        with Service.lock:
            Service.log_file.write(line)
            Service.log_file.flush()

    def do_POST(self):
        if self.path not in ("/fail", "/recover"):
            return self.answer(404, b"POST /fail or /recover\n")
        Service.failing = self.path == "/fail"
        self.answer(200, b"the demo service fails now\n" if Service.failing else b"the demo service is well again\n")

    def log_message(self, *_):
        pass


def keep_asking(port):
    """The imaginary users."""
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/orders", timeout=5).read()
        except OSError:
            pass
        time.sleep(1 / REQUESTS_PER_SECOND)


def write_config(directory, public, control):
    path = os.path.join(directory, "signalbox.yaml")
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"""# Written by ./dev run; config/example.yaml shows everything.
page: {{name: Demo, url: "http://127.0.0.1:{public}", time_zone: UTC}}
listen: {{public: "127.0.0.1:{public}", control: "127.0.0.1:{control}"}}
store: "sqlite:signalbox.db"
services:
  - id: API
    name: Public API
    group: Core
    availability: {{source: web, window: 30s, better_after: 20s, min_requests: 20, stale_after: 30s}}
  - {{id: JS, name: JavaScript library, group: Core}}
  - {{id: DASH, name: Dashboard}}
sources: [{{id: web, kind: access_log, path: access.log, every: 2s}}]
accounts: [{{id: local, kind: local, announce: true, staff: true}}]
alerts: {{group_wait: 3s}}
""")
    return path


def authorized(directory, url):
    with open(os.path.join(directory, "control.token"), encoding="utf-8") as token:
        return urllib.request.Request(url, headers={"Authorization": "Bearer " + token.read().strip()})


def show_announcements(directory, control):
    """Prints what Signalbox says on its accounts, as it says it."""
    seen = set()
    while True:
        time.sleep(1)
        try:
            with urllib.request.urlopen(authorized(directory, control + "/api/outbox"), timeout=5) as answer:
                deliveries = json.load(answer)
        except (OSError, ValueError):
            continue
        for delivery in reversed(deliveries):
            if delivery["state"] == "sent" and delivery["id"] not in seen:
                seen.add(delivery["id"])
                print(f"  announced on '{delivery['account']}': {delivery['text']}", flush=True)


def tell(program, config, public, service):
    print(f"""
The page:       {public}
It watches a demo service that answers about {REQUESTS_PER_SECOND} requests a second.

Try, in another terminal:
  1. say an issue          {program} say --config {config} "JS-ISSUE: the CDN is slow, we are on it"
  2. make the demo fail    curl -X POST http://127.0.0.1:{service}/fail
  3. make it recover       curl -X POST http://127.0.0.1:{service}/recover

1 is on the page at once. After 2, the page turns and Signalbox announces API-ISSUE or API-DOWN by itself within
half a minute; after 3, it announces API-UP. What it announces is printed here. Ctrl-C ends the demo.
""", flush=True)


def start_service(directory):
    Service.log_file = open(os.path.join(directory, "access.log"), "a", encoding="utf-8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port_or_free(8090)), Service)
    port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Thread(target=keep_asking, args=(port,), daemon=True).start()
    return port


def addresses(server):
    """The two lines that `signalbox run` prints first."""
    found = {}
    while len(found) < 2:
        line = server.stdout.readline()
        if not line:
            raise SystemExit(f"demo: the server did not start (exit {server.wait()})")
        name, _, url = line.strip().partition(" ")
        found[name] = url
    return found


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--program", required=True, help="the signalbox program")
    words.add_argument("--state", default="build/demo", help="where the demo lives; emptied at start")
    words.add_argument("--port", type=int, default=8080, help="of the page")
    given = words.parse_args()
    shutil.rmtree(given.state, ignore_errors=True)
    os.makedirs(given.state)
    service = start_service(given.state)
    config = write_config(given.state, port_or_free(given.port), port_or_free(given.port + 1))
    server = subprocess.Popen([given.program, "run", "--config", config], stdout=subprocess.PIPE, text=True)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        at = addresses(server)
        tell(given.program, config, at["public"], service)
        threading.Thread(target=show_announcements, args=(given.state, at["control"]), daemon=True).start()
        sys.exit(server.wait())
    except KeyboardInterrupt:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
