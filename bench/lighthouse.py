#!/usr/bin/env python3
"""Lighthouse's four grades of `/` with 100 services and 30 incidents, by Debian's chromium: each at least 95.

Usage: bench/lighthouse.py [--rounds N]
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys

os.environ.setdefault("SIGNALBOX_BUILD", "build/bench")
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "browser"))
from boards import BOARDS  # noqa: E402

from program import browser_profile, check, skip  # noqa: E402

LIGHTHOUSE = os.path.join(HERE, "node_modules", "lighthouse", "cli", "index.js")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95


def run(url, folder):
    """Lighthouse's report of one visit, as it sees a phone."""
    path = os.path.join(folder, "report.json")
    command = ["node", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={path}",
               f"--only-categories={','.join(CATEGORIES)}",
               f"--chrome-flags=--headless=new --no-sandbox --disable-gpu --user-data-dir={folder}/profile"]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    check(done.returncode == 0, done.stderr[-2000:])
    with open(path, encoding="utf-8") as report:
        return json.load(report)


def failed(report):
    """What a report holds against the page."""
    refs = {ref["id"] for name in CATEGORIES for ref in report["categories"][name]["auditRefs"] if ref["weight"] > 0}
    return [f"{name}: {one['title']} {one.get('displayValue', '')}" for name, one in report["audits"].items()
            if name in refs and one["score"] is not None and one["score"] < 0.9]


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rounds", type=int, default=3)
    given = words.parse_args()
    if not os.path.exists(LIGHTHOUSE):
        skip("npm's lighthouse is not there (./dev bench installs it)")
    if shutil.which("chromium") is None:
        skip("chromium is not installed")
    program = BOARDS["hundred"]()
    try:
        with browser_profile() as folder:
            reports = [run(program.public + "/", folder) for _ in range(given.rounds)]
    finally:
        program.stop()
    for text in sorted({text for report in reports for text in failed(report)}):
        print("  " + text)
    for name in CATEGORIES:
        score = round(100 * statistics.median(report["categories"][name]["score"] for report in reports))
        print(f"{name}: {score} (at least {LEAST})")
        check(score >= LEAST, f"{name} is {score}")


if __name__ == "__main__":
    main()
