#!/usr/bin/env python3
"""Checks in the whole program: a service that answers badly is DOWN and its incident says why, a slow one is ISSUE, trouble of
our own is neither, and no secret is told anywhere."""
import http.server
import os
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import SIGNALBOX, Program, check, fetch, need, wait_for  # noqa: E402

STATUS = {"/api": 200, "/slow": 200}
ASKED = []


class Far(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        path = self.path.split("?")[0]
        ASKED.append((path, self.headers["X-Key"]))
        if path == "/slow":
            time.sleep(0.4)
        self.send_response(STATUS[path])
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


def config(port):
    rules = "every: 1s, down_after: 1, of: 1, up_after: 1"
    asks = f'method: POST, body: hush-body, headers: {{X-Key_file: key.txt}}, {rules}'
    return f"""
page: {{name: Checks, url: "https://status.checks.example", time_zone: UTC}}
listen: {{public: "127.0.0.1:0", control: "127.0.0.1:0"}}
store: "sqlite:signalbox.db"
alerts: {{group_wait: 1s}}
services:
  - id: API
    checks:
      - {{kind: http, url: "http://127.0.0.1:{port}/api?key=hush-query", tries: {{of: 2, apart: 200ms}}, {asks}}}
  - id: SLOW
    checks: [{{kind: http, url: "http://127.0.0.1:{port}/slow", slow_after: 200ms, {asks}}}]
  - id: OURS
    checks: [{{kind: tcp, address: "255.255.255.255:80", {rules}}}]
"""


def texts(program):
    board = program.board() or {"incidents": []}
    return " ".join(update["text"] for incident in board["incidents"] for update in incident["updates"])


def main():
    need(SIGNALBOX)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Far)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    program = Program(config(server.server_address[1]))
    with open(program.path("key.txt"), "w", encoding="utf-8") as out:
        out.write("hush-key\n")
    check(program.start() is not None, "it starts")
    wait_for("API to be UP", lambda: program.state("API") == "UP")
    wait_for("SLOW to be ISSUE", lambda: program.state("SLOW") == "ISSUE")
    check(("/api", "hush-key") in ASKED, "the header's value comes from its file")
    STATUS["/api"] = 503
    wait_for("API to be DOWN", lambda: program.state("API") == "DOWN")
    wait_for("what was wrong", lambda: "1 of 1 checks failed (status 503)" in texts(program))
    check("found trouble (slow: 0.4" in texts(program), texts(program))
    STATUS["/api"] = 200
    wait_for("API to be UP again", lambda: program.state("API") == "UP")
    check(program.state("OURS") == "UNKNOWN", "trouble of our own is no DOWN")
    told = fetch(program.public + "/")[1] + fetch(program.public + "/api/board.json")[1] + program.ask("/api/audit")[1]
    check(program.stop() == 0, "it stops")
    with open(program.path("log"), encoding="utf-8") as log:
        told += log.read()
    check("255.255.255.255" in told, "our own trouble is told")
    check("hush" not in told, "no secret is told")
    print("checks: 1 run")


main()
