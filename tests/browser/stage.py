#!/usr/bin/env python3
"""Runs one browser test (NAME.mjs) beside the boards it asks for: `// boards: rich quiet` in its first lines.

The test finds in SIGNALBOX_STAGE what it needs as JSON: each board's addresses, token and folder, and where screenshots go.
It is skipped where Node, its packages, or chromium are missing."""
import json
import os
import re
import shutil
import subprocess
import sys

from boards import BOARDS

from program import BUILD, ROOT, SIGNALBOX, check, need, skip  # noqa: E402  (found by boards)

PACKAGES = os.path.join(ROOT, "tests", "node_modules")


def need_browser(script):
    if shutil.which("node") is None:
        skip("node is not installed")
    if shutil.which("chromium") is None:
        skip("chromium is not installed")
    for name in ["playwright-core", *re.findall(r"^// packages: (.*)$", script, re.M)]:
        if not os.path.isdir(os.path.join(PACKAGES, name)):
            skip(f"npm's {name} is not there (./dev test installs it)")
    if "// needs java" in script and shutil.which("java") is None:
        skip("java is not installed")


def told(program):
    with open(program.path("control.token"), encoding="utf-8") as token:
        return {"public": program.public, "control": program.control, "token": token.read().strip(),
                "folder": program.directory, "pid": program.process.pid}


def main():
    need(SIGNALBOX)
    test = os.path.abspath(sys.argv[1])
    with open(test, encoding="utf-8") as text:
        script = text.read()
    need_browser(script)
    shots = os.path.join(BUILD, "screenshots")
    os.makedirs(shots, exist_ok=True)
    programs = {}
    try:
        for name in re.search(r"^// boards: (.*)$", script, re.M).group(1).split():
            programs[name] = BOARDS[name]()
        stage = {"boards": {name: told(program) for name, program in programs.items()}, "shots": shots,
                 "chromium": shutil.which("chromium"), "program": os.path.abspath(SIGNALBOX)}
        done = subprocess.run(["node", test], env={**os.environ, "SIGNALBOX_STAGE": json.dumps(stage)}, check=False)
        check(done.returncode == 0, f"{os.path.basename(test)} exits {done.returncode}")
    finally:
        for program in programs.values():
            program.stop()
            shutil.rmtree(program.directory, ignore_errors=True)


if __name__ == "__main__":
    main()
