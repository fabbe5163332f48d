#!/usr/bin/env python3
"""Checks by recipe: one far side hangs, one fails, one talks nonsense, one is led astray by a redirect: each marks its
own service and no other, and a key goes to its own host only."""
import http.server
import json
import os
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import SIGNALBOX, Program, check, need, wait_for  # noqa: E402

HOURS = threading.Event()
KEY = "s3cret-key"
SEEN = []
WORD = {"changes": "none"}


class Far(http.server.BaseHTTPRequestHandler):
    """Status pages at `/well`, `/ill`, `/changes`; `/hangs`, `/fails`, `/babbles` and `/redirects` are none."""

    def do_GET(self):
        how = self.path.split("/")[1]
        SEEN.append((self.server.server_port, self.path, self.headers.get("X-Key", "")))
        if how == "hangs":
            HOURS.wait(60)
            return
        indicator = WORD.get(how, {"ill": "critical"}.get(how, "none"))
        text = json.dumps({"page": {}, "status": {"indicator": indicator, "description": ""}})
        self.send_response({"fails": 500, "redirects": 302}.get(how, 200))
        if how == "redirects":
            self.send_header("Location", f"http://127.0.0.1:{OTHER.server_port}/taken")
        text = "<html>" + "x" * 5000 if how == "babbles" else text
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Far)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


FAR, OTHER = serve(), serve()
OWN = """
settings: {base_url: {as: url, required: true}, key: {as: secret}}
request: {url: "${base_url}/status.json", headers: {X-Key: "${key}"}}
rules:
  - {json: /status/indicator, is: none, state: UP}
  - {json: /status/indicator, is: critical, state: DOWN}
"""


def config():
    far = f"http://127.0.0.1:{FAR.server_port}"
    shipped = {"WELL": "well", "ILL": "ill", "HANGS": "hangs", "FAILS": "fails", "BABBLES": "babbles", "CHANGES": "changes"}
    services = [f'  - {{id: {name}, checks: [{{kind: recipe, recipe: statuspage, base_url: "{far}/{how}", every: 1s,'
                ' timeout: 900ms}]}' for name, how in shipped.items()]
    services += [f'  - {{id: {name}, checks: [{{kind: recipe, recipe: ./own.yaml, base_url: "{far}/{how}", every: 1s,'
                 f' timeout: 900ms, key: "{KEY}"}}]}}' for name, how in (("OWN", "own"), ("LED", "redirects"))]
    services += [f'  - {{id: SILENT, checks: [{{kind: recipe, recipe: ./own.yaml, base_url: "{far}/hangs", every: 1s,'
                 ' timeout: 500ms}]}']
    return ('page: {name: Recipes, url: "https://status.recipes.example"}\n'
            'listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}\nstore: "sqlite:signalbox.db"\nservices:\n'
            + "\n".join(services) + "\n")


def check_all(program):
    states = {"WELL": "UP", "ILL": "DOWN", "HANGS": "UNKNOWN", "FAILS": "UNKNOWN", "BABBLES": "UNKNOWN", "CHANGES": "UP",
              "OWN": "UP", "LED": "UNKNOWN", "SILENT": "DOWN"}
    for service, state in states.items():
        wait_for(f"{service} {state}", lambda s=service, want=state: program.state(s) == want, 60)
    WORD["changes"] = "critical"
    wait_for("CHANGES DOWN", lambda: program.state("CHANGES") == "DOWN", 30)
    WORD["changes"] = "none"
    wait_for("CHANGES UP", lambda: program.state("CHANGES") == "UP", 30)
    check({service: program.state(service) for service in states} == states, "the others are what they were")
    keyed = {(port, path.split("/")[1]) for port, path, key in SEEN if key}
    check(keyed == {(FAR.server_port, "own"), (FAR.server_port, "redirects")}, f"the key went to {keyed}")
    check(not [path for port, path, _ in SEEN if port == OTHER.server_port], "no redirect was followed")
    program.log.flush()
    with open(program.path("log"), encoding="utf-8") as log:
        check(KEY not in log.read(), "the key is not in the log")


def main():
    need(SIGNALBOX)
    program = Program(config())
    with open(program.path("own.yaml"), "w", encoding="utf-8") as out:
        out.write(OWN)
    try:
        check(program.start() is not None, "the program starts")
        began = time.monotonic()
        check_all(program)
        print(f"ok, after {time.monotonic() - began:.0f} s")
    finally:
        if program.process and program.process.poll() is None:
            program.kill()
        HOURS.set()


main()
