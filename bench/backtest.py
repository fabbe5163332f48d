#!/usr/bin/env python3
"""`signalbox backtest` over a gigabyte of access log, beside `grep -c` and mtail on the same file, interleaved.

Usage: bench/backtest.py [ROUNDS, default 5] [MILLIONS of lines, default 6] [FAILING, default 0.0005]
The file is made anew in a temporary folder, the same each time: 30 days, five services, two outages, slow answers,
callers that hang up, lines nobody can read. Prints throughput beside grep's (limit 2.0) and mtail's (limit 40), peak
memory (limit 64 MiB), and whether every sum equals what awk counts. Needs mtail and awk.
SIGNALBOX_BUILD names the folder of signalbox (default build/bench).
FAILING is the share of requests that fail outside the two outages: the default is a calm month, 0.006 one at the
threshold, with thousands of changes to replay.
"""
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(os.environ.get("SIGNALBOX_BUILD", os.path.join(ROOT, "build/bench")), "signalbox")
BEGIN, DAYS = 1_761_955_200, 30  # 1 November 2025
SLOW = 10.0
CONFIG = """
page: {name: Bench}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
services:
  - {id: API, availability: {source: web, match: '^/api/'}}
  - {id: JS, availability: {source: web, match: '^/js/'}}
  - {id: SHOP, availability: {source: web, match: '^/shop/'}}
  - {id: IMG, availability: {source: web, match: '^/img/'}}
  - {id: SITE, availability: {source: web}}
sources: [{id: web, kind: access_log, path: access.log, every: 60s}]
"""
AWK = r"""
function judge(s) {
  if ($9 == 499 || $9 == 408) { if (!timed || $NF > slow) { total[s]++ } else { out[s]++ }; return }
  total[s]++
  if ($9 < 500 && !(timed && $NF > slow)) good[s]++
}
$4 !~ /^\[/ { bad++; next }
{
  timed = $NF ~ /^[0-9]+\.[0-9]+$/
  judge("SITE")
  if ($7 ~ /^\/api\//) judge("API"); else if ($7 ~ /^\/js\//) judge("JS")
  else if ($7 ~ /^\/shop\//) judge("SHOP"); else if ($7 ~ /^\/img\//) judge("IMG")
}
END { for (s in total) print s, good[s] + 0, total[s], out[s] + 0; print "unparsable", bad + 0, 0, 0 }
"""
MTAIL = r"""
counter requests by service, outcome
/"[A-Z]+ \/(?P<service>[a-z]+)\/[^"]*" (?P<status>\d)\d\d / {
  $status == "5" {
    requests[$service]["bad"]++
  } else {
    requests[$service]["good"]++
  }
}
"""
AGENTS = ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)", "curl/7.88.1")


def rests(chance, bad_share, many=4096):
    """Lines without address and time."""
    made = []
    for _ in range(many):
        place = chance.choice(["api/v1/items", "api/v2/orders", "js/app", "shop/cart", "img/p", "about"])
        status = chance.choices([200, 304, 302, 404, 499, 408], [880, 62, 20, 34, 3, 1])[0]
        if chance.random() < bad_share:
            status = chance.choice([500, 502, 503, 504])
        seconds = chance.choices([chance.random(), 9 + 3 * chance.random()], [999, 1])[0]
        made.append(f'"GET /{place}/{chance.randrange(100000)}?page={chance.randrange(50)} HTTP/1.1" {status} '
                    f'{chance.randrange(50, 90000)} "https://acme.example/{chance.randrange(1000)}" '
                    f'"{chance.choice(AGENTS)}" {seconds:.3f}\n')
    return made


