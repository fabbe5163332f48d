#!/usr/bin/env python3
"""Death while readings are kept: the process is killed at its n-th write to a file, and at moments of chance; what was sent
without an answer is sent again, and every reading is corrected once.

After each start, sums of the minute, the hour and the day are those of the readings kept, whatever was acknowledged is among
these, and in the end each counts once. A store that added a correction to the sums instead of its difference, or summed in
another transaction than it keeps, fails here.
"""
import itertools
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import LONG, SIGNALBOX, Program, can_trace, check, killed_at_write, need, skip  # noqa: E402

LETTERS = 16       # of three readings each, each letter followed by its correction
MOMENTS = 40 if LONG else 5
GRAINS = (60, 3600, 86400)
CONFIG = """
page: {name: Kill, time_zone: UTC}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services:
  - {id: API, availability: {source: jobs}}
  - {id: JS, availability: {source: jobs}}
sources: [{id: jobs, kind: push, every: 10s}]
"""


def letters():
    """What is sent, in order: readings some minutes apart, and after each letter the same readings with other counts."""
    begin = int(time.time()) - LETTERS * 240
    for number in range(LETTERS):
        first = [{"source": "jobs", "service": service, "at": begin + number * 240 + shift, "good": number + shift % 7,
                  "total": number + 10} for service, shift in (("API", 0), ("API", 20), ("JS", 0))]
        yield first
        yield [dict(reading, total=reading["total"] + 5) for reading in first]


def send(program, waiting):
    """Sends until all is acknowledged or nobody answers; gives what was acknowledged. What had no answer stays first."""
    taken = []
    while waiting:
        status, text = program.ask("/api/readings", waiting[0])
        if status == 0:
            break
        check(status in (201, 503), f"{status} {text}")
        if status == 201:
            taken.append(waiting.pop(0))
    return taken


def key(reading):
    return reading["service"], reading["at"] * 1000


def kept(database):
    rows = database.execute("SELECT service, instant, good, total FROM reading").fetchall()
    return {(service, instant): (good, total) for service, instant, good, total in rows}


def recounted(readings, grain):
    sums = {}
    for (service, instant), (good, total) in readings.items():
        row = sums.setdefault((service, instant // (grain * 1000) * grain * 1000), [0, 0])
        row[0] += good
        row[1] += total
    return {place: tuple(row) for place, row in sums.items()}


def examine(program, acknowledged, what):
    """The file as the next process finds it."""
    with sqlite3.connect(program.path("signalbox.db-readings")) as database:
        check(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok", f"integrity after {what}")
        readings = kept(database)
        for grain in GRAINS:
            rows = database.execute("SELECT service, start, good, total FROM rollup WHERE grain = ?", (grain,))
            sums = {(service, start): (good, total) for service, start, good, total in rows}
            wrong = sorted(set(sums.items()) ^ set(recounted(readings, grain).items()))
            check(not wrong, f"sums of {grain} s after {what}: {wrong[:2]}")
    for reading in itertools.chain.from_iterable(acknowledged):
        newest = {key(r): r for r in itertools.chain.from_iterable(acknowledged)}[key(reading)]
        found = readings.get(key(reading), (0, 0))[1]
        check(found >= newest["total"], f"acknowledged {newest} is {found} after {what}")
    return readings


def end(process):
    process.kill()
    process.wait()


def finish(program, waiting, acknowledged, what):
    """A new process takes the rest: then everything counts once."""
    check(program.start(wrapper=[]) is not None, f"it starts after {what}; see {program.directory}/log")
    acknowledged += send(program, waiting)
    check(not waiting, f"all is taken after {what}")
    check(program.stop() == 0, f"a clean stop after {what}")
    readings = examine(program, acknowledged, f"{what}, in the end")
    wanted = {key(r): (r["good"], r["total"]) for r in itertools.chain.from_iterable(acknowledged)}
    check(readings == wanted, f"each reading as it was last sent, after {what}")


def life(kill, wrapper, what):
    """One process that dies, and one that goes on; true when the first did die."""
    program = Program(CONFIG)
    waiting, acknowledged = list(letters()), []
    try:
        started = program.start(wrapper=wrapper)
        if started is not None:
            kill(program)
            acknowledged = send(program, waiting)
        died = bool(waiting)
        if wrapper and started is not None:
            subprocess.run(["kill", "-9", *traced(program)], check=False, stderr=subprocess.DEVNULL)
        end(program.process)
        if os.path.exists(program.path("signalbox.db-readings")):
            check(program.start(wrapper=[]) is not None, f"it starts after {what}")
            end(program.process)
            examine(program, acknowledged, what)
        finish(program, waiting, acknowledged, what)
    finally:
        end(program.process)
    shutil.rmtree(program.directory, ignore_errors=True)
    return died


def traced(program):
    """The processes that run on this configuration under a tracer."""
    found = subprocess.run(["pgrep", "-f", f"run --config {program.config}"], capture_output=True, text=True, check=False)
    return found.stdout.split()


def at_a_write(when):
    return life(lambda program: None, killed_at_write(when), f"death at write {when}")


def at_a_moment(chance):
    seconds = chance.uniform(0.0, 0.25)
    return life(lambda program: threading.Timer(seconds, program.process.kill).start(), [], f"death after {seconds:.3f} s")


def main():
    need(SIGNALBOX)
    seed = int.from_bytes(os.urandom(4), "little")
    print(f"seed {seed}")
    chance = random.Random(seed)
    deaths = sum(at_a_moment(chance) for _ in range(MOMENTS))
    if not can_trace():
        skip("strace cannot trace here") if deaths == 0 else None
        print(f"{deaths} deaths at moments; strace cannot trace here")
        return
    for when in itertools.count(1) if LONG else (9, 25, 40, 55, 70, 90, 120):
        died = at_a_write(when)
        deaths += died
        if not died and LONG:
            break
    check(deaths > 2, "the process was killed a few times at least")
    print(f"{deaths} deaths: no minute, hour or day was lost or counted twice")


if __name__ == "__main__":
    main()
