"""Availability in figures, by the whole program: pushed readings with a bad stretch, a maintenance, an incident and a
restart; sums, shares, seconds and the month's report are compared with what this test counts by itself."""
import csv
import io
import json
import math
import os
import sys
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import Program, check, fetch, wait_for  # noqa: E402

DAY = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 2 * 86400))
CONFIG = """
page: {name: Figures, time_zone: UTC}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services:
  - {id: API, start: %s, availability: {source: jobs, min_requests: 5}}
  - {id: WORD}
sources: [{id: jobs, kind: push, every: 5s}]
""" % DAY


def cut(good, total):
    """In percent, cut after three decimals; None of nothing."""
    return None if total == 0 else math.floor(good / total * 100000 + 1e-9) / 1000


def figures(program, service="API", query="", form="json"):
    status, text = fetch(f"{program.public}/api/services/{service}/availability.{form}?{query}")
    return json.loads(text) if status == 200 and form == "json" else (status, text)


def push(program, readings):
    status, said = program.ask("/api/readings", [dict(source="jobs", service="API", at=at, good=good, total=total)
                                                 for at, good, total in readings])
    check(status == 201, f"readings: {status} {said}")


def sums(readings):
    return sum(good for _, good, _ in readings), sum(total for _, _, total in readings)


def told(program, good, total, left_out=0):
    """The answer once it has these sums."""
    def there():
        body = figures(program)
        found = isinstance(body, dict) and body["request_availability"]
        return body if found and (found["good"], found["total"], found["left_out"]) == (good, total, left_out) else None
    return wait_for(f"{good} of {total}, {left_out} left out; not {figures(program)}", there)


def agree(body, readings, step):
    """The rows are what the readings add up to, step by step, nothing where there were none."""
    rows = {row["from"]: row for row in body["rows"] if row["requests"]}
    expected = {}
    for at, good, total in readings:
        begin = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at // step * step))
        so_far = expected.get(begin, (0, 0))
        expected[begin] = (so_far[0] + good, so_far[1] + total)
    found = {begin: (row["requests"]["good"], row["requests"]["total"]) for begin, row in rows.items()}
    check(found == expected, f"rows: {found} instead of {expected}")
    for row in rows.values():
        asked = row["requests"]
        check(asked["percent"] == cut(asked["good"], asked["total"]), f"{row}")


def uptime(body):
    seconds = body["uptime"]["seconds"]
    total = seconds["up"] + seconds["issue"] + seconds["down"]
    check(body["uptime"]["percent"] == cut(total - seconds["down"] - 0.3 * seconds["issue"], total), f"{body['uptime']}")
    return seconds


def refusals(program):
    for query, word in (("step=1s", "write 5m"), ("from=x", "from is no time"), ("from=2100-01-01T00:00:00Z", "before"),
                        ("from=2026-01-01T00:00:00Z&step=1m", "or coarser")):
        status, text = figures(program, query=query)
        check(status == 400 and word in json.loads(text)["error"], f"{query}: {status} {text}")
    check(figures(program, "NONE")[0] == 404, "no such service")
    with urllib.request.urlopen(f"{program.public}/api/services/API/availability.json", timeout=5) as answer:
        tag = answer.headers["ETag"]
        check(answer.headers["Access-Control-Allow-Origin"] == "*" and tag, "others may read it, and keep it")


