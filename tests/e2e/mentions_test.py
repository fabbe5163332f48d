#!/usr/bin/env python3
"""Mentions over real HTTP: an author's becomes a page, a stranger's changes nothing; what was said before they were asked for is no news."""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import SIGNALBOX, STAGE_SERVER, Program, Stage, check, fetch, need, wait_for  # noqa: E402

POLL = 1.0
PAGE = """
page: {name: Mentions, time_zone: UTC}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services: [{id: API}]
accounts:
"""


def write(program, stages):
    with open(program.config, "w", encoding="utf-8") as out:
        out.write(PAGE + "\n".join(stage.yaml(name) for name, stage in stages.items()))


def mention(stage, us, author, text):
    stage.post(f"@{us} {text}", author=author, mentions_us=True)


def main():
    need(SIGNALBOX, STAGE_SERVER)
    stages = {"fedi": Stage("mastodon"), "bird": Stage("twitter")}
    program = Program("")
    write(program, stages)
    try:
        check(program.start() is not None, f"it starts; see {program.directory}/log")
        time.sleep(2 * POLL)  # first contact, with the timelines only
        known = {name: stage.order("reads_mentions") for name, stage in stages.items()}
        for name, stage in stages.items():
            mention(stage, known[name]["handle"], known[name]["colleague"], "API-DOWN: before it was asked for")
        program.kill()
        write(program, stages)
        check(program.start() is not None, f"it starts again; see {program.directory}/log")
        time.sleep(2 * POLL)
        for name, stage in stages.items():
            mention(stage, known[name]["handle"], "4711", "API-DOWN: not said by staff")
        time.sleep(2 * POLL)
        check(program.state("API") == "UP", f"nothing changed yet: {program.board()}")
        for name, stage in stages.items():
            mention(stage, known[name]["handle"], known[name]["colleague"], f"API-ISSUE: seen by {name}")
            wait_for(f"the mention on {name} is on the page",
                     lambda n=name: f"seen by {n}" in fetch(program.public + "/")[1])
        check(program.state("API") == "ISSUE", str(program.board()))
        check(not any("staff" in h["text"] for stage in stages.values() for h in stage.heard()), "strangers get no word")
        check(program.stop() == 0, "a clean stop exits 0")
        print("authors were heard where they mentioned us, strangers were not")
    finally:
        program.kill()
        for stage in stages.values():
            stage.stop()


if __name__ == "__main__":
    main()
