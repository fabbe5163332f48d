#!/usr/bin/env python3
"""What scripts and operators rely on: exit codes, run.json, the token's mode, signals, reload, the verbs."""
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import SIGNALBOX, Program, check, fetch, need, wait_for  # noqa: E402

GOOD = """
page: {name: Contract, url: "https://status.example", time_zone: Europe/Paris}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services:
  - {id: API, name: Public API, group: Core, aliases: [rest]}
  - {id: JS, name: Library, group: Core}
"""
BAD = GOOD + "surprise: 1\nsources: [{id: x, kind: nosuch}]\n"


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def verbs_without_a_server(program):
    parsed = program.command("parse", "--now", "2026-11-21T04:00:00Z", "API-DOWN: disks caught fire")
    line = json.loads(parsed.stdout)
    check(line["kind"] == "report" and line["services"] == ["API"] and line["state"] == "DOWN", parsed.stdout)
    check(set(line) >= {"kind", "services", "state", "phase", "from", "until", "message", "suggestion"}, parsed.stdout)
    check(program.command("say", "API-UP: x").returncode == 1, "say without a server exits 1")
    ok = subprocess.run([SIGNALBOX, "check-config", program.config], capture_output=True, text=True, check=False)
    check(ok.returncode == 0, ok.stderr)
    bad = program.path("bad.yaml")
    with open(bad, "w", encoding="utf-8") as out:
        out.write(BAD)
    told = subprocess.run([SIGNALBOX, "check-config", bad], capture_output=True, text=True, check=False)
    check(told.returncode == 2 and told.stderr.count(bad + ":") >= 2, f"every mistake is told: {told.stderr}")
    check(subprocess.run([SIGNALBOX, "nosuch"], capture_output=True, check=False).returncode == 2, "bad usage exits 2")


def the_running_server(program):
    run = json.load(open(program.path("run.json"), encoding="utf-8"))
    check(run == {"pid": program.process.pid, "public": program.public, "control": program.control}, str(run))
    check(mode(program.path("run.json")) == 0o600, "run.json is private")
    check(mode(program.path("control.token")) == 0o600, "control.token is private")
    second = program.command("run")
    check(second.returncode == 1 and len(second.stderr.strip().splitlines()) == 1, f"a second run: {second.stderr}")


def saying(program):
    first = program.command("say", "--id", "k1", "API-ISSUE: slow")
    again = program.command("say", "--id", "k1", "API-ISSUE: slow")
    check(first.returncode == 0 and first.stdout == again.stdout, f"{first.stdout} / {again.stdout}")
    other = program.command("say", "--id", "k1", "API-UP: all is well")
    check(other.returncode == 1 and not other.stdout, f"another text under the same id: {other.stdout}")
    check(other.stderr.count("\n") == 1 and "'k1'" in other.stderr, other.stderr)
    check(program.say("API-UP: all is well", "k1")[0] == 409, "the control plane answers 409")
    check(program.say("API-ISSUE: slow", "k1")[0] == 201, "and 201 for the same text")
    many = program.command("say", "-", stdin="JS-DOWN: gone\n\nnot for us\nJS-UP: back\n")
    check(many.returncode == 0 and len(many.stdout.splitlines()) == 4, many.stdout + many.stderr)
    far = program.command("say", "-", stdin="JS: before\nJS: " + "x" * 300_000 + "\nJS: after\n")
    check(far.returncode == 1 and "line 2" in far.stderr, f"a line that cannot be posted is named: {far.stderr}")
    check(len(far.stdout.splitlines()) == 2, "and costs no other")
    with open("/dev/full", "w", encoding="utf-8") as full:
        parse = [SIGNALBOX, "parse", "--config", program.config, "API-UP: x"]
        check(subprocess.run(parse, stdout=full, stderr=subprocess.DEVNULL, check=False).returncode == 1, "a full disk")
    check(os.stat(program.path("signalbox.db")).st_mode & 0o077 == 0, "the ledger is for our own user alone")
    wait_for("the page shows it", lambda: program.state("API") == "ISSUE")
    board = json.loads(program.command("status", "--json").stdout)
    check({s["id"]: s["state"] for s in board["services"]} == {"API": "ISSUE", "JS": "UP"}, str(board["services"]))
    check("API" in program.command("status").stdout, "status names the service")
    slip = program.command("say", "APi-DWON: typo")
    check("API-DOWN: typo" in slip.stdout, f"a slip is answered with the corrected line: {slip.stdout}")


def freezing(program):
    check(program.command("freeze", "local").returncode == 0, "freeze")
    withheld = json.loads(program.command("say", "API-DOWN: while frozen").stdout)
    check(withheld["verdict"] == "withheld", str(withheld))
    check(program.command("thaw", "local").returncode == 0, "thaw")
    check(program.state("API") == "ISSUE", "thaw applies nothing of the past")
    check(program.command("freeze", "nobody").returncode == 1, "freezing an unknown account fails")
    status, text = program.ask("/api/accounts/nobody/freeze", {})
    check(status == 404 and "local" in json.loads(text)["error"], f"an unknown account is a 404 that names the known: {text}")
    check(isinstance(json.loads(program.command("outbox", "--json").stdout), list), "outbox --json")


