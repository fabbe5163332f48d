#!/usr/bin/env python3
"""A program written for Statuspage, by npm's `statuspage.io`, reads our page unchanged and finds what its types promise."""
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import ROOT, SIGNALBOX, Program, check, need, skip, wait_for  # noqa: E402

YAML = """
page: {name: Acme, url: "https://status.example", time_zone: Europe/Paris}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services:
  - {id: API, group: Core}
  - {id: JS, group: Core, start: 2026-01-31}
  - {id: DB}
"""


def main():
    need(SIGNALBOX)
    node = shutil.which("node")
    if node is None or not os.path.isdir(os.path.join(ROOT, "tests", "node_modules", "statuspage.io")):
        skip("npm's statuspage.io is not there (npm ci in tests/)")
    program = Program(YAML)
    try:
        check(program.start() is not None, f"it starts; see {program.directory}/log")
        for text in ("JS-DOWN: gone", "JS-UP: back", "JS-POSTMORTEM: a lamp", "API-DOWN: fire", "API-MONITORING: watching",
                     "DB-MAINT [2031-12-01 02:00/2h]: new shelves"):
            check(program.say(text)[0] == 201, text)
        wait_for("all is told", lambda: (board := program.board()) and board["maintenances"] and program.state("API") == "DOWN")
        script = os.path.join(ROOT, "tests", "e2e", "statuspage_client.mjs")
        done = subprocess.run([node, script, program.public], capture_output=True, text=True, timeout=60, check=False)
        check(done.returncode == 0, done.stdout + done.stderr)
        print(done.stdout.strip())
    finally:
        program.stop()


if __name__ == "__main__":
    main()
