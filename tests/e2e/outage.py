"""A service measured by a real server: fed with requests, some of them failing for a while, and the board compared
with what was fed."""
import datetime
import os
import sqlite3
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import Program, check, wait_for  # noqa: E402

EVERY = 2
WINDOW = 10


class Traffic:
    """Feeds `write(second, good, total)` once a second, just after it is over."""

    def __init__(self, write):
        self.write, self.failing, self.fed = write, False, {}
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        second = int(time.time())
        while not self.stop.wait(max(0.0, second + 1 - time.time())):
            total = 20 + second % 7
            good = total - (total // 2 if self.failing else second % 10 == 0)
            self.fed[second] = (good, total)
            self.write(second, good, total)
            second += 1

    def sums(self, begin, end):
        """What was fed from `begin` to `end` (exclusive), as (good, total)."""
        inside = [self.fed.get(second, (0, 0)) for second in range(begin, end)]
        return sum(good for good, _ in inside), sum(total for _, total in inside)

    def close(self):
        self.stop.set()
        self.thread.join()


def config(source, asked):
    return f"""
page: {{name: Shop, url: "https://status.shop.example", time_zone: UTC}}
listen: {{public: "127.0.0.1:0", control: "127.0.0.1:0"}}
store: "sqlite:signalbox.db"
services:
  - id: API
    availability: {{source: far, window: {WINDOW}s, better_after: {WINDOW}s, {asked}}}
sources: [{{id: far, every: {EVERY}s, {source}}}]
"""


def measured(program):
    board = program.board()
    return board and board["services"][0]["measured"]


def compare(program, sums, state):
    """Waits until the board says `state`, and its sums and verdict are those of what was fed."""
    wait_for(f"measured {state}", lambda: (measured(program) or {}).get("state") == state, 60)

    def equal():
        said = measured(program)
        at = int(datetime.datetime.fromisoformat(said["at"].replace("Z", "+00:00")).timestamp())
        good, total = sums(at - WINDOW, at)
        by_hand = "DOWN" if good < 0.9 * total else "ISSUE" if good < 0.99 * total else "UP"
        return by_hand == said["state"] == state and (said["good"], said["total"]) == (good, total)
    wait_for(f"the sums that were fed, while {state}", equal, 30)


def readings(program):
    """Every reading that was kept: (second, good, total), oldest first."""
    with sqlite3.connect(f"file:{program.path('signalbox.db-readings')}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT instant, good, total FROM reading WHERE service = 'API' ORDER BY instant").fetchall()
    return [(instant // 1000, good, total) for instant, good, total in rows]


def compare_whole(program, sums):
    """No interval of the night was lost, none counted twice, and each holds what was fed in it."""
    kept = readings(program)
    check(len(kept) > WINDOW // EVERY, f"only {len(kept)} readings")
    ends = [end for end, _, _ in kept]
    check(ends == list(range(ends[0], ends[-1] + 1, EVERY)), f"an interval is missing, or is there twice: {ends}")
    for end, good, total in kept:
        check((good, total) == sums(end - EVERY, end), f"{good}/{total} until {end}, fed {sums(end - EVERY, end)}")


def night(write, source, asked, sums=None):
    """A good stretch, an outage with our own restart in it, and a recovery. `sums(begin, end)` says what was counted
    in between, where that is not what was fed to the second."""
    traffic = Traffic(write)
    sums = sums or traffic.sums
    program = Program(config(source, asked))
    try:
        check(program.start() is not None, "the program starts")
        compare(program, sums, "UP")
        traffic.failing = True
        compare(program, sums, "DOWN")
        program.kill()
        time.sleep(3 * EVERY)
        check(program.start() is not None, "the program starts again")
        compare(program, sums, "DOWN")
        traffic.failing = False
        compare(program, sums, "UP")
        check(program.stop() == 0, "a clean stop")
        compare_whole(program, sums)
    finally:
        if program.process and program.process.poll() is None:
            program.kill()
        traffic.close()
