#!/usr/bin/env python3
"""Death at a write: the process is killed at its n-th write to a file, for every n (a sample in the short form).

What was acknowledged before is there afterwards, once; what was not is there whole or not at all; each is told on the
other accounts once; the database is whole.
"""
import collections
import concurrent.futures
import itertools
import os
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import (LONG, SIGNALBOX, STAGE_SERVER, Program, Stage, can_trace, check, killed_at_write, need,  # noqa: E402
                     skip, wait_for)

POSTS = 6
AT_ONCE = 6       # deaths side by side: most of one is the outbox's patience before it looks back
SETTLED_IN = 120  # seconds; looking back takes 35
CONFIG = """
page: {name: Kill, time_zone: UTC}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services: [{id: API}]
accounts:
"""


def words(number):
    return f"API-{'UP' if number % 2 else 'ISSUE'}: post {number}."


def post_until_death(program):
    """Posts until the process dies; gives the numbers that were acknowledged."""
    accepted = []
    for number in range(POSTS):
        status, _ = program.say(words(number), f"key-{number}")
        if status != 201:
            break
        accepted.append(number)
    return accepted


def settled(program):
    rows = program.outbox()
    return rows is not None and all(row["state"] in ("sent", "failed", "cancelled") for row in rows)


def examine_ledger(program, accepted, when):
    def audit():  # a busy program answers 503
        status, text = program.ask("/api/audit?after=0&most=500")
        check(status in (200, 503), f"audit after death at write {when}: {status}")
        return text if status == 200 else None
    text = wait_for(f"audit after death at write {when}", audit)
    kept = []
    for number in range(POSTS):
        times = text.count(f'"text":"{words(number)}"')
        check(times <= 1, f"post {number} applied {times} times after death at write {when}")
        check(times == 1 or number not in accepted, f"accepted post {number} lost by death at write {when}")
        kept += [number] * times
    return kept


def examine_stages(stages, kept, when):
    for name, stage in stages.items():
        heard = collections.Counter(h["text"] for h in stage.heard())
        for number in kept:
            times = sum(n for text, n in heard.items() if f"post {number}." in text)
            check(times == 1, f"post {number} told {times} times on {name} after death at write {when}")


def examine(program, stages, accepted, when):
    check(program.start(wrapper=[]) is not None, f"it starts after death at write {when}; see {program.directory}/log")
    kept = examine_ledger(program, accepted, when)
    wait_for(f"deliveries settled after death at write {when}", lambda: settled(program), SETTLED_IN)
    examine_stages(stages, kept, when)
    program.stop()
    with sqlite3.connect(program.path("signalbox.db")) as database:
        check(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok", f"integrity after write {when}")


def one_death(when, store_is_there):
    """True while a thread of the process still reaches its `when`-th write."""
    stages = {"bird": Stage("twitter"), "room": Stage("slack")}
    program = Program(CONFIG + "\n".join(stage.yaml(name) for name, stage in stages.items()) + "\n")
    try:
        if store_is_there:
            program.start(wrapper=[])
            program.stop()
        started = program.start(wrapper=killed_at_write(when))
        accepted = post_until_death(program) if started is not None else []
        if len(accepted) == POSTS:
            wait_for("death or peace", lambda: program.process.poll() is not None or settled(program), SETTLED_IN)
        died = program.process.poll() is not None or len(accepted) < POSTS
        program.process.kill()
        program.process.wait()
        wait_for("nothing of it runs", lambda: subprocess.run(["pkill", "-9", "-f", program.config], check=False).returncode == 1)
        examine(program, stages, accepted, when)
    finally:
        program.process.kill()
        for stage in stages.values():
            stage.stop()
    shutil.rmtree(program.directory, ignore_errors=True)
    return died


def places():
    """(n, whether the store was there before): a first start makes it, with writes of its own."""
    if LONG:
        return ((n, store_is_there) for n in itertools.count(1) for store_is_there in (False, True))
    return itertools.chain(((n, False) for n in (10, 40, 70)), ((n, True) for n in range(4, 90, 5)))


def died_at(place):
    """(whether it died there, whether all was well afterwards)."""
    try:
        return one_death(*place), True
    except SystemExit:
        return True, False


def main():
    need(SIGNALBOX, STAGE_SERVER)
    if not can_trace():
        skip("strace cannot trace here")
    waiting = iter(places())
    deaths = wrong = 0
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as side_by_side:
        while batch := list(itertools.islice(waiting, AT_ONCE)):
            ends = list(side_by_side.map(died_at, batch))
            deaths += sum(died for died, _ in ends)
            wrong += sum(not well for _, well in ends)
            if not any(died for died, _ in ends):
                break
    check(wrong == 0, f"all is well after a death at a write; it was not after {wrong} of {deaths}")
    check(deaths > 3, "the process was killed at a few writes at least")
    print(f"{deaths} deaths at a write: nothing accepted was lost, nothing stands or was told twice")


if __name__ == "__main__":
    main()
