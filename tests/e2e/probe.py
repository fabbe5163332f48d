"""Drives one connector on the real HTTP client by JSON lines, for tests against foreign servers."""
import json
import os
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import BUILD, ROOT, free_port, skip  # noqa: E402, F401


def wait_for(what, seconds=30):
    """What `what()` gives once it is true; None when it never was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        got = what()
        if got:
            return got
        time.sleep(0.1)
    return None


def listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Probe:
    def __init__(self, **made):
        program = os.path.join(BUILD, "connector_probe")
        if not os.path.exists(program):
            skip(program + " is not built")
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self._write(made)

    def _write(self, line):
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()

    def __call__(self, what, **call):
        self._write({"do": what, **call})
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
