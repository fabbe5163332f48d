#!/usr/bin/env python3
"""Sudden death: kill -9 at random moments while posts stream in and transitions are announced.

Nothing accepted is lost or applied twice, nothing is announced twice, the database stays whole, and the server answers
again within a second. A short form runs always; `./dev test --long` kills 1,000 times.
"""
import collections
import os
import random
import re
import sqlite3
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import LONG, SIGNALBOX, STAGE_SERVER, Program, Stage, check, fetch, need, wait_for  # noqa: E402

KILLS = 1000 if LONG else 25
POSTS = 2000 if LONG else 120
SERVING_WITHIN = 1.0
FLAPS_EVERY = 14.0  # seconds; a window of 5 s turns within it


def config(fedi, bird, room):
    return f"""
page: {{name: Kill, time_zone: UTC}}
listen: {{public: "127.0.0.1:0", control: "127.0.0.1:0"}}
store: "sqlite:signalbox.db"
services:
  - {{id: API, name: API}}
  - {{id: JS, name: JS}}
  - id: WEB
    availability: {{source: web, window: 5s, better_after: 5s, min_requests: 5, stale_after: 5s}}
sources: [{{id: web, kind: access_log, path: access.log, every: 1s}}]
alerts: {{group_wait: 1s}}
safety: {{changes: 1000000, within: 10m}}
accounts:
{fedi}
{bird}
{room}
"""


class Posters:
    """Posts on the network and on the console until told to stop; remembers what was accepted."""

    def __init__(self, program, fedi):
        self.program, self.fedi = program, fedi
        self.accepted = []
        self.network = []
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self.on_console), threading.Thread(target=self.on_network),
                        threading.Thread(target=self.traffic)]
        for thread in self.threads:
            thread.start()

    def on_console(self):
        for number in range(POSTS // 2):
            if self.stop.is_set():
                return
            text = f"API-ISSUE: console {number}." if number % 2 == 0 else f"API-UP: console {number}."
            for _ in range(2000):  # the same key until it is accepted
                status, _ = self.program.say(text, f"key-{number}")
                if status == 201:
                    self.accepted.append(f"console {number}.")
                    break
                time.sleep(0.02)
            time.sleep(random.uniform(0, 0.05))

    def on_network(self):
        for number in range(POSTS // 2):
            if self.stop.is_set():
                return
            state = "ISSUE" if number % 2 == 0 else "UP"
            self.fedi.post(f"JS-{state}: network {number}.")
            self.network.append(f"network {number}.")
            time.sleep(random.uniform(0, 0.1))

    def traffic(self):
        """An access log whose requests fail and succeed by turns."""
        began = time.monotonic()
        with open(self.program.path("access.log"), "a", encoding="utf-8") as log:
            while not self.stop.is_set():
                failing = int((time.monotonic() - began) / FLAPS_EVERY) % 2 == 1
                status = 500 if failing else 200
                now = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime())
                for _ in range(5):
                    log.write(f'127.0.0.1 - - [{now}] "GET / HTTP/1.1" {status} 3 "-" "-"\n')
                log.flush()
                time.sleep(0.1)

    def posting(self):
        return any(thread.is_alive() for thread in self.threads[:2])

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()


def numbers(texts, word):
    """How often each `WORD n.` stands in the texts."""
    return collections.Counter(match for text in texts for match in re.findall(rf"{word} \d+\.", text))


def texts_received(program):
    """The text of every post of staff in the ledger, from the audit log; our own words, read back, are not staff's."""
    import json
    after, texts = 0, []
    while True:
        status, text = program.ask(f"/api/audit?after={after}&most=500")
        check(status == 200, f"audit: {status} {text[:200]}")
        events = json.loads(text)
        if not events:
            return texts
        after = events[-1]["seq"]
        texts += [e["post"]["text"] for e in events
                  if e["kind"] == "post_received" and e["verdict"] not in ("echo", "ignored")]


def settled(program):
    rows = program.outbox()
    return rows is not None and all(row["state"] in ("sent", "failed", "cancelled") for row in rows)


def kill_again_and_again(program, posters):
    slowest = 0.0
    kills = 0
    while kills < KILLS or posters.posting():
        time.sleep(random.uniform(0.02, 0.4))
        if kills < KILLS:
            program.kill()
            kills += 1
            took = program.start()
            check(took is not None, f"it starts after kill {kills}; see {program.directory}/log")
            slowest = max(slowest, took)
    return slowest


def examine(program, posters, networks):
    received = texts_received(program)
    for word, expected in (("console", posters.accepted), ("network", posters.network)):
        counted = numbers(received, word)
        lost = [one for one in expected if counted[one] == 0]
        twice = [one for one, times in counted.items() if times > 1]
        check(not lost, f"{len(lost)} accepted posts lost: {lost[:5]}")
        check(not twice, f"{len(twice)} posts applied twice: {twice[:5]}")
    for name, stage in networks.items():
        heard = collections.Counter(h["text"] for h in stage.heard())
        twice = [text for text, times in heard.items() if times > 1]
        check(not twice, f"{len(twice)} announcements said twice on {name}: {twice[:3]}")
        told = numbers(heard, "console")
        missing = [one for one in posters.accepted if told[one] == 0]
        check(not missing, f"{len(missing)} of {len(posters.accepted)} not told on {name}: {missing[:3]}")
    for name in ("signalbox.db", "signalbox.db-readings"):
        with sqlite3.connect(program.path(name)) as database:
            whole = database.execute("PRAGMA integrity_check").fetchone()[0]
            check(whole == "ok", f"{name}: {whole}")


def main():
    need(SIGNALBOX, STAGE_SERVER)
    random.seed(int(os.environ.get("SIGNALBOX_SEED", "1")))
    stages = {"fedi": Stage("mastodon"), "bird": Stage("twitter"), "room": Stage("slack")}
    program = Program("")
    with open(program.config, "w", encoding="utf-8") as out:
        out.write(config(stages["fedi"].yaml("fedi"), stages["bird"].yaml("bird"),
                         stages["room"].yaml("room", "announce: true, staff: true, poll: 1s")))
    try:
        check(program.start() is not None, f"it starts; see {program.directory}/log")
        wait_for("first contact", lambda: fetch(program.public + "/readyz")[0] == 200)
        time.sleep(2)
        posters = Posters(program, stages["fedi"])
        slowest = kill_again_and_again(program, posters)
        wait_for("the last posts are read", lambda: len(numbers(texts_received(program), "network")) == POSTS // 2, 120)
        wait_for("every delivery is settled", lambda: settled(program), 300)
        posters.end()
        check(program.stop() == 0, "a clean stop exits 0")
        program.start()
        examine(program, posters, {"bird": stages["bird"], "room": stages["room"]})
        print(f"{KILLS} kills, {len(posters.accepted) + len(posters.network)} posts: none lost, none twice; "
              f"serving again after {slowest:.2f} s at most")
        check(slowest <= SERVING_WITHIN or not LONG, f"serving again within {SERVING_WITHIN} s")
    finally:
        program.kill()
        for stage in stages.values():
            stage.stop()


if __name__ == "__main__":
    main()
