"""The influxdb source against the real InfluxDB 1.x: late and changed points, refusals, and a night with an outage."""
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import outage  # noqa: E402
from probe import Probe, free_port, listening, skip, wait_for  # noqa: E402

EVERY = 10
GOOD = 'SELECT sum("n") FROM req WHERE code !~ /^5/'
TOTAL = 'SELECT sum("n") FROM req'


def start(folder, port, inner):
    config = os.path.join(folder, "influxdb.conf")
    with open(config, "w", encoding="utf-8") as out:
        out.write(f"""
reporting-disabled = true
bind-address = "127.0.0.1:{inner}"
[meta]
  dir = "{folder}/meta"
[data]
  dir = "{folder}/data"
  wal-dir = "{folder}/wal"
[http]
  bind-address = "127.0.0.1:{port}"
  auth-enabled = true
  log-enabled = false
[monitor]
  store-enabled = false
""")
    return subprocess.Popen(["influxd", "-config", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ask(port, path, body, **query):
    query.update(u="ann", p="pw")
    url = f"http://127.0.0.1:{port}{path}?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(urllib.request.Request(url, data=body.encode()), timeout=10) as answer:
        return answer.read()


def write(port, counts):
    """`counts`: (second, code, n)."""
    ask(port, "/write", "\n".join(f"req,code={code} n={n} {at}" for at, code, n in counts), db="web", precision="s")


def probe(port, password="pw", database="web", **asked):
    return Probe(meter="influxdb", base_url=f"http://127.0.0.1:{port}", every=EVERY * 1000,
                 settings={"database": database, "user": "ann", "password": password}, questions={"API": asked})


def readings(source, cursor, now):
    got = source("poll", cursor=cursor, now=now * 1000)
    return [(one["instant"] // 1000, one["good"], one["total"]) for one in got["readings"]], got["cursor"]


def check_points(port):
    end = int(time.time()) // EVERY * EVERY
    start_at = end - 4 * EVERY
    write(port, [(at, 200, 9) for at in range(start_at, end)] + [(at, 500, 1) for at in range(start_at + 20, end)])
    source = probe(port, total=TOTAL, good=GOOD)
    got, cursor = readings(source, "", start_at + EVERY + 1)
    assert got == [(start_at + EVERY, 90, 90)], got
    got, cursor = readings(source, cursor, end + 1)
    assert got == [(start_at + 20, 90, 90), (start_at + 30, 90, 100), (end, 90, 100)], got
    got, cursor = readings(source, cursor, end + EVERY + 1)
    assert got == [], got
    write(port, [(end + 3, 200, 7), (end - 5, 500, 11)])  # one late, one that changes what was counted
    got, cursor = readings(source, cursor, end + EVERY + 2)
    assert got == [(end + EVERY, 7, 7)], got
    got, cursor = readings(source, cursor, end + 2 * EVERY + 1)
    assert got == [(end, 90, 110)], got
    source.close()
    bad = probe(port, total=TOTAL, bad='SELECT sum("n") FROM req WHERE code =~ /^5/ AND $time GROUP BY time($every), code')
    got, cursor = readings(bad, "", end + 1)
    assert got == [(end, 90, 110)], got
    bad.close()


def check_refusals(port):
    for how, complaint in [({"database": "nosuch"}, "database not found"), ({"total": "SELECT sum( FROM req"}, "error parsing")]:
        source = probe(port, **{"total": TOTAL, "good": GOOD, **how})
        got = source("poll", cursor="")
        assert got["readings"] == [] and complaint in got["complaints"][0], got
        source.close()
    source = probe(port, password="wrong", total=TOTAL, good=GOOD)
    assert source("poll", cursor="")["error"] == "unauthorized"
    source.close()


def check_night(port):
    ask(port, "/query", "", q="CREATE DATABASE shop")

    def feed(second, good, total):
        ask(port, "/write", f"req,code=200 n={good} {second}\nreq,code=500 n={total - good} {second}",
            db="shop", precision="s")
    outage.night(feed, f'kind: influxdb, base_url: "http://127.0.0.1:{port}", database: shop, user: ann, password: pw',
                 f"good: '{GOOD}', total: '{TOTAL}'")


def main():
    if not shutil.which("influxd"):
        skip("influxdb is not installed")
    folder = tempfile.mkdtemp(prefix="signalbox-influxdb-")
    port = free_port()
    server = start(folder, port, free_port())
    try:
        assert wait_for(lambda: listening(port), 60), "influxd does not listen"
        ask(port, "/query", "", q="CREATE USER ann WITH PASSWORD 'pw' WITH ALL PRIVILEGES")
        ask(port, "/query", "", q="CREATE DATABASE web")
        check_points(port)
        check_refusals(port)
        check_night(port)
        print("ok")
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder)


main()
