#!/usr/bin/env python3
"""What 10,000 checks cost: the processor time of the whole program beside prometheus-blackbox-exporter's own for the
same number of probes at the same pace against the same nginx, on new connections and on kept ones; how evenly they
start; and whether 2,000 hanging targets change the others' latency or the page's.

Usage: bench/checks.py [--rounds N] [--checks N] [--every SECONDS] [--hanging N] [--only cost|hang]
"""
import argparse
import http.client
import os
import sqlite3
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "support"))
os.environ.setdefault("SIGNALBOX_BUILD", "build/bench")
from program import Program, check, fetch, free_port, need, wait_for  # noqa: E402
from targets import Hanging, Nginx, checks_yaml  # noqa: E402

EXPORTER = "/usr/bin/prometheus-blackbox-exporter"
TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mib(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS:"))


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


class Exporter:
    """The peer, and a driver that asks it for probes at a steady pace on kept connections."""

    def __init__(self):
        need(EXPORTER)
        self.port = free_port()
        self.process = subprocess.Popen(
            [EXPORTER, f"--web.listen-address=127.0.0.1:{self.port}", "--config.file=/etc/prometheus/blackbox.yml",
             "--log.level=error"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("the exporter answers", lambda: fetch(f"http://127.0.0.1:{self.port}/-/healthy")[0] == 200)

    def probe(self, target, count, seconds, drivers=16):
        """Its processor time for each of `count` probes of `target`, spread over `seconds`."""
        began, start = processor_seconds(self.process.pid), time.monotonic()

        def drive(number):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            for turn in range(number, count, drivers):
                time.sleep(max(0.0, start + turn * seconds / count - time.monotonic()))
                connection.request("GET", f"/probe?module=http_2xx&target={target}{turn}")
                check(b"probe_success 1" in connection.getresponse().read(), "a probe that succeeds")
            connection.close()
        threads = [threading.Thread(target=drive, args=(number,)) for number in range(drivers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return (processor_seconds(self.process.pid) - began) / count

    def stop(self):
        self.process.kill()
        self.process.wait()


def start(yaml):
    program = Program(yaml)
    seconds = program.start()
    check(seconds is not None, f"the program starts: {program.directory}/log")
    return program, seconds


def ours(nginx, given, kept):
    """The program's processor time a check over one interval, after two to settle; and how it started."""
    nginx.forget()
    program, took = start(checks_yaml(given.checks, given.every, nginx.url, keep_alive=kept))
    announced = time.time()
    try:
        time.sleep(2 * given.every + 2)  # every check was good twice, and is routine
        firsts = nginx.firsts()
        began, seen = processor_seconds(program.process.pid), nginx.count()
        time.sleep(given.every)
        spent, made = processor_seconds(program.process.pid) - began, nginx.count() - seen
        check(made > 0.9 * given.checks, f"{made} of {given.checks} checks made in an interval")
        return {"cost": spent / made, "started": took, "rss": resident_mib(program.process.pid),
                "firsts": sorted(first - announced for first in firsts.values())}
    finally:
        program.kill()


def show_starts(run, given):
    """How evenly the checks of one run started."""
    firsts = run["firsts"]
    bins = [0] * (int(given.every * 10) + 20)
    for first in firsts:  # starts fall on whole tenths: each bin holds one of them, and what comes late
        bins[min(len(bins) - 1, int((first - firsts[0]) * 10 + 0.5))] += 1
    mean = given.checks / (given.every * 10)
    print(f"checks started: {len(firsts)} of {given.checks}, the last {firsts[-1] - firsts[0]:.1f} s after the first "
          f"(limit {given.every:.0f} s)")
    print(f"in any 100 ms at most {max(bins)}, {mean:.1f} on the mean")
    print(f"start of the program {run['started']:.2f} s; resident memory {run['rss']:.0f} MiB")


def cost(given):
    nginx, exporter = Nginx(), Exporter()
    figures = {"new": [], "kept": [], "peer": []}
    try:
        exporter.probe(nginx.url, 200, 1)  # warm
        for _ in range(given.rounds):
            fresh = ours(nginx, given, kept=False)
            figures["new"].append(fresh["cost"])
            figures["peer"].append(exporter.probe(nginx.url, given.checks, given.every))
            figures["kept"].append(ours(nginx, given, kept=True)["cost"])
    finally:
        exporter.stop()
        nginx.stop()
    show_starts(fresh, given)
    peer = statistics.median(figures["peer"])
    print(f"blackbox exporter {peer * 1e6:.0f} µs of processor time a probe")
    for name, limit in (("new", 4), ("kept", 10)):
        own = statistics.median(figures[name])
        print(f"{name} connections: {own * 1e6:.0f} µs a check, ratio {peer / own:.1f} (limit {limit})")


def latencies(program, since):
    """How long the checks of the others took, as kept by the program."""
    path = os.path.join(program.directory, "signalbox.db-readings")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
        rows = file.execute("SELECT latency FROM reading WHERE instant > ? AND service LIKE 'S%' AND latency NOT NULL",
                            (int(since * 1000),)).fetchall()
    check(rows, "the others were checked")
    return [row[0] / 1000 for row in rows]


def page_times(program, seconds):
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        check(fetch(program.public + "/")[0] == 200, "the page")
        times.append(time.monotonic() - began)
        time.sleep(0.02)
    return times


def hang(given):
    """The same program and the same 2,000 targets: first they answer, then they hang."""
    nginx, hanging = Nginx(), Hanging()
    yaml = checks_yaml(given.checks, given.every, nginx.url, extra=given.hanging, extra_url=hanging.url)
    program, _ = start(yaml)
    try:
        time.sleep(given.every + 2)
        phases = []
        for hangs in (False, True):
            hanging.hang(hangs)
            time.sleep(given.every + 10 if hangs else 0)  # every one of them hangs by now
            nginx.forget()
            since = time.time()
            pages = page_times(program, given.every)
            phases.append((percentile(latencies(program, since), 0.99), percentile(pages, 0.99)))
            print(f"{'hanging' if hangs else 'answering'}: {hanging.open()} connections open at the {given.hanging} "
                  f"targets, {nginx.count()} checks of the others")
        for name, before, after in zip(("the others' latency", "the page"), *phases):
            limit = max(1.2 * before, before + 0.005)
            print(f"{name}: p99 {before * 1e3:.1f} ms, with {given.hanging} hanging {after * 1e3:.1f} ms "
                  f"(limit {limit * 1e3:.1f} ms)")
        print(f"resident memory {resident_mib(program.process.pid):.0f} MiB")
    finally:
        program.kill()
        hanging.stop()
        nginx.stop()


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--checks", type=int, default=10_000)
    words.add_argument("--hanging", type=int, default=2_000)
    words.add_argument("--every", type=float, default=30)
    words.add_argument("--only", choices=("cost", "hang"))
    given = words.parse_args()
    if given.only != "hang":
        cost(given)
    if given.only != "cost":
        hang(given)


if __name__ == "__main__":
    main()
