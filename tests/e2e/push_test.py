"""What scripts push, to the whole program: Statuspage's submission as its scripts write it, our own readings; kept before it
is answered, once, over a kill; refused in one line."""
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import Program, check, wait_for  # noqa: E402

CONFIG = """
page: {name: Push}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services:
  - {id: API}
  - {id: JOBS, availability: {source: jobs, min_requests: 5}}
  - {id: WORD}
  - {id: SOON, start: TOMORROW, availability: {source: jobs}}
sources: [{id: jobs, kind: push, every: 5s}, {id: web, kind: access_log, path: a.log}]
push: {token: sesame}
metrics:
  - {id: mgood, service: API, kind: good}
  - {id: mall, service: API, kind: total}
  - {id: ms, service: API, kind: value, name: Took, unit: ms}
  - {id: hits, service: API, kind: percent, name: Cache hits}
  - {id: early, service: SOON, kind: value}
""".replace("TOMORROW", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86400)))


def send(url, body, token="OAuth sesame", kind="application/json"):
    """(status, JSON)."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": kind})
    if token:
        request.add_header("Authorization", token)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refusal:
        text = refusal.read().decode()
        return refusal.code, json.loads(text) if text.startswith("{") else text


def kept(program, service):
    with sqlite3.connect(f"file:{program.path('signalbox.db-readings')}?mode=ro", uri=True) as db:
        return db.execute("SELECT source, instant / 1000, good, total FROM reading WHERE service = ? ORDER BY instant",
                          (service,)).fetchall()


def statuspages_way(program):
    metrics = f"{program.public}/v1/pages/p1/metrics"
    now = int(time.time()) - 30
    point = {"data": {"timestamp": now, "value": 99}}
    check(send(f"{metrics}/mgood/data.json", point) == (201, point), "a point")
    check(kept(program, "API") == [], "half a pair is no reading")
    program.kill()
    check(program.start() is not None, "it starts again")
    metrics = f"{program.public}/v1/pages/p1/metrics"
    form = f"data[timestamp]={now}&data[value]=100".encode()
    status, _ = send(f"{program.public}/v1/page/p1/metrics/mall/data", form, "Bearer sesame",
                     "application/x-www-form-urlencoded")
    check(status == 201, f"a form: {status}")
    check(kept(program, "API") == [("metrics", now, 99.0, 100.0)], kept(program, "API"))
    several = {"data": {"mgood": [{"timestamp": now + 5, "value": 10}, {"timestamp": now + 10, "value": 11}],
                        "mall": [{"timestamp": now + 5, "value": 10}, {"timestamp": now + 10, "value": 11}],
                        "ms": [{"timestamp": now, "value": 120.5}]}}
    for _ in range(2):  # the same again changes nothing
        status, taken = send(f"{metrics}/data", several)
        check(status == 202 and taken == several["data"], f"several: {status} {taken}")
    check([row[1:] for row in kept(program, "API")] ==
          [(now, 99.0, 100.0), (now + 5, 10.0, 10.0), (now + 10, 11.0, 11.0)], kept(program, "API"))
    wait_for("the verdict", lambda: program.state("API") == "UP")
    curl = subprocess.run(["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", f"{metrics}/ms/data.json", "-H",
                           "Authorization: OAuth sesame", "-X", "POST", "-d", f"data[timestamp]={now}", "-d",
                           "data[value]=7"], capture_output=True, text=True, check=False)
    check(curl.stdout == "201", f"curl: {curl.stdout}")


def drawn(program):
    """A week of points, a minute apart, as a script that catches up sends them; a gap; then the page's tables."""
    metrics = f"{program.public}/v1/pages/p1/metrics"
    now = int(time.time()) // 60 * 60
    minutes = [minute for minute in range(7 * 1440) if not 1440 <= minute < 2880]  # yesterday is missing
    points = [{"timestamp": now - 60 * minute, "value": 90 if minute == 5 else 98} for minute in minutes]
    for first in range(0, len(points), 1000):
        status, _ = send(f"{metrics}/data", {"data": {"hits": points[first:first + 1000]}})
        check(status == 202, f"a thousand points: {status}")
    send(f"{metrics}/hits/data", {"data": {"timestamp": now, "value": 98}})  # the same again
    with sqlite3.connect(f"file:{program.path('signalbox.db-readings')}?mode=ro", uri=True) as db:
        kept_points = db.execute("SELECT count(*), min(value), max(value) FROM point WHERE metric = 'hits'").fetchone()
    check(kept_points == (len(points), 90.0, 98.0), f"{kept_points} of {len(points)}")
    def table(window):
        """Mean, lowest, highest and number of points of each step, newest first; [] until it is there."""
        page = urllib.request.urlopen(f"{program.public}/services/API", timeout=5).read().decode()
        part = page.partition(f"<summary>Cache hits: The last {window}, as a table</summary>")[2].partition("</table>")[0]
        return re.findall(r"<td>([^<]+)</td><td>([^<]+)</td><td>([^<]+)</td><td>(\d+)</td></tr>", part)
    wait_for("the week's points on the page", lambda: sum(int(row[3]) for row in table("7 days")) > 8500)
    week = table("7 days")
    check(any(row[1:3] == ("90%", "98%") for row in week[:2]), f"the lowest of five minutes ago: {week[:2]}")
    check(60 < len(week) < 74, f"{len(week)} steps: a day is missing, and the page says so")
    check(all(int(row[3]) <= 15 for row in table("24 hours")), "quarters of an hour")
    page = urllib.request.urlopen(f"{program.public}/services/API", timeout=5).read().decode()
    check("<title>Cache hits of API, last 7 days</title>" in page and "of 84 steps." in page, "the drawing")
    old = {"data": {"timestamp": now - 15 * 86400, "value": 1}}
    status, said = send(f"{metrics}/hits/data", old)
    check(status == 422 and "older than the 14d" in said["error"], f"{status} {said}")
    status, said = send(f"{metrics}/ms/data", {"data": {"timestamp": now, "value": 2e15}})
    check(status == 422 and "1e15" in said["error"], f"{status} {said}")


