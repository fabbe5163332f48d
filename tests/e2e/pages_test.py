#!/usr/bin/env python3
"""Several pages of one program: two open ones, one behind a token, one behind a password. Every document of each is searched for
what only others may know; passes, wrong tokens, too many passwords, own hosts and the export are tried as a stranger would."""
import gzip
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import copies  # noqa: E402
from program import SIGNALBOX, Program, check, need, wait_for  # noqa: E402

TOKEN = "k3fj29dk3fj29dk3fj29dk3f"
PASSWORD = "correct horse battery"
# What each page may tell; everything of the others is foreign to it.
NAMES = {"EUX": "Zephyr Europe", "USX": "Quartz America", "TOKX": "Nimbus Partners", "PWX": "Vortex Insiders"}
OWN = {"": ["EUX", "USX"], "eu": ["EUX"], "us": ["USX"], "partners": ["TOKX", "EUX"], "staff": ["PWX"]}
HOSTS = {"eu": "status.eu.example", "staff": "staff.example"}


def yaml(password_hash):
    services = "\n".join(f"  - {{id: {id}, name: {json.dumps(name)}, group: {'Wide' if id in ('EUX', 'USX') else 'Near'}}}"
                         for id, name in NAMES.items())
    return f"""
page: {{name: Acme, url: "http://status.example"}}
listen: {{public: "127.0.0.1:0", control: "127.0.0.1:0"}}
store: "sqlite:signalbox.db"
safety: {{changes: 1000, within: 10m}}
services:
{services}
pages:
  - {{slug: eu, name: Acme EU, host: status.eu.example, services: EUX}}
  - {{slug: us, name: Acme US, services: [USX]}}
  - {{slug: partners, name: Acme Partners, services: [TOKX, EUX], private: {{token: "{TOKEN}"}}}}
  - {{slug: staff, name: Acme Staff, host: staff.example, services: PWX, private: {{password_hash_file: staff.hash}}}}
publish:
  - {{kind: directory, path: mirror, every: 1h}}
"""


class Reader:
    """One stranger, perhaps with a pass."""

    def __init__(self, public):
        self.where = urllib.parse.urlsplit(public)
        self.cookie = ""

    def ask(self, path, method="GET", body=None, host="status.example", **headers):
        """(status, headers, body)."""
        connection = http.client.HTTPConnection(self.where.hostname, self.where.port, timeout=10)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", host)
        if self.cookie:
            connection.putheader("Cookie", self.cookie)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None:
            connection.putheader("Content-Type", "application/x-www-form-urlencoded")
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        if body is not None:
            connection.send(body.encode())
        got = connection.getresponse()
        text = got.read()
        connection.close()
        if dict(got.getheaders()).get("Content-Encoding") == "gzip":
            text = gzip.decompress(text)
        return got.status, dict(got.getheaders()), text

    def settled(self, path, **how):
        """As ask(), once what the archive is asked for has come."""
        return wait_for(path, lambda: (lambda got: got if got[0] != 503 else None)(self.ask(path, **how)))

    def open_by(self, answer):
        self.cookie = answer[1].get("Set-Cookie", "").split(";")[0]
        return self


def timeless(answer):
    status, headers, body = answer
    return status, {name: value for name, value in headers.items() if name != "Date"}, body


def walk(reader, top, host):
    """{path: (status, headers, body)} of every document that is linked, listed or described below `top`."""
    found = {}
    description = json.loads(reader.ask(top + "api/openapi.json", host=host)[2])
    open_paths = [path[1:] for path, item in description["paths"].items()
                  if "get" in item and "servers" not in item and "{" not in path
                  and path not in ("/live", "/healthz", "/readyz")]
    waiting = [top + path for path in open_paths]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        got = found[path] = reader.settled(path, host=host)
        if "text/html" not in got[1].get("Content-Type", ""):
            continue
        for link in re.findall(rb'(?:href|src)="([^"#?]+)', got[2]):
            to = urllib.parse.urljoin(path, link.decode())
            if to.startswith(top) and to not in found:
                waiting.append(to)
    return found


