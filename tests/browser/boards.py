"""The boards that browser tests look at: what each is configured with, and what was said on it, in the past and today."""
import glob
import json
import os
import sys
import time
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import Program, check, wait_for  # noqa: E402

HOSTILE = os.path.join(os.environ.get("SIGNALBOX_TEST_DATA", "../shared/data"), "hostile", "blns.json")
VECTORS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "xss.json")

FRAME = """
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
safety: {changes: 10000, within: 10m}
"""
RICH = FRAME + """
page: {name: Acme, url: "https://status.acme.example", time_zone: Europe/Paris}
alerts: {group_wait: 1s}
on_call: {names: [Ada, Grace], from: 2026-01-01}
services:
  - {id: API, name: Public API, group: Core, availability: {source: web, match: "^/api/"}}
  - {id: DB, name: Database, group: Core, availability: {source: silent}}
  - {id: Mail, name: Outgoing mail, group: Core}
  - {id: JS, name: JavaScript delivery, group: Front end}
  - {id: Dash, name: Dashboard, group: Front end}
  - {id: CDN, name: "Content delivery network of Central, Northern and Eastern Europe", group: Front end}
  - {id: Docs, name: Documentation}
  - {id: Blog, name: Weblog}
  - {id: eu-1, name: Frankfurt, group: Europe}
  - {id: eu-2, name: Dublin, group: Europe}
sources:
  - {id: web, kind: access_log, path: access.log, every: 1s}
  - {id: silent, kind: access_log, path: nowhere.log, every: 1s}
"""
QUIET = FRAME + """
page: {name: Quiet, time_zone: UTC}
services: [{id: A, name: Alpha}, {id: B, name: Beta, group: Two}]
"""
PAST = [
    (70, "Dash-DOWN: The dashboard does not open", "Dash-UP: A forgotten certificate was renewed"),
    (12, "JS-ISSUE: Some files come late", "JS-IDENTIFIED: One of three caches is full", "JS-UP: Emptied"),
    (3, "API-DOWN: Every call is refused", "API-UP: A bad rule of the firewall was taken back",
     "API-POSTMORTEM: What went wrong, and what keeps it from coming back: https://acme.example/postmortems/12"),
]
TODAY = [
    "Mail-DOWN: Mail waits, nothing is lost",
    "Mail-IDENTIFIED: The queue's disk is full. See https://acme.example/a/rather/long/address?of=a&ticket=4711 for more",
    "JS,CDN-ISSUE: Slow in Europe\nTwo lines, and <b>no</b> markup",
    "Docs-MAINT [until 23:59]: New shelves",
    "Blog-MAINT [2031-12-02 02:00/2h]: A new machine",
    "eu-1,eu-2-MAINT [2031-12-03 02:00/4h]: New switches",
    "Dash: The old address goes away on Friday",
]


def hundred():
    """100 services in 8 groups, 30 of them with an incident behind them."""
    services = "".join(f"  - {{id: S{n}, name: Service number {n}, group: Region {n % 8}}}\n" for n in range(100))
    return FRAME + "page: {name: Large, url: \"https://status.large.example\", time_zone: Europe/Paris}\nservices:\n" + services


HUNDRED_SAID = [text for n in range(0, 60, 2) for text in (
    f"S{n}-{'DOWN' if n % 4 else 'ISSUE'}: Requests to the machines of region {n % 8} fail",
    f"S{n}-IDENTIFIED: A cable was cut between hall {n} and the exchange; a team is on its way",
    f"S{n}-UP: The cable is mended, and what had waited was sent")][:-2]


def crowd():
    """300 services: more than a wall has boxes for."""
    services = "".join(f"  - {{id: S{n}, name: Payments gateway {n}}}\n" for n in range(300))
    return FRAME + "page: {name: Crowd, time_zone: UTC}\non_call: {names: [Peggy], from: 2026-01-01}\nservices:\n" + services


CROWD_SAID = [f"{','.join(f'S{n}' for n in range(first, first + 7))}-{state}: Pages of group {first} stay empty"
              for first, state in ((10, "DOWN"), (60, "ISSUE"), (110, "ISSUE"), (160, "MAINT [until 23:59]"))]
