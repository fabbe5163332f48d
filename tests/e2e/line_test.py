#!/usr/bin/env python3
"""The line, whole: a post on a network becomes a page and is told elsewhere; a failing service becomes a post."""
import os
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import SIGNALBOX, STAGE_SERVER, Program, Stage, check, fetch, need, wait_for  # noqa: E402

POLL = 1.0


def config(stages):
    accounts = "\n".join(stage.yaml(name) for name, stage in stages.items())
    return f"""
page: {{name: Line, url: "https://status.line.example", time_zone: UTC}}
listen: {{public: "127.0.0.1:0", control: "127.0.0.1:0"}}
store: "sqlite:signalbox.db"
services:
  - {{id: API, name: Public API}}
  - id: WEB
    availability: {{source: web, window: 5s, better_after: 5s, min_requests: 5, stale_after: 10s}}
sources: [{{id: web, kind: access_log, path: access.log, every: 1s}}]
alerts: {{group_wait: 1s}}
accounts:
{accounts}
"""


class Traffic:
    """Requests in an access log, failing when told to."""

    def __init__(self, path):
        self.path, self.failing, self.stop = path, False, threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        with open(self.path, "a", encoding="utf-8") as log:
            while not self.stop.wait(0.1):
                status = 500 if self.failing else 200
                now = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime())
                log.write(f'127.0.0.1 - - [{now}] "GET / HTTP/1.1" {status} 3 "-" "-" 0.002\n' * 4)
                log.flush()


def heard_with(stage, text):
    return [h["text"] for h in stage.heard() if text in h["text"]]


def a_post_becomes_a_page(program, stages):
    for number, (name, stage) in enumerate(stages.items()):
        text = f"disks caught fire {number}"
        began = time.monotonic()
        stage.post(f"API-ISSUE: {text}")
        wait_for(f"{name}'s post is on the page", lambda t=text: t in fetch(program.public + "/")[1])
        took = time.monotonic() - began
        check(took <= POLL + 1.0, f"{name}: on the page after {took:.2f} s, poll {POLL} s")
        for other, there in stages.items():
            if other == name:
                continue
            wait_for(f"{other} hears what was said on {name}", lambda s=there, t=text: heard_with(s, t))
    time.sleep(2 * POLL)
    for name, stage in stages.items():
        told = [t for t in heard_with(stage, "disks caught fire")]
        check(len(told) == len(stages) - 1, f"{name} was told {len(told)} times: {told}")


def a_failing_service_becomes_a_post(program, stages, traffic):
    wait_for("WEB is measured UP", lambda: program.state("WEB") == "UP", 30)
    traffic.failing = True
    wait_for("WEB is measured DOWN", lambda: program.state("WEB") == "DOWN", 30)
    for name, stage in stages.items():
        wait_for(f"the fall is announced on {name}", lambda s=stage: heard_with(s, "WEB-DOWN"))
    traffic.failing = False
    wait_for("WEB is measured UP again", lambda: program.state("WEB") == "UP", 40)
    for name, stage in stages.items():
        wait_for(f"the recovery is announced on {name}", lambda s=stage: heard_with(s, "WEB-UP"), 40)
        check(len(heard_with(stage, "WEB-DOWN")) == 1, f"one fall on {name}: {stage.heard()}")
        check(len(heard_with(stage, "WEB-UP")) == 1, f"one recovery on {name}")


def main():
    need(SIGNALBOX, STAGE_SERVER)
    stages = {"fedi": Stage("mastodon"), "bird": Stage("twitter"), "ops": Stage("slack")}
    program = Program("")
    with open(program.config, "w", encoding="utf-8") as out:
        out.write(config(stages))
    traffic = Traffic(program.path("access.log"))
    try:
        check(program.start() is not None, f"it starts; see {program.directory}/log")
        time.sleep(2 * POLL)  # first contact with every account
        a_post_becomes_a_page(program, stages)
        a_failing_service_becomes_a_post(program, stages, traffic)
        check(program.stop() == 0, "a clean stop exits 0")
        print("posts from three networks became the page and were told elsewhere once; a fall and its recovery too")
    finally:
        traffic.stop.set()
        program.kill()
        for stage in stages.values():
            stage.stop()


if __name__ == "__main__":
    main()