def holds_nothing_foreign(slug, found, incidents):
    for path, (status, headers, body) in found.items():
        check(status == 200, f"{slug or 'main'}: {path} is linked and answers {status}")
        for name in [part for id, name in NAMES.items() if id not in OWN[slug] for part in (id, name)]:
            check(name.encode() not in body and name not in str(headers), f"{slug or 'main'}: {path} tells of {name}")
        for id, of in incidents.items():
            if not set(of) & set(OWN[slug]):
                check(id.encode() not in body, f"{slug or 'main'}: {path} tells of incident {id}")


def incidents_of():
    """{id: services} of every incident of the last days, as the pages together tell of them."""
    ids = {name: id for id, name in NAMES.items()}
    found = {}
    for slug in OWN:
        for one in json.loads(READERS[slug].ask(TOPS[slug] + "api/v2/incidents.json")[2])["incidents"]:
            found.setdefault(one["id"], set()).update(ids[component["name"]] for component in one["components"])
    return found


READERS, TOPS = {}, {slug: f"/pages/{slug}/" if slug else "/" for slug in OWN}


def say_everything(program):
    for text in ("EUX,USX-DOWN: Quartz America pulled Zephyr Europe down. Details follow", "USX-ISSUE: only here",
                 "EUX,USX,TOKX-ISSUE: Nimbus Partners, USX and EUX share a switch", "TOKX,PWX-DOWN: the Vortex Insiders and TOKX are out",
                 "TOKX: a notice for TOKX alone", "EUX: a notice that names TOKX and PWX",
                 "EUX,PWX-MAINT [2031-01-01 02:00/2h]: Vortex Insiders and EUX move",
                 "USX-UP: USX is back, Zephyr Europe is not", "PWX-UP: in again"):
        status, answer = program.say(text)
        check(status in (200, 201, 202), f"{text}: {status} {answer}")
    wait_for("the board to show it", lambda: program.state("EUX") in ("DOWN", "ISSUE") and program.state("USX") == "UP")


def open_all(program):
    for slug in OWN:
        READERS[slug] = Reader(program.public)
    READERS["partners"].open_by(READERS["partners"].ask(f"/pages/partners/?token={TOKEN}"))
    form = "password=" + urllib.parse.quote_plus(PASSWORD)
    READERS["staff"].open_by(READERS["staff"].ask("/pages/staff/", "POST", form))


def tells_each_only_its_own():
    incidents = incidents_of()
    check({"EUX", "USX"} <= set().union(*incidents.values()), f"incidents: {incidents}")
    check(any(len(of) > 1 for of in incidents.values()), f"no incident is shared: {incidents}")
    for slug, top in TOPS.items():
        found = walk(READERS[slug], top, "status.example")
        check(len(found) > 25, f"{slug}: only {len(found)} documents were found")
        print(f"{slug or 'main'}: {len(found)} documents")
        holds_nothing_foreign(slug, found, incidents)
        reader = READERS[slug]
        foreign = [id for id in NAMES if id not in OWN[slug]]
        for id in foreign:
            for path in (f"services/{id}", f"badge/{id}.svg", f"badge/{id}.json", f"feeds/{id}.atom", f"feeds/{id}.json",
                         f"api/services/{id}/availability.json", f"api/services/{id}/reports/2026-11.json"):
                check(reader.settled(top + path)[0] == 404, f"{slug}: {path}")
        for id, of in incidents.items():
            got = reader.settled(top + "incidents/" + id)
            check((got[0] == 200) == bool(set(of) & set(OWN[slug])), f"{slug}: incident {id} of {of}: {got[0]}")
    print("every document of five pages tells of its own services only")


