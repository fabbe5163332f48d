#!/usr/bin/env python3
"""Death at a write: the process is killed at its n-th write to a file, for every n (a sample in the short form).

What was acknowledged before is there afterwards, once; what was not is there whole or not at all; the database is whole.
"""
import os
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import LONG, SIGNALBOX, Program, check, need, skip  # noqa: E402

CALLS = "pwrite64,fdatasync,fsync,ftruncate,unlink,rename"
POSTS = 6
CONFIG = """
page: {name: Kill, time_zone: UTC}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services: [{id: API}]
"""


def tracer(when):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS}",
            "-e", f"inject={CALLS}:signal=SIGKILL:when={when}"]


def can_trace():
    try:
        return subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], check=False).returncode == 0
    except OSError:
        return False


def post_until_death(program):
    """Posts until the process dies; gives the numbers that were acknowledged."""
    accepted = []
    for number in range(POSTS):
        status, _ = program.say(f"API-ISSUE: post {number}.", f"key-{number}")
        if status != 201:
            break
        accepted.append(number)
    return accepted


def examine(program, accepted, when):
    check(program.start(wrapper=[]) is not None, f"it starts after death at write {when}; see {program.directory}/log")
    status, text = program.ask("/api/audit?after=0&most=500")
    check(status == 200, f"audit after death at write {when}: {status}")
    for number in range(POSTS):
        times = text.count(f'"text":"API-ISSUE: post {number}."')
        check(times <= 1, f"post {number} applied {times} times after death at write {when}")
        check(times == 1 or number not in accepted, f"accepted post {number} lost by death at write {when}")
    program.stop()
    with sqlite3.connect(program.path("signalbox.db")) as database:
        check(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok", f"integrity after write {when}")


def one_death(when):
    """True while the process still reaches its `when`-th write."""
    program = Program(CONFIG)
    started = program.start(wrapper=tracer(when))
    accepted = post_until_death(program) if started is not None else []
    died = program.process.poll() is not None or len(accepted) < POSTS
    program.process.kill()
    program.process.wait()
    subprocess.run(["pkill", "-9", "-f", program.config], check=False)
    examine(program, accepted, when)
    shutil.rmtree(program.directory, ignore_errors=True)
    return died


def main():
    need(SIGNALBOX)
    if not can_trace():
        skip("strace cannot trace here")
    deaths = 0
    step = 1 if LONG else 7
    for when in range(1, 100_000, step):
        if not one_death(when):
            break
        deaths += 1
        if not LONG and deaths >= 15:
            break
    check(deaths > 3, "the process was killed at a few writes at least")
    print(f"{deaths} deaths at a write: nothing accepted was lost, nothing stands twice")


if __name__ == "__main__":
    main()
