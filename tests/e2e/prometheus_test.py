"""The prometheus source against the real server, which scrapes a page of ours every second."""
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import outage  # noqa: E402
from probe import Probe, free_port, listening, skip, wait_for  # noqa: E402

GOOD = 'http_requests_total{code!~"5.."}'
TOTAL = "http_requests_total"


class Night(http.server.BaseHTTPRequestHandler):
    """Counters of the night's requests, with good ones apart."""
    good = total = 0

    def do_GET(self):
        body = f"night_good {Night.good}\nnight_total {Night.total}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def check_night(port):
    def feed(_, good, total):
        Night.good += good
        Night.total += total

    def value(query, at):
        url = f"http://127.0.0.1:{port}/api/v1/query?query={query}&time={at}"
        with urllib.request.urlopen(url, timeout=5) as answer:
            found = json.load(answer)["data"]["result"]
        return float(found[0]["value"][1]) if found else 0.0

    def sums(begin, at):
        return tuple(value(name, at) - value(name, begin) for name in ("night_good", "night_total"))
    outage.night(feed, f'kind: prometheus, base_url: "http://127.0.0.1:{port}"',
                 "good_counter: night_good, total_counter: night_total", sums)


class Metrics(http.server.BaseHTTPRequestHandler):
    """Nine good requests and a bad one between any two scrapes."""
    scrapes = 0

    def do_GET(self):
        Metrics.scrapes += 1
        body = (f'http_requests_total{{code="200"}} {Metrics.scrapes * 9}\n'
                f'http_requests_total{{code="500"}} {Metrics.scrapes}\n').encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def start(folder, port, target, night):
    config = os.path.join(folder, "prometheus.yml")
    with open(config, "w") as out:
        out.write("global: {scrape_interval: 1s}\nscrape_configs:\n"
                  f"  - {{job_name: shop, static_configs: [{{targets: ['127.0.0.1:{target}']}}]}}\n"
                  f"  - {{job_name: night, static_configs: [{{targets: ['127.0.0.1:{night}']}}]}}\n")
    return subprocess.Popen(
        ["prometheus", "--config.file=" + config, "--storage.tsdb.path=" + folder + "/data",
         f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def probe(port, **asked):
    return Probe(meter="prometheus", base_url=f"http://127.0.0.1:{port}", every=5000, settings={},
                 questions={"API": asked})


def share_is_right(reading):
    return reading["total"] > 0 and abs(reading["good"] / reading["total"] - 0.9) < 0.01


def check(port):
    increase = probe(port, good=f"sum(increase({GOOD}[$every]))",
                     total=f"sum(increase({TOTAL}[$every]))")

    def some_readings():
        got = increase("poll", cursor="")
        return got if got.get("readings") and share_is_right(got["readings"][0]) else None

    first = wait_for(some_readings, 40)
    assert first, "no reading in 40 s"
    later = first["readings"][0]["instant"] + 15500
    assert wait_for(lambda: time.time() * 1000 > later, 30)
    missed = increase("poll", cursor=first["cursor"])["readings"]
    instants = [one["instant"] for one in missed]
    assert len(missed) >= 3 and instants[0] == first["readings"][0]["instant"] + 5000, missed
    assert all(b - a == 5000 for a, b in zip(instants, instants[1:])), instants
    assert all(share_is_right(one) for one in missed), missed
    increase.close()

    counters = probe(port, good_counter=GOOD, total_counter=TOTAL)
    base = counters("poll", cursor="", now=instants[0])
    assert base["readings"] == [], base
    deltas = counters("poll", cursor=base["cursor"], now=instants[-1])["readings"]
    assert len(deltas) == len(instants) - 1 and all(share_is_right(one) for one in deltas), deltas
    assert all(one["total"] == int(one["total"]) for one in deltas), "raw samples are whole"
    counters.close()

    for asked, complaint in [
            (dict(good="vector(1)", total="sum(increase(no_such_total[$every]))"), "two scrapes"),
            (dict(good="vector(0)/vector(0)", total="vector(10)"), "NaN"),
            (dict(good="vector(11)", total="scalar(vector(10))"), "more than total"),
            (dict(good="sum(", total="sum("), "parse error"),
            (dict(good=TOTAL + "[1m]", total=TOTAL + "[1m]"), "matrix")]:
        source = probe(port, **asked)
        got = source("poll", cursor="")
        assert got["readings"] == [] and complaint in got["complaints"][0], got
        source.close()


def main():
    if not shutil.which("prometheus"):
        skip("prometheus is not installed")
    page = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Metrics)
    threading.Thread(target=page.serve_forever, daemon=True).start()
    night = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Night)
    threading.Thread(target=night.serve_forever, daemon=True).start()
    folder = tempfile.mkdtemp(prefix="signalbox-prometheus-")
    port = free_port()
    server = start(folder, port, page.server_port, night.server_port)
    try:
        assert wait_for(lambda: listening(port)), "prometheus does not listen"
        check(port)
        check_night(port)
        print("ok")
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder)


main()