def ids_are_the_same():
    main = json.loads(READERS[""].ask("/api/v2/summary.json")[2])
    eu = json.loads(READERS["eu"].ask("/pages/eu/api/v2/summary.json")[2])
    by_name = {one["name"]: one["id"] for one in main["components"]}
    for one in eu["components"]:
        check(by_name.get(one["name"]) == one["id"], f"the component {one['name']} has another id")
    check({one["id"] for one in eu["incidents"]} <= {one["id"] for one in main["incidents"]}, "incidents have other ids")


def own_hosts():
    stranger = READERS["eu"]
    by_host = json.loads(stranger.ask("/api/board.json", host=HOSTS["eu"])[2])
    check([one["id"] for one in by_host["services"]] == ["EUX"], "the page's own host has its services")
    for path in ("/services/USX", "/pages/us/", "/pages/eu/", "/pages/partners/"):
        check(stranger.ask(path, host=HOSTS["eu"])[0] == 404, f"{path} at the page's own host")
    check(b"Zephyr" in stranger.ask("/", host="nobody.example")[2], "an unknown host has the main page")
    closed = Reader(f"http://{stranger.where.netloc}")
    check(closed.ask("/", host=HOSTS["staff"])[0] == 401, "a private page's own host asks for the password")
    form = "password=" + urllib.parse.quote_plus(PASSWORD)
    answer = closed.ask("/", "POST", form, host=HOSTS["staff"])
    check(answer[0] == 303 and "; Path=/;" in answer[1]["Set-Cookie"], f"let in at its own host: {answer[:2]}")
    check(closed.open_by(answer).ask("/", host=HOSTS["staff"])[0] == 200, "and is in")


def a_stranger_sees_nothing(public):
    stranger = Reader(public)
    nowhere = timeless(stranger.ask("/pages/nothing/"))
    check(nowhere[0] == 404, "a page that is none")
    tries = ["", "services/TOKX", "live", "api/v2/summary.json", "?token=", "?token=wrong", f"?token={TOKEN[:-1]}",
             f"?token={TOKEN}x", f"?Token={TOKEN}", "history", "wall", "api/services/TOKX/availability.json"]
    for path in tries:
        check(timeless(stranger.ask("/pages/partners/" + path)) == nowhere, f"/pages/partners/{path} is told apart")
    for headers in ({"If_None_Match": "*"}, {"Authorization": "Bearer x"}, {"Cookie": "signalbox-partners=1-1"},
                    {"Cookie": READERS["staff"].cookie}, {"X_Forwarded_Host": "status.eu.example"}):
        check(timeless(stranger.ask("/pages/partners/", **headers)) == nowhere, f"told apart with {headers}")
    renamed = READERS["staff"].cookie.replace("signalbox-staff", "signalbox-partners")
    check(timeless(stranger.ask("/pages/partners/", Cookie=renamed)) == nowhere, "another page's pass")
    for path in ("/pages/eu/../partners/", "/pages/eu/%2e%2e/partners/", "/pages/%70artners/", "/pages//partners/",
                 "/pages/partners/../eu/", "/pages/staff/../eu/status.txt", "//pages/partners/", "/pages/eu/../../pages/us/"):
        check(stranger.ask(path)[0] in (401, 404), path)
    form = timeless(stranger.ask("/pages/staff/services/PWX"))
    check(form[0] == 401 and form == timeless(stranger.ask("/pages/staff/services/NONE")), "what is there is not told")
    for method in ("HEAD", "POST", "PUT", "OPTIONS"):
        got = stranger.ask("/pages/staff/status.txt", method, "x" if method == "POST" else None)
        check(got[0] == 401 and b"PWX" not in got[2], f"{method}: {got[0]}")


