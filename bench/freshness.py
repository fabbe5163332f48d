#!/usr/bin/env python3
"""How soon an accepted post is on the page: from the 201 of POST /api/posts to the first answer of `/` that shows it,
with an empty history and with 10,000 updates; then memory, and the start with that history. The physical limit beside
it: an append and fsync in the same directory.
"""
import os
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "support"))
os.environ.setdefault("SIGNALBOX_BUILD", "build/bench")
from program import Program, check, fetch  # noqa: E402

CONFIG = """
page: {name: Fresh, time_zone: UTC}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services: [{id: API}, {id: JS}, {id: DASH}]
"""
HISTORY = 10_000
ROUNDS = 300


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def fsync_times(directory):
    times = []
    with open(os.path.join(directory, "fsync"), "ab") as file:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    return times


def post_to_page(program, name):
    to_accept, to_page = [], []
    for number in range(ROUNDS):
        text = f"{name} {number}."
        began = time.perf_counter()
        status, answer = program.say(("API-ISSUE: " if number % 2 == 0 else "API-UP: ") + text)
        accepted = time.perf_counter()
        check(status == 201, f"{status} {answer}")
        while text not in fetch(program.public + "/")[1]:
            check(time.perf_counter() - accepted < 5, f"'{text}' never came")
        to_accept.append(accepted - began)
        to_page.append(time.perf_counter() - accepted)
    return to_accept, to_page


def show(name, times, limit):
    median, tail = statistics.median(times) * 1e3, percentile(times, 0.99) * 1e3
    print(f"{name:34} median {median:7.2f} ms  p99 {tail:7.2f} ms  p99/fsync p99 {tail / limit:6.2f}")


def resident_mib(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def main():
    program = Program(CONFIG)
    try:
        check(program.start() is not None, "it starts")
        limit = percentile(fsync_times(program.directory), 0.99) * 1e3
        print(f"{'append and fsync':34} p99 {limit:.2f} ms")
        accept, page = post_to_page(program, "empty")
        show("post to 201", accept, limit)
        show("201 to page, empty history", page, limit)
        lines = "\n".join(f"{'JS' if n % 3 else 'DASH'}-{'ISSUE' if n % 6 < 4 else 'UP'}: update number {n}"
                          for n in range(HISTORY))
        began = time.perf_counter()
        for line in lines.splitlines():
            check(program.say(line)[0] == 201, line)
        print(f"{HISTORY} updates accepted in {time.perf_counter() - began:.1f} s, one at a time")
        accept, page = post_to_page(program, "full")
        show("post to 201, 10,000 updates", accept, limit)
        show("201 to page, 10,000 updates", page, limit)
        print(f"resident memory {resident_mib(program.process.pid):.1f} MiB")
        program.kill()
        print(f"start after a kill, with that history: {program.start():.3f} s")
        check(program.stop() == 0, "a clean stop")
        print(f"start after a clean stop: {program.start():.3f} s")
    finally:
        program.kill()


if __name__ == "__main__":
    main()