def maintenance_stated(program):
    stated = {s["id"]: s["stated"] for s in program.board()["services"]}["JS"]
    return stated if stated["state"] == "MAINT" else None


def maintaining(program):
    check(program.say("JS-MAINT: new disks")[0] == 201, "a maintenance that begins at once")
    wait_for("it is in force", lambda: program.state("JS") == "MAINT")
    # Each web thread has its own copy of the board: the next answer may come from one that is a moment behind.
    stated = wait_for("the board says so", lambda: maintenance_stated(program))
    check(stated and {"state", "at", "account", "author", "url"} <= set(stated), f"stated: {stated}")
    check(stated["state"] == "MAINT" and stated["account"] == "local" and stated["at"], f"stated: {stated}")
    work = json.loads(fetch(program.public + "/api/v2/summary.json")[1])["scheduled_maintenances"][0]
    told = [update["status"] for update in work["incident_updates"]]
    check(told == ["in_progress", "scheduled"], f"updates of a maintenance in force: {told}")
    check(program.say("JS-DONE: they spin")[0] == 201, "its end")
    wait_for("it is over", lambda: program.state("JS") == "UP")
    path = program.public + "/api/v2/scheduled-maintenances.json"
    newest = lambda: json.loads(fetch(path)[1])["scheduled_maintenances"][0]["incident_updates"][0]  # noqa: E731
    wait_for("its last update says that it is over", lambda: newest()["status"] == "completed")


def silence(program):
    """Sockets that say nothing, or half of it, hold up neither metrics nor freeze."""
    host, port = program.control.rsplit("/", 1)[1].split(":")
    silent = [socket.create_connection((host, int(port))) for _ in range(200)]
    for number, one in enumerate(silent):
        half = b"POST /api/posts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{"
        one.sendall((b"", b"GET / HT", half)[number % 3])
    began = time.monotonic()
    check(program.ask("/metrics")[0] == 200, "metrics beside silent sockets")
    check(program.ask("/api/accounts/local/thaw", {})[0] == 200, "thaw beside silent sockets")
    check(time.monotonic() - began < 3, f"they took {time.monotonic() - began:.1f} s")
    for one in silent:
        one.close()


def created(program):
    """What never changes for a service, whatever happens to it."""
    rows = json.loads(fetch(program.public + "/api/v2/components.json")[1])["components"]
    return {row["id"]: row["created_at"] for row in rows}


def metrics(program):
    status, text = program.ask("/metrics")
    check(status == 200 and "signalbox_ledger_events" in text, f"metrics: {status} {text[:200]}")
    if not os.path.exists("/usr/bin/promtool"):
        print("the metrics' form was not checked, because promtool is not installed")
        return
    told = subprocess.run(["/usr/bin/promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    check(told.returncode == 0, f"promtool: {told.stderr}")


def reloading(program):
    with open(program.config, "w", encoding="utf-8") as out:
        out.write(BAD)
    program.process.send_signal(signal.SIGHUP)
    wait_for("the log names the mistake", lambda: "surprise" in open(program.path("log"), encoding="utf-8").read())
    check(fetch(program.public + "/")[0] == 200, "the old configuration stays")
    with open(program.config, "w", encoding="utf-8") as out:
        out.write(GOOD + "  - {id: NEW}\n")
    program.process.send_signal(signal.SIGHUP)
    wait_for("the new service is on the page", lambda: program.state("NEW") == "UP")


def main():
    need(SIGNALBOX)
    program = Program(GOOD)
    try:
        verbs_without_a_server(program)
        check(program.start() is not None, f"it starts; see {program.directory}/log")
        the_running_server(program)
        first = created(program)
        saying(program)
        freezing(program)
        maintaining(program)
        metrics(program)
        silence(program)
        check(created(program) == first, f"created_at stays: {created(program)} was {first}")
        reloading(program)
        before = program.board()
        check(program.stop() == 0, "SIGTERM exits 0")
        check(not os.path.exists(program.path("run.json")), "run.json is gone after a clean stop")
        check(program.start() is not None, "it starts again")
        check({**created(program), **first} == created(program), "created_at stays over a restart")
        after = program.board()
        for service in before["services"] + after["services"]:
            service.pop("uptime")  # grows with time
        for key in ("services", "incidents", "notices", "maintenances"):
            check(after[key] == before[key], f"{key} after a restart: {after[key]} was {before[key]}")
        out = program.path("site")
        check(program.command("export", out).returncode == 0, "export")
        check("slow" in open(os.path.join(out, "index.html"), encoding="utf-8").read(), "the exported page tells it")
        print("verbs, exit codes, signals and reload hold")
    finally:
        program.kill()


if __name__ == "__main__":
    main()