def private_documents_stay_private():
    got = READERS["partners"].ask(f"/pages/partners/status.txt", Authorization="x")
    check(got[0] == 200 and got[1]["Cache-Control"] == "private, no-store", f"{got[1]}")
    check("Access-Control-Allow-Origin" not in got[1] and got[1]["X-Robots-Tag"] == "noindex", f"{got[1]}")
    link = Reader(f"http://{READERS['partners'].where.netloc}").ask(f"/pages/partners/services/TOKX?token={TOKEN}")
    check(link[0] == 302 and link[1]["Location"] == "./TOKX", f"{link[:2]}")
    cookie = link[1]["Set-Cookie"]
    check("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/pages/partners/;" in cookie, cookie)
    check(TOKEN not in cookie and link[1]["Referrer-Policy"] == "no-referrer", "the token is nowhere in the answer")


def streams_tell_their_own(program):
    streams = {}
    for slug in ("", "us", "partners"):
        reader = READERS[slug]
        connection = http.client.HTTPConnection(reader.where.hostname, reader.where.port, timeout=10)
        connection.request("GET", TOPS[slug] + "live", headers={"Cookie": reader.cookie} if reader.cookie else {})
        streams[slug] = connection.getresponse()
        check(streams[slug].status == 200, f"/live of {slug}: {streams[slug].status}")
    program.say("TOKX-DOWN: on the partners' page alone")
    program.say("USX-DOWN: seen on two")

    def next_event(slug):
        while True:
            line = streams[slug].readline()
            if line.startswith(b"data: "):
                return line

    events = {slug: next_event(slug) for slug in streams}
    check(b"TOKX" in events["partners"] and b"USX" not in events["partners"], f"partners: {events['partners']}")
    for slug in ("", "us"):
        check(b"USX" in events[slug] and b"TOKX" not in events[slug], f"{slug}: {events[slug]}")
        check(b"Nimbus" not in events[slug], f"{slug}: {events[slug]}")


def passwords_run_out(public):
    guesser = Reader(public)
    answers = [guesser.ask("/pages/staff/", "POST", f"password=wrong{i}") for i in range(12)]
    check([got[0] for got in answers[:5]] == [401] * 5 and answers[-1][0] == 429, f"{[got[0] for got in answers]}")
    right = guesser.ask("/pages/staff/", "POST", "password=" + urllib.parse.quote_plus(PASSWORD))
    check(right[0] == 429 and "Set-Cookie" not in right[1] and right[2] == answers[-1][2], "the right one is told apart")
    check(READERS["staff"].ask("/pages/staff/")[0] == 200, "who is in stays in")


PRIVATE = ("TOKX", "PWX", "Nimbus", "Vortex", TOKEN, "Acme Partners", "Acme Staff")


def telling(files, words):
    """The names of files that hold one of `words`, or are called by one."""
    return [name for name, body in files.items() for word in words if word in name or word.encode() in body]


def below(files, top):
    return {name.removeprefix(top): body for name, body in files.items() if name.startswith(top)}


def leads_on_within(top, part):
    """Each link of an open page's files leads to a file of its own, but for the one that says as of when all of the copy is."""
    for name, link in copies.lost_links(part):
        up = "../" * (top.count("/") + name.count("/"))
        check(link == up + "as_of.js", f"{top}{name} leads to {link}")


def holds_open_pages_whole(where, files):
    wrong = copies.problems(files)
    check(not wrong, f"{where}: {wrong[:5]}")
    check(not telling(files, PRIVATE), f"{where} tells of private pages: {telling(files, PRIVATE)[:5]}")
    of_all = {name for name in files if not name.startswith("pages/") and "EUX" not in name and "USX" not in name
              and not re.search(r"(^|/)(incidents|groups)/", name) and not name.startswith("as_of.")}
    check({"services/EUX.html", "de/services/USX.html"} <= files.keys(), f"{where}: no services of the main page")
    for slug, own, other in (("eu", "EUX", "USX"), ("us", "USX", "EUX")):
        part = below(files, f"pages/{slug}/")
        missing = of_all - part.keys()
        check(not missing, f"{where}: pages/{slug}/ has no {sorted(missing)[:5]}")
        check({f"services/{own}.html", f"ar/services/{own}.html", f"badge/{own}.svg"} <= part.keys(), f"{where}: no {own} in pages/{slug}/")
        check(any(name.startswith("incidents/") for name in part), f"{where}: no incident in pages/{slug}/")
        foreign = (other, NAMES[other], "Acme " + {"eu": "US", "us": "EU"}[slug])
        check(not telling(part, foreign), f"{where}: pages/{slug}/ tells of {foreign}: {telling(part, foreign)[:5]}")
        leads_on_within(f"pages/{slug}/", part)
    others = [name for name in files if name.startswith("pages/") and not name.startswith(("pages/eu/", "pages/us/"))]
    check(not others, f"{where}: {others[:5]}")


