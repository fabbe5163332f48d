#!/usr/bin/env python3
"""Everything the program answers beside the page: described by OpenAPI and as described, unharmed by hostile text, readable by
feed and calendar readers, conditional, open to any origin; and the wall board, which follows a post in a browser."""
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import ROOT, SIGNALBOX, Program, browser_profile, check, fetch, free_port, need, wait_for  # noqa: E402

try:
    import feedparser
except ImportError:
    DEBIAN = "/usr/bin/python3"  # where python3-feedparser is, when another python3 comes first
    if os.path.realpath(sys.executable) != os.path.realpath(DEBIAN) and os.path.exists(DEBIAN):
        os.execv(DEBIAN, [DEBIAN, os.path.abspath(__file__)])
    feedparser = None
try:
    import icalendar
except ImportError:
    icalendar = None

NASTY = '<script>alert(1)</script> & "x" ]]> \\; , \u2603 javascript:alert(1)'
YAML = f"""
page: {{name: {json.dumps("Acme " + NASTY)}, url: "https://status.example", time_zone: Europe/Paris}}
on_call: {{names: ["Ada <b>"]}}
listen: {{public: "127.0.0.1:0", control: "127.0.0.1:0"}}
store: "sqlite:signalbox.db"
services:
  - {{id: API, name: {json.dumps("Public " + NASTY)}, group: {json.dumps("Core " + NASTY)}, availability: {{source: web}}}}
  - {{id: JS, name: Library, group: Plain}}
  - {{id: DB}}
sources: [{{id: web, kind: access_log, path: access.log, every: 2s}}]
"""
SERVICE = "API"
# These say as of when they are, so that one may change between two questions.
MOVING = ("/", "/wall", "/embed", "/status.txt", "/api/board.json")


def answer(public, path, method="GET", headers=None):
    """(status, headers, body), as the wire has it."""
    where = urllib.parse.urlsplit(public)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=5)
    connection.request(method, path, headers=headers or {})
    got = connection.getresponse()
    body = got.read()
    connection.close()
    return got.status, dict(got.getheaders()), body


def this_month(program):
    return json.loads(fetch(program.public + "/api/board.json")[1])["as_of"][:7]


def addresses(program, description):
    """(described, real) of every public document."""
    incident = json.loads(fetch(program.public + "/api/v2/incidents.json")[1])["incidents"][0]["id"]
    wall = fetch(program.public + "/wall")[1]
    asset = re.search(r'src="./assets/([^"]+)"', wall).group(1)
    parts = {"{service}": SERVICE, "{incident}": incident, "{asset}": asset, "{month}": this_month(program),
             "{group}": "Plain"}
    for path, item in description["paths"].items():
        if "servers" in item or "get" not in item or path in ("/live", "/healthz", "/readyz"):
            continue
        real = path
        for name, value in parts.items():
            real = real.replace(name, value)
        yield path, real


def is_as_described(description, path, got):
    status, headers, _ = got
    check(status == 200, f"{path}: {status}")
    kinds = list(description["paths"][path]["get"]["responses"]["200"]["content"])
    kind = headers["Content-Type"].split(";")[0]
    check(kind in kinds, f"{path} is {kind}, described as {kinds}")
    check((headers.get("Access-Control-Allow-Origin") == "*") == (kind != "text/html"), f"{path}: origins")
    framed = "X-Frame-Options" not in headers
    check(framed == (path == "/embed"), f"{path}: frames")
    check("ETag" in headers, f"{path} has no ETag")


def is_conditional(public, path, got):
    """HEAD says what GET says; a list, a weak tag and `*` are understood."""
    _, headers, body = got
    tag = headers["ETag"]
    status, head, nothing = answer(public, path, "HEAD")
    check(status == 200 and not nothing and head["Content-Length"] == str(len(body)), f"HEAD {path}: {status} {head}")
    for line in (tag, f'"x", W/{tag}', f'W/"y" , {tag},"z"', "*"):
        status, other, nothing = answer(public, path, headers={"If-None-Match": line})
        check(status == 304 and not nothing and other["ETag"] == tag, f"{path} with {line}: {status}")
        for name in ("Vary", "Access-Control-Allow-Origin", "Cache-Control", "Content-Security-Policy"):
            check(other.get(name) == headers.get(name), f"{path}: {name} of the 304")
    status, _, _ = answer(public, path, headers={"If-None-Match": '"x", "y"'})
    check(status == 200, f"{path} with another tag: {status}")


def settled(public, path):
    """Asked until it can be said: the archive may be looking."""
    return wait_for(path, lambda: (got := answer(public, path))[0] != 503 and got)


