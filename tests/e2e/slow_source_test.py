#!/usr/bin/env python3
"""A source that hangs, fails or talks nonsense: its own services are UNKNOWN, the others are measured on, and staff
hears of each such source once."""
import http.server
import json
import os
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import SIGNALBOX, STAGE_SERVER, Program, Stage, check, need, wait_for  # noqa: E402

HOURS = threading.Event()


class Prometheus(http.server.BaseHTTPRequestHandler):
    """`/well` answers; `/hangs`, `/fails` and `/babbles` do not; `/half` hangs for one query only."""

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        query, how = form["query"][0], self.path.split("/")[1]
        if how == "hangs" or (how == "half" and query == "slow"):
            HOURS.wait(60)
            return
        number = "9990" if query == "good" else "10000"
        body = {"status": "success", "data": {"resultType": "vector", "result": [
            {"metric": {}, "value": [float(form["time"][0]), number]}]}}
        text = "<html>" + "x" * 5000 if how == "babbles" else json.dumps(body)
        self.send_response(500 if how == "fails" else 200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


SERVICES = {"WELL": ("well", "total"), "HANGS": ("hangs", "total"), "FAILS": ("fails", "total"),
            "BABBLES": ("babbles", "total"), "SLOW": ("half", "slow"), "QUICK": ("half", "total")}


def config(port, stage):
    services = "\n".join(
        f"  - {{id: {service}, availability: {{source: {source}, good: good, total: {total}, window: 5s, better_after: 5s,"
        " stale_after: 20s}}" for service, (source, total) in SERVICES.items())
    sources = "\n".join(f'  - {{id: {how}, kind: prometheus, base_url: "http://127.0.0.1:{port}/{how}", every: 1s}}'
                        for how in sorted({source for source, _ in SERVICES.values()}))
    return f"""
page: {{name: Slow, url: "https://status.slow.example", time_zone: UTC}}
listen: {{public: "127.0.0.1:0", control: "127.0.0.1:0"}}
store: "sqlite:signalbox.db"
services:
{services}
sources:
{sources}
accounts:
{stage.yaml("ops", "staff: true, poll: 1s")}
"""


def check_all(program, stage):
    states = {service: "UNKNOWN" for service in SERVICES} | {"WELL": "UP", "QUICK": "UP"}
    for service, state in states.items():
        wait_for(f"{service} {state}", lambda s=service, want=state: program.state(s) == want, 60)

    def told(source):
        return [one["text"] for one in stage.heard() if f"source {source}" in one["text"]]
    for source in ("hangs", "fails", "babbles", "half"):
        wait_for(f"staff hears of {source}", lambda s=source: told(s), 40)
    time.sleep(10)
    for source in ("hangs", "fails", "babbles", "half"):
        check(len(told(source)) == 1, f"staff hears of {source} once: {told(source)}")
    check(not told("well"), "nothing is said of a source that is well")
    check({service: program.state(service) for service in SERVICES} == states, "nothing changed meanwhile")


def main():
    need(SIGNALBOX, STAGE_SERVER)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Prometheus)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stage = Stage("slack")
    program = Program(config(server.server_port, stage))
    try:
        check(program.start() is not None, "the program starts")
        check_all(program, stage)
        print("ok")
    finally:
        if program.process:
            program.kill()
        stage.stop()
        HOURS.set()


main()