def copies_hold_open_pages_only(program):
    out = program.path("export")
    done = program.command("export", out)
    check(done.returncode == 0, done.stderr)
    exported = copies.folder_files(out)
    holds_open_pages_whole("the export", exported)
    mirror = program.path("mirror")
    wait_for("the mirror follows", lambda: b"seen on two" in copies.folder_files(mirror).get("pages/us/index.html", b"")
             and not copies.problems(copies.folder_files(mirror)))
    holds_open_pages_whole("the mirror", copies.folder_files(mirror))
    print(f"a copy of {len(exported)} files holds two open pages and nothing of two private ones")


def reconfigured(program, old, new):
    with open(program.config, encoding="utf-8") as file:
        text = file.read()
    check(old in text, f"the configuration has no {old}")
    with open(program.config, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new))
    program.process.send_signal(signal.SIGHUP)


def another_token_takes_passes_back(program):
    reconfigured(program, TOKEN, "another-token-of-22-bytes-or-more")
    wait_for("the pass to be worth nothing", lambda: READERS["partners"].ask("/pages/partners/")[0] == 404)


def a_page_that_closes_leaves_the_mirror(program):
    """At once, though the next round is an hour away: its files, and what others told of its service."""
    reconfigured(program, "services: [USX]}", f'services: [USX], private: {{token: "{TOKEN}"}}}}')
    mirror = program.path("mirror")
    words = ("USX", NAMES["USX"], "Acme US")
    wait_for("the mirror forgets", lambda: not telling(copies.folder_files(mirror), words))
    wait_for("its links lead on", lambda: not copies.problems(copies.folder_files(mirror)))
    left = copies.folder_files(mirror)
    check("pages/eu/services/EUX.html" in left and not below(left, "pages/us/"), "only the page that closed is gone")


def staff_sees_all(program):
    shown = program.command("status").stdout
    check(not (missing := [id for id in NAMES if f" {id}" not in shown]), f"status lacks {missing}: {shown}")
    board = json.loads(program.ask("/api/board.json")[1])
    check({one["id"] for one in board["services"]} == set(NAMES), "the control plane has every service")


def main():
    need(SIGNALBOX)
    made = subprocess.run([SIGNALBOX, "hash-password"], input=PASSWORD + "\n", capture_output=True, text=True, check=True)
    program = Program(yaml(made.stdout))
    with open(program.path("staff.hash"), "w", encoding="utf-8") as file:
        file.write(made.stdout)
    check(program.start() is not None, f"started: {open(program.path('log'), encoding='utf-8').read()}")
    try:
        say_everything(program)
        staff_sees_all(program)
        open_all(program)
        tells_each_only_its_own()
        ids_are_the_same()
        own_hosts()
        a_stranger_sees_nothing(program.public)
        private_documents_stay_private()
        streams_tell_their_own(program)
        copies_hold_open_pages_only(program)
        passwords_run_out(program.public)
        another_token_takes_passes_back(program)
        a_page_that_closes_leaves_the_mirror(program)
    finally:
        program.stop()
    print("pages keep to themselves")


if __name__ == "__main__":
    main()
