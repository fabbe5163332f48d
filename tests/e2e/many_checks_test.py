#!/usr/bin/env python3
"""Hundreds of checks, a fifth of them of targets that hang: all start within one interval, evenly; those that hang are
DOWN, and no other ever is; a reload moves nobody's place in the interval."""
import json
import os
import signal
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import SIGNALBOX, Program, check, fetch, need, wait_for  # noqa: E402
from targets import Hanging, Nginx, checks_yaml  # noqa: E402

CHECKS, HANGING, EVERY = 240, 60, 5


def states(program):
    status, text = fetch(program.public + "/api/board.json")
    check(status == 200, f"the board: {status}")
    return {one["id"]: one["state"] for one in json.loads(text)["services"]}


def check_starts(nginx, announced):
    wait_for("every check is made", lambda: len(nginx.firsts()) == CHECKS, EVERY + 10)
    firsts = [first - announced for path, first in nginx.firsts().items()]
    check(max(firsts) < EVERY + 1, f"all start within an interval, the last after {max(firsts):.1f} s")
    seconds = [sum(int(first) == second for first in firsts) for second in range(EVERY)]
    mean = CHECKS / EVERY
    check(max(seconds) < 1.5 * mean and min(seconds) > mean / 2, f"evenly: {seconds} a second")


def check_states(program):
    false_alarms = []

    def settled():
        now = states(program)
        false_alarms.extend(f"{name} {state}" for name, state in now.items()
                            if name.startswith("S") and state not in ("UP", "UNKNOWN"))
        return all(state == ("UP" if name.startswith("S") else "DOWN") for name, state in now.items())
    wait_for("those that hang are DOWN, and the others UP", settled, 6 * EVERY)
    end = time.monotonic() + 2 * EVERY
    while time.monotonic() < end:
        check(settled(), f"it stays so: {states(program)}")
        time.sleep(0.5)
    check(not false_alarms, f"nobody else was ever in trouble: {false_alarms}")


def check_reload(program, nginx):
    """Each check's place in the interval is the same afterwards."""
    def places(since):
        return {path: when % EVERY for when, path in nginx.seen() if when > since}
    before = places(time.time() - EVERY)
    program.process.send_signal(signal.SIGHUP)
    reloaded = time.time()
    wait_for("all are made again", lambda: len(places(reloaded)) == CHECKS, 3 * EVERY)
    after = places(reloaded)
    moved = [min(abs(after[path] - was), EVERY - abs(after[path] - was)) for path, was in before.items()]
    check(statistics.median(moved) < 0.3, f"moved by {statistics.median(moved):.2f} s")


def main():
    need(SIGNALBOX)
    nginx, hanging = Nginx(), Hanging()
    hanging.hang(True)
    program = Program(checks_yaml(CHECKS, EVERY, nginx.url, extra=HANGING, extra_url=hanging.url, timeout=2))
    try:
        nginx.forget()
        check(program.start() is not None, "the program starts")
        check_starts(nginx, time.time())
        check_states(program)
        check_reload(program, nginx)
        check(program.stop() == 0, "a clean stop")
        print("ok")
    finally:
        if program.process:
            program.kill()
        hanging.stop()
        nginx.stop()


main()
