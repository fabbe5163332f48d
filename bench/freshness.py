#!/usr/bin/env python3
"""How soon an accepted post is on the page: from the 201 of POST /api/posts to the first answer of `/` that shows it,
with an empty history and with 10,000 updates; then memory, and the start with that history. The physical limit beside
it: an append and fsync in the same directory.

Then, with 1,000 services and 3,000 incidents: from the 201 to the first answer of every public document that the post
changes (page, APIs, feeds, text, wall, badge, the service's and the incident's own); the limit is 50 ms for the last of them.

Usage: bench/freshness.py [page|documents, default both] [INCIDENTS, default 3000]
"""
import http.client
import json
import multiprocessing
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


# What a post on S1 changes, in the order a poller asks; each list has a poller of its own, as different readers do.
DOCUMENTS = (("/", "/status.txt", "/services/S1", "/embed", "/badge/S1.svg", "/badge/S1.json"),
             ("/api/v2/summary.json", "/api/board.json", "/api/v2/incidents.json", "/feeds/S1.atom", "/feeds/S1.json"),
             ("/api/v2/components.json", "/history.atom", "/history.rss", "/feed.json", "/api/v2/status.json", "/wall",
              "/api/v2/incidents/unresolved.json"))
MANY = """
page: {name: Fresh, time_zone: UTC}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
safety: {changes: 1000000, within: 10s}
services: [%s]
""" % ", ".join(f"{{id: S{n}, group: G{n // 25}}}" for n in range(1000))


def poll(address, documents, pipe):
    """At each word learns every document's ETag, and then gives when each of them had changed. The readers of the world have
    processors of their own: these give way, and look every 2 ms."""
    os.nice(10)
    connection = http.client.HTTPConnection(address)
    etags = {}

    def changed(document):
        connection.request("GET", document, headers={"If-None-Match": etags.get(document, ""), "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        if answer.status == 200:
            etags[document] = answer.getheader("ETag")
        return answer.status == 200

    for document in documents:
        changed(document)
    pipe.send("ready")
    while pipe.recv() != "end":
        for document in documents:
            changed(document)
        pipe.send("set")
        waiting, seen = list(documents), {}
        until = time.monotonic() + 5
        while waiting and time.monotonic() < until:
            for document in list(waiting):
                if changed(document):
                    seen[document] = time.monotonic()
                    waiting.remove(document)
            time.sleep(0.002)
        pipe.send(seen)


def say_quickly(program, lines):
    host = program.control.removeprefix("http://")
    with open(program.path("control.token"), encoding="utf-8") as token:
        headers = {"Authorization": "Bearer " + token.read().strip(), "Content-Type": "application/json"}
    for number, line in enumerate(lines):
        for _ in range(10):  # on a busy machine some are answered 503; the id makes them repeatable
            connection = http.client.HTTPConnection(host)
            connection.request("POST", "/api/posts", json.dumps({"text": line, "id": f"history {number}"}), headers)
            status = connection.getresponse().status
            connection.close()
            if status == 201:
                break
        check(status == 201, f"{line} {status}")


def every_document(history, rounds=100):
    program = Program(MANY)
    check(program.start() is not None, "it starts")
    began = time.perf_counter()
    say_quickly(program, (line for n in range(history) for line in
                          (f"S{n % 1000}-ISSUE: rack {n} burns.", f"S{n % 1000}-UP: rack {n} is put out.")))
    print(f"{history:,} incidents of 1,000 services in {time.perf_counter() - began:.0f} s")
    address = program.public.removeprefix("http://")
    pollers = []
    for documents in DOCUMENTS:
        ours, theirs = multiprocessing.Pipe()
        multiprocessing.Process(target=poll, args=(address, documents, theirs), daemon=True).start()
        check(ours.recv() == "ready", "a poller")
        pollers.append(ours)
    lasts, each = [], {}
    for number in range(rounds):
        for pipe in pollers:
            pipe.send("go")
        for pipe in pollers:
            check(pipe.recv() == "set", "a poller")
        status, answer = program.say(f"S1-{'UP' if number % 2 else 'ISSUE'}: word {number}.")
        accepted = time.monotonic()
        check(status == 201, answer)
        seen = {}
        for pipe in pollers:
            seen.update(pipe.recv())
        check(len(seen) == sum(map(len, DOCUMENTS)), f"not changed by a post: {set(sum(DOCUMENTS, ())) - set(seen)}")
        lasts.append(max(seen.values()) - accepted)
        for document, at in seen.items():
            each.setdefault(document, []).append(at - accepted)
        time.sleep(0.05)
    for document, times in sorted(each.items(), key=lambda item: statistics.median(item[1])):
        print(f"  {document:36} median {statistics.median(times) * 1e3:6.1f} ms  p99 {percentile(times, 0.99) * 1e3:6.1f} ms")
    print(f"201 to the last of {len(each)} documents   median {statistics.median(lasts) * 1e3:.1f} ms  "
          f"p99 {percentile(lasts, 0.99) * 1e3:.1f} ms (limit 50)")
    for pipe in pollers:
        pipe.send("end")
    program.stop()


def on_the_page():
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


def main():
    wanted = sys.argv[1:] or ["page", "documents"]
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if "page" in wanted:
        on_the_page()
    if "documents" in wanted:
        every_document(next((int(word) for word in wanted if word.isdigit()), 3000))


if __name__ == "__main__":
    main()