def refusals(program):
    metrics = f"{program.public}/v1/pages/p1/metrics"
    point = {"data": {"timestamp": int(time.time()), "value": 1}}
    for token in ("", "OAuth wrong", "sesame", "Basic sesame"):
        check(send(f"{metrics}/mgood/data", point, token)[0] == 401, f"token '{token}'")
    check(send(f"{metrics}/other/data", point)[0] == 404, "no such metric")
    check(send(f"{program.public}/v1/pages/p1/other", point)[0] == 404, "no such path")
    for body in (b"", b"x", b"[]", b"{}", b'{"data":{"timestamp":1,"value":1}}', b'{"data":7}'):
        status, said = send(f"{metrics}/mgood/data", body)
        check(status == 422 and "\n" not in said["error"], f"{body}: {status} {said}")
    for metric, code in (("mgood", 422), ("ms", 201)):  # what is drawn is not summed
        old = {"data": {"timestamp": int(time.time()) - 3 * 86400, "value": 1}}
        check(send(f"{metrics}/{metric}/data", old)[0] == code, f"three days old, for {metric}")
    check(send(f"{metrics}/mgood/data", b"x" * 70000)[0] == 413, "too large")


def our_way(program):
    now = int(time.time()) - 20
    ask = lambda body: program.ask("/api/readings", body)  # noqa: E731
    one = {"source": "jobs", "service": "JOBS", "at": now, "good": 3, "total": 30}
    check(ask(one)[0] == 201, f"{ask(one)}")
    status, said = ask([dict(one, at=now + 5), dict(one, at=now + 10)])
    check(status == 201 and json.loads(said) == {"accepted": 2}, f"{status} {said}")
    check([row[1] for row in kept(program, "JOBS")] == [now, now + 5, now + 10], kept(program, "JOBS"))
    wait_for("the verdict", lambda: program.state("JOBS") == "DOWN")
    status, said = ask(dict(one, service="SOON"))
    check(status == 201 and "shown nowhere: SOON starts at" in json.loads(said)["note"], f"before its start: {status} {said}")
    point = {"data": {"timestamp": now, "value": 1}}
    status, said = send(f"{program.public}/v1/pages/p1/metrics/early/data.json", point)
    check(status == 201 and said["data"] == point["data"] and "SOON starts at" in said["note"], f"as drawn: {status} {said}")
    for wrong, word in ((dict(one, service="NONE"), "no service"), (dict(one, service="WORD"), "not measured by what is pushed"),
                        (dict(one, source="jbos"), "push as jobs"), (dict(one, source="web"), "does not measure"),
                        (dict(one, good=1, total=1.7e308), "at most 10^11"), (dict(one, good=31), "between 0 and total"),
                        (dict(one, at=now - 3 * 86400), "older than the 2d"), ({"service": "JOBS"}, "source"), (7, "reading")):
        status, said = ask(wrong)
        check(status == 422 and word in said, f"{wrong}: {status} {said}")


def main():
    program = Program(CONFIG)
    check(program.start() is not None, "it starts")
    try:
        statuspages_way(program)
        drawn(program)
        refusals(program)
        our_way(program)
        print("ok")
    finally:
        program.stop()


main()
