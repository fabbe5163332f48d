#!/usr/bin/env python3
"""The kill tests can fail: the same program with a courier that marks and then sends loses announcements, and one that
sends and then marks doubles them; each test of this folder must say so.
"""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from program import BUILD, LONG, STAGE_SERVER, check, need  # noqa: E402

FAULTS = {"mark_then_send": ("told 0 times", "not told on"), "send_then_mark": ("told 2 times", "said twice on")}


def examine(courier, test):
    run = subprocess.run([sys.executable, os.path.join(HERE, test)], capture_output=True, text=True, check=False,
                         env={**os.environ, "SIGNALBOX": os.path.join(BUILD, courier)})
    if run.returncode == 77:
        print(run.stdout.strip())
        return False
    check(run.returncode == 1 and any(fault in run.stderr for fault in FAULTS[courier]),
          f"{test} finds {courier} out; it ended with {run.returncode}: {run.stdout[-300:]}{run.stderr[-300:]}")
    print(f"{test} finds {courier} out: {run.stderr.strip().splitlines()[-1]}")
    return True


def main():
    need(STAGE_SERVER, *(os.path.join(BUILD, courier) for courier in FAULTS))
    tests = ["write_kill_test.py"] + (["kill_test.py"] if LONG else [])
    ran = [examine(courier, test) for courier in FAULTS for test in tests]
    sys.exit(0 if any(ran) else 77)


if __name__ == "__main__":
    main()