def main():
    program = Program(CONFIG)
    check(program.start() is not None, "it starts")
    try:
        now = int(time.time()) // 60 * 60
        readings = [(now - 60 * minute, 900 if 20 <= minute < 30 else 1000 - minute % 3, 1000)
                    for minute in range(59, 0, -1)]
        readings = [row for row in readings if row[0] % 600]  # gaps, too
        push(program, readings)
        body = told(program, *sums(readings))
        check(body["request_availability"]["percent"] == cut(*sums(readings)), f"{body['request_availability']}")
        agree(figures(program, query=f"from={now - 3600}&step=1m"), readings, 60)
        agree(figures(program, query=f"from={now - 7200}&step=30m"), readings, 1800)
        wait_for("the windows, which come with the board", lambda: (lambda asked: asked and asked["total"] == sums(readings)[1])(
            figures(program)["windows"]["24h"]["requests"]))
        status, text = figures(program, query=f"from={now - 3600}&step=1m", form="csv")
        table = list(csv.DictReader(io.StringIO(text)))
        check(status == 200 and sum(int(row["total"]) for row in table) == sums(readings)[1], "the same as CSV")
        refusals(program)

        check(program.say("API-MAINT: new disks")[0] == 201, "a maintenance")
        began = time.time()
        wait_for("the maintenance", lambda: program.state("API") == "MAINT")
        push(program, [(math.ceil(time.time()), 1, 50)])
        check(program.say("WORD-DOWN: disks caught fire")[0] == 201, "an incident")
        told(program, *sums(readings), left_out=50)
        check(program.stop() == 0 and program.start() is not None, "it stops and starts again")
        told(program, *sums(readings), left_out=50)
        check(program.say("API-DONE: all new")[0] == 201, "the maintenance ends")
        lasted = time.time() - began
        check(program.say("WORD-UP: put out")[0] == 201, "the incident ends")
        wait_for("the end", lambda: program.state("API") != "MAINT")
        body = wait_for("the seconds", lambda: (lambda b: b["uptime"]["seconds"]["maint"] > 0 and b)(figures(program)))
        check(abs(uptime(body)["maint"] - lasted) < 1.5, f"{body['uptime']}: the maintenance took {lasted:.1f} s")
        word = figures(program, "WORD")
        check(abs(uptime(word)["down"] - lasted) < 2, f"{word['uptime']}: the incident took some {lasted:.1f} s")
        reports(program, sums(readings))
        program.stop()
        reports(program, sums(readings), served=False)
        print("ok")
    finally:
        if program.process.poll() is None:
            program.stop()


def reports(program, expected, served=True):
    """The month by command, and by download, agree."""
    month = time.strftime("%Y-%m", time.gmtime())
    ran = program.command("report", "--month", month, "--format", "json")
    check(ran.returncode == 0, ran.stderr)
    api, word = json.loads(ran.stdout)["services"]
    found = api["request_availability"]
    if time.gmtime(time.time() - 3700).tm_mon == time.gmtime().tm_mon:
        check((found["good"], found["total"], found["left_out"]) == (*expected, 50), f"{found}")
    incidents = word["incidents"]
    check((incidents["count"], incidents["resolved"], incidents["open"]) == (1, 1, 0), f"{incidents}")
    check(abs(incidents["mttr"]["seconds"] - incidents["list"][0]["seconds"]) < 0.01, f"{incidents}")
    check(abs(incidents["mtbf"]["seconds"] - incidents["known_seconds"] + incidents["trouble_seconds"]) < 0.01,
          f"{incidents}")
    check(api["incidents"]["count"] == 0, "a maintenance is no failure")
    if served:
        status, text = fetch(f"{program.public}/api/services/API/reports/{month}.json")
        check(status == 200 and json.loads(text)["request_availability"] == found, f"{status} {text}")
    ran = program.command("report", "--month", month, "--format", "csv", "--service", "WORD")
    (row,) = csv.DictReader(io.StringIO(ran.stdout))
    check(row["service"] == "WORD" and row["incidents"] == "1", ran.stdout)
    ran = program.command("report", "--month", month)
    check("disks caught fire" in ran.stdout and "MTBF" in ran.stdout, ran.stdout)
    for words, code, said in ((["--month", "2026-13"], 2, "is no month"), (["--month", "2999-01"], 2, "is to come"),
                              (["--month", month, "--service", "NONE"], 2, "NONE is on no page"),
                              (["--month", "2020-01"], 0, "")):
        ran = program.command("report", *words)
        check(ran.returncode == code and said in ran.stderr, f"{words}: {ran.returncode} {ran.stderr}")
    check("nothing is known of 2020-01" in ran.stdout, ran.stdout)


main()