# So that each has 90 days to show.
HUNDRED_PAST = [(89, "S1-DOWN: The first day", "S1-UP: The first day is over"), (40, "S7-ISSUE: Slow", "S7-UP: Fast again")]


def vectors():
    """Every hostile string there is: ours, and those of the shared data where it is there."""
    with open(VECTORS, encoding="utf-8") as ours:
        found = json.load(ours)
    if os.path.exists(HOSTILE):
        with open(HOSTILE, encoding="utf-8") as theirs:
            found += json.load(theirs)
    return list(dict.fromkeys(text for text in found if text.strip()))


def name_of(text):
    """As a name in the configuration: printable, on one line, of a length that is taken."""
    plain = "".join(c for c in text if c.isprintable() and not 0xD800 <= ord(c) <= 0xDFFF)
    return plain.strip()[:120].replace("${", "$${")


def quoted(text):
    """As YAML takes it: JSON's escapes of what lies beyond 16 bits are none of YAML's."""
    return json.dumps(text, ensure_ascii=False)


def hostile():
    """A service for each string, in a group of that name too."""
    names = [name for text in vectors() if (name := name_of(text))]
    rows = "".join(f"  - {{id: H{n}, name: {quoted(name)}, group: {quoted(f'G{n} {name[:90]}')}}}\n"
                   for n, name in enumerate(names))
    return FRAME + f"page: {{name: {quoted(names[0])}, time_zone: UTC}}\nservices:\n" + rows


def hostile_said():
    texts = vectors()
    return [f"H{n % 40}-{'DOWN' if n % 3 else 'ISSUE'}: {text}" for n, text in enumerate(texts)] + [
        f"H{n}: {text}" for n, text in enumerate(texts[:60])] + [
        f"H{n}-MAINT [2031-12-02 02:00/2h]: {text}" for n, text in enumerate(texts[:60])]


def traffic(program):
    """Requests to the API, one in fifty refused."""
    with open(program.path("access.log"), "a", encoding="utf-8") as log:
        for n in range(400):
            now = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime())
            status = 503 if n % 50 == 0 else 200
            log.write(f'127.0.0.1 - - [{now}] "GET /api/orders HTTP/1.1" {status} 3 "-" "test" 0.0{n % 90 + 10}\n')


def say_all(program, texts):
    """On a busy machine a post may not be accepted in time: the same key makes it one post, however often it is sent."""
    for text in texts:
        key = uuid.uuid4().hex
        wait_for(f"{text!r} is accepted", lambda: program.say(text, key)[0] in (200, 201))  # noqa: B023


def live_through(program, past):
    """What was said days ago, under a clock that is set back. (`faketime` itself would stay between us and the program.)"""
    library = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    for days, *texts in past if library else []:
        back = ["env", f"LD_PRELOAD={library[0]}", f"FAKETIME=-{days}d"]
        check(program.start(back) is not None, f"it starts {days} days ago; see {program.directory}/log")
        say_all(program, texts)
        check(program.stop() == 0, "it stops")


def rich():
    program = Program(RICH)
    live_through(program, PAST)
    open(program.path("access.log"), "w", encoding="utf-8").close()
    check(program.start() is not None, f"it starts; see {program.directory}/log")
    say_all(program, TODAY)
    traffic(program)
    wait_for("the machine has found the API", lambda: any("API" in i["services"] for i in program.board()["incidents"]), seconds=30)
    return program


def said(yaml, texts, past=()):
    program = Program(yaml)
    live_through(program, past)
    check(program.start() is not None, f"it starts; see {program.directory}/log")
    say_all(program, texts)
    return program


BOARDS = {
    "rich": rich,
    "quiet": lambda: said(QUIET, []),
    "hundred": lambda: said(hundred(), HUNDRED_SAID, HUNDRED_PAST),
    "crowd": lambda: said(crowd(), CROWD_SAID),
    "hostile": lambda: said(hostile(), hostile_said()),
}
