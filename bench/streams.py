#!/usr/bin/env python3
"""5,000 live streams on the whole program: from the 201 of a post to the last stream that has it, and what page requests
take meanwhile beside what they took before anybody streamed.

Usage: bench/streams.py [STREAMS, default 5000] [POSTS, default 20]
Limits: the last stream 1 s after acceptance; the page's p99 max(1.2 x idle, idle + 5 ms). The page is asked by a process of
its own all the while, and the streams are read by another, so that neither waits for this one.
"""
import multiprocessing
import os
import resource
import selectors
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "support"))
os.environ.setdefault("SIGNALBOX_BUILD", "build/bench")
from program import Program, check  # noqa: E402

CONFIG = """
page: {name: Streams, time_zone: UTC}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
safety: {changes: 100000, within: 10s}
limits: {connections: 9000}
services: [%s]
""" % ", ".join(f"{{id: S{n}, group: G{n // 10}}}" for n in range(100))


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def address_of(url):
    host, _, port = url.removeprefix("http://").partition(":")
    return host, int(port)


def ask_for_the_page(address, pipe):
    """Asks on one kept connection, 250 times a second, and gives the times when asked for them."""
    request = b"GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n"
    connection = socket.create_connection(address)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    times = []
    while True:
        began = time.perf_counter()
        connection.sendall(request)
        got = connection.recv(65536)
        head, _, body = got.partition(b"\r\n\r\n")
        left = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]) - len(body)
        while left > 0:
            left -= len(connection.recv(left))
        times.append(time.perf_counter() - began)
        if pipe.poll():
            if pipe.recv() == "end":
                return
            pipe.send(times)
            times = []
        time.sleep(max(0, 0.004 - times[-1] if times else 0))


def read_streams(address, count, pipe):
    """Opens the streams; then, for each word it is told, when the first and the last stream had it."""
    os.nice(19)  # the readers of the world have processors of their own
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    ready = selectors.EpollSelector()
    for number in range(count):
        stream = socket.create_connection(address)
        stream.sendall(b"GET /live HTTP/1.1\r\nHost: x\r\n\r\n")
        check(b"200 OK" in stream.recv(4096), f"stream {number} is open")
        stream.setblocking(False)
        ready.register(stream, selectors.EVENT_READ)
    pipe.send("open")
    while (word := pipe.recv()) != "end":
        # Opened long ago, so that its events are in step with those of the others.
        missing, seen, first = count, set(), None
        while missing:
            events = ready.select(5)
            check(events, f"{missing} streams never had {word}")
            for key, _ in events:
                if word.encode() in key.fileobj.recv(65536) and key.fd not in seen:
                    seen.add(key.fd)
                    missing -= 1
                    first = first or time.monotonic()
        pipe.send((first, time.monotonic()))


def started(target, *arguments):
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=target, args=(*arguments, theirs), daemon=True)
    process.start()
    return process, ours


def page_times(pipe):
    pipe.send("give")
    return pipe.recv()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    posts = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    program = Program(CONFIG)
    check(program.start() is not None, "it starts")
    address = address_of(program.public)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores: only ratios mean anything")
    reader, page = started(ask_for_the_page, address)
    time.sleep(1)
    page_times(page)
    # Before anybody streams there are the same posts: the page changes for them, too.
    for number in range(posts):
        check(program.say(f"S1-{'UP' if number % 2 else 'ISSUE'}: quiet {number}.")[0] == 201, "a post")
        time.sleep(0.4)
    quiet = page_times(page)
    crowd, streams = started(read_streams, address, count)
    check(streams.recv() == "open", "the streams are open")
    page_times(page)
    lasts = []
    for number in range(posts):
        word = f"loud {number}."
        streams.send(word)
        check(program.say(f"S1-{'UP' if number % 2 else 'ISSUE'}: {word}")[0] == 201, "a post")
        accepted = time.monotonic()
        first, last = streams.recv()
        lasts.append((last - accepted, first - accepted))
        time.sleep(0.4)
    loud = page_times(page)
    streams.send("end")
    page.send("end")
    worst = max(last for last, _ in lasts) * 1e3
    print(f"{count:,} streams, {posts} posts: the last has it {percentile([l for l, _ in lasts], 0.5) * 1e3:.0f} ms after acceptance, "
          f"{worst:.0f} ms at worst (limit 1,000); the first after {percentile([f for _, f in lasts], 0.5) * 1e3:.0f} ms")
    idle, busy = percentile(quiet, 0.99) * 1e3, percentile(loud, 0.99) * 1e3
    limit = max(1.2 * idle, idle + 5)
    print(f"the page, {len(quiet)} and {len(loud)} requests: p99 {idle:.2f} ms without streams, {busy:.2f} ms with them "
          f"(limit {limit:.2f}); median {percentile(quiet, 0.5) * 1e3:.2f} and {percentile(loud, 0.5) * 1e3:.2f} ms")
    reader.join(5)
    crowd.join(5)
    program.stop()


if __name__ == "__main__":
    main()