def write_log(path, lines, failing):
    chance = random.Random(20261121)
    well, ill = rests(chance, failing), rests(chance, 0.3)
    heads = [f"10.{i % 200}.{i % 97}.{i % 251} - - [" for i in range(1024)]
    outages = [(0.31, 0.312), (0.74, 0.743)]
    with open(path, "w", encoding="ascii") as out:
        for start in range(0, lines, 10000):
            part = []
            picks = chance.choices(range(4096), k=10000)
            rest = ill if any(a <= start / lines < b for a, b in outages) else well
            for i in range(start, min(start + 10000, lines)):
                if i % (lines // DAYS // 24) == 0 or i == start:
                    hour = time.strftime("%d/%b/%Y:%H:", time.gmtime(BEGIN + i * DAYS * 86400 // lines))
                second = (i * DAYS * 86400 // lines) % 3600
                if second < 2:
                    hour = time.strftime("%d/%b/%Y:%H:", time.gmtime(BEGIN + i * DAYS * 86400 // lines))
                part.append(f"{heads[i & 1023]}{hour}{second // 60:02}:{second % 60:02} +0000] {rest[picks[i - start]]}")
            part.append("worker process exited on signal 9\n")
            out.write("".join(part))


def timed(command, **how):
    """(seconds, seconds of processor time, what it printed)."""
    before = os.times()
    began = time.monotonic()
    out = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, **how).stdout
    took, after = time.monotonic() - began, os.times()
    return took, after.children_user + after.children_system - before.children_user - before.children_system, out


def peak_memory(command):
    """MiB: of a child of a child, so that nothing else counts."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    return int(subprocess.run([sys.executable, "-c", code, *command], capture_output=True, check=True).stdout) / 1024


def same_sums(found, log):
    told = timed(["awk", "-v", f"slow={SLOW}", AWK, log])[2].decode().split("\n")
    want = {name: tuple(map(int, counts)) for name, *counts in map(str.split, filter(None, told))}
    have = {name: (one["good"], one["total"], one["left_out"]) for name, one in found["services"].items()}
    have["unparsable"] = (found["unparsable"], 0, 0)
    for name in want:
        if want[name] != have.get(name):
            print(f"  {name}: awk {want[name]}, backtest {have.get(name)}")
    return want == have


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    lines = int(float(sys.argv[2]) * 1e6) if len(sys.argv) > 2 else 6_000_000
    failing = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0005
    for tool in ("mtail", "awk", PROGRAM):
        if not shutil.which(tool):
            print(f"skipped, because {tool} is not there")
            return 77
    with tempfile.TemporaryDirectory(prefix="signalbox-backtest-") as folder:
        log, config, program = (os.path.join(folder, name) for name in ("access.log", "c.yaml", "requests.mtail"))
        write_log(log, lines, failing)
        for path, text in ((config, CONFIG), (program, MTAIL)):
            with open(path, "w", encoding="ascii") as out:
                out.write(text)
        return compare(rounds, log, {
            "backtest": [PROGRAM, "backtest", "--config", config, log],
            "grep": ["grep", "-c", " 5[0-9][0-9] ", log],
            "mtail": ["mtail", "--one_shot", "--logs", log, "--progs", program, "--logtostderr"]})


def compare(rounds, log, commands):
    size = os.path.getsize(log) / 1e9
    print(f"{size:.2f} GB")
    subprocess.run([*commands["mtail"], "--compile_only"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = {name: [] for name in commands}
    work = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            if name == "mtail" and number >= max(1, rounds // 5):
                continue  # it needs minutes
            took, worked, out = timed(command)
            seconds[name].append(took)
            work[name].append(worked)
            if name == "backtest":
                found = json.loads(out)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    for name, median in medians.items():
        print(f"{name:9} median {median:7.2f} s of {len(seconds[name])} ({size / median:5.2f} GB/s), "
              f"{statistics.median(work[name]):7.2f} s of processor time")
    print(f"throughput beside grep {medians['grep'] / medians['backtest']:.2f} (limit 2.0), "
          f"beside mtail {medians['mtail'] / medians['backtest']:.0f} (limit 40)")
    print("processor time: of one core "
          f"{statistics.median(work['grep']) / statistics.median(work['backtest']):.2f} of grep, "
          f"{statistics.median(work['mtail']) / statistics.median(work['backtest']):.0f} of mtail")
    print(f"peak memory {peak_memory(commands['backtest']):.0f} MiB (limit 64)")
    equal = same_sums(found, log)
    print(f"sums beside awk: {'equal' if equal else 'NOT EQUAL'}; {len(found['changes'])} changes found")
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
