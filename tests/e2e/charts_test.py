#!/usr/bin/env python3
"""The page of a service in a browser: one request without script; with it our script, and on a press the library and figures."""
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
import xml.dom.minidom

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import SIGNALBOX, Program, browser_profile, check, fetch, need, skip  # noqa: E402

YAML = """
page: {name: Acme, url: "http://status.example"}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services:
  - {id: API, name: "Public <b>API</b> & more", availability: {source: web}}
sources: [{id: web, kind: access_log, path: access.log, every: 2s}]
"""
PRESS = "\naddEventListener('load', () => document.querySelector('.explore-start').click());\n"
KEPT = ("Content-Type", "Content-Security-Policy")


class Between(http.server.BaseHTTPRequestHandler):
    """Passes on what the browser asks for, and remembers it, but for what keeps the page up to date. Our script also presses its
    own button."""

    public = ""
    asked = []
    press = False

    def do_GET(self):
        if self.path == "/live" or self.path.endswith("-page.js"):
            return self.send_error(404)
        Between.asked.append(self.path)
        try:
            with urllib.request.urlopen(Between.public + self.path, timeout=5) as answer:
                status, headers, body = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refusal:
            status, headers, body = refusal.code, refusal.headers, refusal.read()
        if Between.press and self.path.endswith("-explore.js"):
            body += PRESS.encode()
        self.send_response(status)
        for name in KEPT:
            if headers[name]:
                self.send_header(name, headers[name])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return self.wfile.write(body)

    def log_message(self, *_):
        pass


def without_script(profile):
    os.makedirs(os.path.join(profile, "Default"))
    with open(os.path.join(profile, "Default", "Preferences"), "w", encoding="utf-8") as out:
        json.dump({"profile": {"default_content_setting_values": {"javascript": 2}}}, out)


def browsed(chromium, url, *settings, script=True):
    """(the document once it is loaded, what was asked for). With settings, they say what is done instead of writing the document out."""
    Between.asked = []
    with browser_profile() as profile:
        if not script:
            without_script(profile)
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                   "--virtual-time-budget=5000", *(settings or ["--dump-dom"]), url]
        document = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stdout
    return document, list(Between.asked)


def drawings_are_well_formed(html):
    drawings = re.findall(r"<svg class=\"(?:strip|plot)\".*?</svg>", html, re.S)
    for drawing in drawings:
        xml.dom.minidom.parseString(drawing)
    check("<b>API" not in html, "the service's name is escaped")


def in_a_browser(public, explored):
    chromium = shutil.which("chromium")
    if chromium is None:
        skip("chromium is not installed")
    Between.public = public
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Between)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/services/API"
    with tempfile.TemporaryDirectory() as shots:
        _, asked = browsed(chromium, url, f"--screenshot={shots}/page.png", script=False)
    check(asked == ["/services/API"], f"one request without script: {asked}")
    if not explored:
        return print("built without uPlot: exploring was not tried")
    document, asked = browsed(chromium, url)
    check(len(asked) == 2 and asked[1].endswith("-explore.js"), f"with script our own beside it: {asked}")
    check("Explore these charts</button>" in document, "the button is there")
    Between.press = True
    document, asked = browsed(chromium, url)
    for wanted in ("-uPlot.iife.min.js", "-uPlot.min.css", "/api/services/API/availability.json"):
        check(any(wanted in path for path in asked), f"{wanted} is asked for: {asked}")
    return check(">24 hours</button>" in document, "the windows can be chosen")


def main():
    need(SIGNALBOX)
    program = Program(YAML)
    try:
        program.start()
        status, html = fetch(program.public + "/services/API")
        check(status == 200, f"the page of a service: {status}")
        check('id="charts"' in html and "Nothing was measured" in html or "cannot be had" in html, "its charts' place")
        drawings_are_well_formed(html)
        in_a_browser(program.public, "-explore.js" in html)
    finally:
        program.stop()
    print("charts in a browser: as promised")


if __name__ == "__main__":
    main()