def documents(program, description):
    """Every document, held against its description; those that are JSON, for their schema."""
    lines = []
    for path, real in list(addresses(program, description)):
        got = settled(program.public, real)
        is_as_described(description, path, got)
        if not path.startswith("/api/services/") and path not in MOVING:
            is_conditional(program.public, real, got)
        if "json" in got[1]["Content-Type"]:
            lines.append(json.dumps({"path": path, "body": json.loads(got[2])}))
        elif "html" in got[1]["Content-Type"]:
            check(b"<script>" not in got[2] and b"<b>" not in re.sub(rb"<b>(<bdi>)?[^<]*(</bdi>)?</b>", b"", got[2]), f"{path} is not escaped")
    return lines


def match_their_schemas(program, lines):
    node = shutil.which("node")
    if node is None or not os.path.isdir(os.path.join(ROOT, "tests", "node_modules", "ajv")):
        return print("not tried, because npm's ajv is not there: schemas against real answers")
    path = os.path.join(program.directory, "openapi.json")
    with open(path, "w", encoding="utf-8") as out:
        out.write(fetch(program.public + "/api/openapi.json")[1])
    script = os.path.join(ROOT, "tests", "e2e", "openapi_check.mjs")
    done = subprocess.run([node, script, path], input="\n".join(lines), capture_output=True, text=True, check=False)
    check(done.returncode == 0, done.stdout + done.stderr)
    check(f"{len(lines)} answers checked" in done.stdout, done.stdout)
    return print("schemas: " + done.stdout.strip())


def feeds_are_read(program):
    if feedparser is None:
        return print("not tried, because python3-feedparser is not installed: feeds of a service")
    for path, version in ((f"/feeds/{SERVICE}.atom", "atom10"), (f"/feeds/{SERVICE}.rss", "rss20")):
        feed = feedparser.parse(fetch(program.public + path)[1])
        check(not feed.bozo and feed.version == version, f"{path}: {feed.get('bozo_exception')}")
        check(len(feed.entries) == 1 and "<script" not in str(feed.entries[0].get("summary")), f"{path}: {feed.entries}")
    return None


def calendar_is_read(program):
    text = fetch(program.public + "/maintenance.ics")[1]
    check(text.count("BEGIN:VEVENT") == 2, text)
    if icalendar is None:
        return print("not tried, because python3-icalendar is not installed: the calendar in its reader")
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    check([str(event["STATUS"]) for event in events] == ["CONFIRMED"] * 2, f"states: {events}")
    planned = next(event for event in events if "shelves" not in event["SUMMARY"])
    # That reader takes backslashes away twice; tests/unit/web/calendar_test.cc looks at them.
    check(NASTY.replace("\\", "") in str(planned["DESCRIPTION"]).replace("\\", ""), f"description: {planned['DESCRIPTION']}")
    check(planned["DTSTART"].dt.utcoffset().total_seconds() == 0, f"start: {planned['DTSTART'].dt}")
    return None


def wall_follows(program):
    chromium = shutil.which("chromium")
    if chromium is None:
        return print("not tried, because chromium is not installed: the wall board follows a post")
    port = free_port()
    with browser_profile() as profile:
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                   f"--remote-debugging-port={port}", program.public + "/wall"]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            def title():
                text = fetch(f"http://127.0.0.1:{port}/json/list")[1]
                pages = [page for page in json.loads(text or "[]") if page["type"] == "page"]
                return pages[0]["title"] if pages else ""
            wait_for("the board is shown", lambda: title().startswith("DOWN "))
            check(program.say("API-UP: put out")[0] == 201, "the end")
            wait_for("the board follows by itself", lambda: title().startswith("ISSUE "), seconds=10)
        finally:
            browser.terminate()
            browser.wait()
    return print("the wall board followed a post")


def main():
    need(SIGNALBOX)
    program = Program(YAML)
    try:
        check(program.start() is not None, f"it starts; see {program.directory}/log")
        for text in (f"API-DOWN: {NASTY}", "JS-ISSUE: slow", f"DB: {NASTY}", f"DB-MAINT [2031-12-01 02:00/2h]: {NASTY}",
                     "JS-MAINT [2031-12-02 02:00/2h]: new shelves"):
            check(program.say(text)[0] == 201, text)
        wait_for("all is told", lambda: "new shelves" in fetch(program.public + "/maintenance.ics")[1])
        wait_for("it is down", lambda: program.state("API") == "DOWN")
        description = json.loads(fetch(program.public + "/api/openapi.json")[1])
        match_their_schemas(program, documents(program, description))
        feeds_are_read(program)
        calendar_is_read(program)
        wall_follows(program)
    finally:
        program.stop()


if __name__ == "__main__":
    main()
