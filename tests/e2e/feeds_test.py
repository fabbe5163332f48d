#!/usr/bin/env python3
"""Feeds as a reader sees them: Atom and RSS through python3-feedparser, JSON Feed by its own rules."""
import calendar
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import SIGNALBOX, Program, check, fetch, need, skip, wait_for  # noqa: E402

try:
    import feedparser
except ImportError:
    DEBIAN = "/usr/bin/python3"  # where python3-feedparser is, when another python3 comes first
    if os.path.realpath(sys.executable) == os.path.realpath(DEBIAN) or not os.path.exists(DEBIAN):
        skip("python3-feedparser is not installed")
    os.execv(DEBIAN, [DEBIAN, os.path.abspath(__file__)])

HOME = "https://status.example"
YAML = f"""
page: {{name: "Fish & <Chips>", url: "{HOME}", time_zone: Europe/Paris}}
listen: {{public: "127.0.0.1:0", control: "127.0.0.1:0"}}
store: "sqlite:signalbox.db"
services:
  - {{id: API, name: Public API}}
  - {{id: JS, name: "Library <b>"}}
"""
NASTY = 'API-DOWN: <script>alert(1)</script> & "disks" ]]> caught fire \u2603'


def parsed(program, path, about="incidents"):
    """The feed at `path`, which must be well-formed; entries newest first."""
    status, text = fetch(program.public + path)
    check(status == 200, f"{path}: {status}")
    feed = feedparser.parse(text)
    check(not feed.bozo, f"{path} is well-formed: {feed.get('bozo_exception')}")
    check(feed.feed.title == f"Fish & <Chips>: {about}", f"{path} title: {feed.feed.title!r}")
    return feed


def well_read(feed, path, version):
    check(feed.version == version, f"{path} is {feed.version}")
    links = {(link.rel, link.href) for link in feed.feed.links}
    check({("alternate", HOME + "/"), ("self", HOME + path)} <= links, f"{path} links: {links}")
    check(len(feed.entries) == 2, f"{path} has both incidents: {len(feed.entries)}")
    fire = feed.entries[-1]
    check("]]> caught fire \u2603" in fire.title and fire.title.startswith("Public API: "), f"title: {fire.title}")
    check(fire.link.startswith(HOME + "/incidents/"), f"link: {fire.link}")
    check(fire.published_parsed is not None, f"{path} dates are read: {fire.get('published')}")
    text = (fire.content[0].value if "content" in fire else fire.summary)
    check("<script" not in text, f"{path} content is escaped: {text}")
    check("all is well" in text and "caught fire" in text, f"{path} content has every update: {text}")
    check(len({entry.id for entry in feed.entries}) == 2, f"{path} ids differ")
    return {entry.id for entry in feed.entries}


def json_feed(program):
    status, text = fetch(program.public + "/feed.json")
    feed = json.loads(text)
    check(status == 200 and feed["version"] == "https://jsonfeed.org/version/1.1", text)
    check(feed["feed_url"] == HOME + "/feed.json" and len(feed["items"]) == 2, text)
    for item in feed["items"]:
        check(item["id"] == item["url"] and item["date_published"] and "<script" not in item["content_html"], str(item))


def each_update(program):
    """An entry for each word: new ones come, old ones stay as they are."""
    atom = parsed(program, "/updates.atom", "updates")
    check(not atom.bozo and atom.version == "atom10" and len(atom.entries) == 4, f"{atom.get('bozo_exception')} {len(atom.entries)}")
    check(atom.entries[0].title.startswith("Identified: ") and "a bad deploy" in atom.entries[0].content[0].value, str(atom.entries[0]))
    check(len({entry.id for entry in atom.entries}) == 4 and all("#" in entry.link for entry in atom.entries), "ids and links")
    rss = parsed(program, "/updates.rss", "updates")
    check(not rss.bozo and rss.version == "rss20" and [e.link for e in rss.entries] == [e.link for e in atom.entries], "rss")
    feed = json.loads(fetch(program.public + "/updates.json")[1])
    check([item["id"] for item in feed["items"]] == [entry.link for entry in atom.entries] and feed["feed_url"] == HOME + "/updates.json", str(feed))
    check(not any("<script" in item["content_html"] for item in feed["items"]), "escaped")
    check(program.say("JS-MONITORING: watching")[0] == 201, "one more")
    wait_for("one more entry", lambda: len(parsed(program, "/updates.atom", "updates").entries) == 5)
    check([e.id for e in parsed(program, "/updates.atom", "updates").entries[1:]] == [e.id for e in atom.entries], "the old ones stay")


def main():
    need(SIGNALBOX)
    program = Program(YAML)
    try:
        check(program.start() is not None, f"it starts; see {program.directory}/log")
        empty = parsed(program, "/history.atom").feed.updated_parsed
        check(abs(calendar.timegm(empty) - time.time()) < 3600, f"a page without incidents is of when it began: {empty}")
        for text in (NASTY, "API-UP: all is well", "JS-ISSUE: slow"):
            check(program.say(text)[0] == 201, text)
        wait_for("both incidents are told", lambda: len(json.loads(fetch(program.public + "/feed.json")[1])["items"]) == 2)
        atom = well_read(parsed(program, "/history.atom"), "/history.atom", "atom10")
        well_read(parsed(program, "/history.rss"), "/history.rss", "rss20")
        json_feed(program)
        check(program.say("JS-IDENTIFIED: a bad deploy")[0] == 201, "an update")
        wait_for("the update is in the feed", lambda: "a bad deploy" in fetch(program.public + "/history.atom")[1])
        again = {entry.id for entry in parsed(program, "/history.atom").entries}
        check(again == atom, "ids stay when an incident goes on, so that readers see no new one")
        each_update(program)
        print("feeds are read by python3-feedparser")
    finally:
        program.kill()


if __name__ == "__main__":
    main()
