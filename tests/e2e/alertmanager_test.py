#!/usr/bin/env python3
"""A real Alertmanager, asked by its recipe: what fires, what is silenced, what has ended, and what it is when it is dead."""
import datetime
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import LONG, SIGNALBOX, Program, check, fetch, free_port, need, skip, wait_for  # noqa: E402

ALERTMANAGER = shutil.which("prometheus-alertmanager")


def moment(minutes):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)).isoformat()


class Alertmanager:
    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="alertmanager-")
        with open(os.path.join(self.directory, "am.yml"), "w", encoding="utf-8") as out:
            out.write("route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = open(os.path.join(self.directory, "log"), "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [ALERTMANAGER, f"--config.file={self.directory}/am.yml", f"--storage.path={self.directory}/data",
             f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="], stdout=self.log, stderr=self.log)
        wait_for("Alertmanager answers", lambda: fetch(self.url + "/-/ready")[0] == 200, 30)

    def fire(self, name, severity, minutes=30):
        body = [{"labels": {"alertname": name, "service": "API", "severity": severity}, "startsAt": moment(-60),
                 "endsAt": moment(minutes)}]
        status, text = fetch(self.url + "/api/v2/alerts", body)
        check(status == 200, f"an alert is taken: {status} {text}")

    def silence(self, name):
        body = {"matchers": [{"name": "alertname", "value": name, "isRegex": False}], "startsAt": moment(-1),
                "endsAt": moment(60), "createdBy": "test", "comment": "test"}
        status, text = fetch(self.url + "/api/v2/silences", body)
        check(status == 200, f"a silence is taken: {status} {text}")

    def stop(self):
        self.process.kill()
        self.process.wait()


def config(url):
    asked = f'kind: recipe, recipe: alertmanager, base_url: "{url}", every: 1s, timeout: 900ms'
    return f"""
page: {{name: Alerts, url: "https://status.alerts.example"}}
listen: {{public: "127.0.0.1:0", control: "127.0.0.1:0"}}
store: "sqlite:signalbox.db"
services:
  - {{id: API, checks: [{{{asked}, service: API}}]}}
  - {{id: JS, checks: [{{{asked}, matchers: ['service="JS"']}}]}}
"""


def check_all(program, manager):
    def becomes(state):
        wait_for(f"API {state}", lambda: program.state("API") == state, 40)
        check(program.state("JS") == "UP", f"JS stays UP while API is {state}")
    wait_for("JS UP", lambda: program.state("JS") == "UP", 40)
    becomes("UP")
    manager.fire("Slow", "page")
    becomes("ISSUE")
    manager.fire("Melting", "critical")
    becomes("DOWN")
    manager.silence("Melting")
    becomes("ISSUE")
    manager.fire("Slow", "page", minutes=-1)
    becomes("UP")


def main():
    if not ALERTMANAGER:
        skip("prometheus-alertmanager is not installed")
    need(SIGNALBOX)
    manager = Alertmanager()
    program = Program(config(manager.url))
    try:
        check(program.start() is not None, "the program starts")
        check_all(program, manager)
        manager.stop()
        if LONG:  # what was last heard of it is believed for three minutes, and no longer
            wait_for("API UNKNOWN", lambda: program.state("API") == "UNKNOWN", 240)
        print("ok")
    finally:
        if program.process and program.process.poll() is None:
            program.kill()
        manager.stop()


main()
