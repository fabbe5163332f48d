"""The slack connector against a Slack server that is not ours: the npm emulator."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from probe import Probe, ROOT, free_port, skip  # noqa: E402


def modules():
    """A folder that has the emulator: installed beside the tests, or now into a temporary one."""
    beside = os.path.join(ROOT, "tests", "node_modules")
    if os.path.isdir(os.path.join(beside, "emulate")):
        return os.path.dirname(beside), None
    if not shutil.which("node") or not shutil.which("npm"):
        skip("node and npm are not installed")
    folder = tempfile.mkdtemp(prefix="signalbox-npm-")
    shutil.copy(os.path.join(ROOT, "tests", "package.json"), folder)
    done = subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"],
                          cwd=folder, capture_output=True, text=True, timeout=180)
    if done.returncode != 0:
        shutil.rmtree(folder)
        skip("npm does not reach its registry")
    return folder, folder


def call(base, token, method, **body):
    request = urllib.request.Request(base + "/" + method, json.dumps(body).encode(), {
        "Authorization": "Bearer " + token, "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        got = json.load(answer)
    assert got["ok"], got
    return got


def check(base):
    channels = call(base, "tok-ann", "conversations.list")["channels"]
    channel = next(one["id"] for one in channels if one["name"] == "ops")
    ann = call(base, "tok-ann", "auth.test")["user_id"]
    bot = call(base, "tok-bot", "auth.test")["user_id"]

    def ann_says(text, **more):
        return call(base, "tok-ann", "chat.postMessage", channel=channel, text=text, **more)["ts"]

    slack = Probe(network="slack", base_url=base, settings={"token": "tok-bot", "channel": channel})
    ann_says("API-DOWN: before")
    cursor = slack("fetch", cursor="")["cursor"]
    first = ann_says("API-DOWN: disks &amp; <https://x.example/a|fire>")
    ann_says(f"<@{bot}> API: lunch")
    got = slack("fetch", cursor=cursor)
    assert [one["text"] for one in got["posts"]] == [
        "API-DOWN: disks & fire (https://x.example/a)", "API: lunch"], got
    assert got["posts"][0]["author"] == ann and got["posts"][0]["id"] == first
    assert [one["addressed"] for one in got["posts"]] == [False, True], got
    assert slack("fetch", cursor=got["cursor"])["posts"] == []

    call(base, "tok-ann", "chat.update", channel=channel, ts=first, text="API-ISSUE: edited")
    again = slack("revisit", posts=[{"id": first}])["posts"]
    assert again[0]["text"] == "API-ISSUE: edited" and again[0]["revision"], again
    reply = ann_says("on it", thread_ts=first)
    replies = slack("replies", posts=[{"id": first}])["posts"]
    assert [(one["id"], one["thread"]) for one in replies] == [(reply, first)], replies
    call(base, "tok-ann", "chat.delete", channel=channel, ts=reply)
    gone = slack("revisit", posts=[{"id": reply, "thread": first}])["posts"]
    assert gone[0]["deleted"], gone

    since = int(time.time() * 1000)
    text = "API-DOWN: 89 % <served> & counted, 04:12 UTC"
    said = slack("say", id="d1", text=text)
    assert slack("find", id="d1", text=text, since=since)["found"] == said["id"]
    assert slack("find", id="d2", text="API-DOWN: never said", since=since)["found"] == ""
    back = slack("fetch", cursor=got["cursor"])["posts"]
    assert [(one["id"], one["text"]) for one in back] == [(said["id"], text)], back
    slack.close()

    stranger = Probe(network="slack", base_url=base, settings={"token": "tok-bot", "channel": "C0"})
    assert stranger("fetch", cursor="1.000000")["error"] == "invalid"
    stranger.close()


def main():
    folder, temporary = modules()
    port = free_port()
    server = subprocess.Popen(
        ["node", os.path.join(ROOT, "tests", "e2e", "slack_emulator.mjs"), folder, str(port)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if server.stdout.readline().strip() != "ready":
            skip("the emulator does not start here")
        check(f"http://127.0.0.1:{port}/api")
        print("ok")
    finally:
        server.stdin.close()
        server.wait(10)
        if temporary:
            shutil.rmtree(temporary)


main()
