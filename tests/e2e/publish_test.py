#!/usr/bin/env python3
"""The site kept elsewhere: in a folder, by a real rsync (a path, and a daemon), and in a bucket that checks every signature and
misbehaves. After a change each follows; killed in the middle each stays a site that can be read; nothing is carried twice."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import copies  # noqa: E402
from bucket import BUCKET, KEY_ID, REGION, SECRET, Bucket  # noqa: E402
from program import ROOT, SIGNALBOX, Program, check, fetch, free_port, need, skip, wait_for  # noqa: E402

# Written in each round, for they say as of when they are.
MOVING = {"", "index.html", "wall.html", "wall", "embed.html", "embed", "status.txt", "api/board.json", "as_of.js", "as_of.json"}

# Carried last, both in one go: whichever arrives later.
LAST = {"live/as_of.json", "live/as_of.js"}


def plain(name):
    """A file's name as it is in the page's own language: `de/index.html` is `index.html`."""
    return re.sub(r"^(?:ar|de|en|es|fr|ja)/", "", name)


def yaml(services, mirrors, every="1h"):
    lines = [f"  - {{id: {one}, group: G{n % 7}}}" for n, one in enumerate(services)]
    return "\n".join(['page: {name: "Acme & Söhne", url: "https://status.example", time_zone: Europe/Paris}',
                      'listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}', 'store: "sqlite:signalbox.db"', "services:", *lines,
                      "publish:", *(f"  - {{{mirror}, every: {every}}}" for mirror in mirrors), ""])


def s3(bucket, extra=""):
    return (f'kind: s3, base_url: "{bucket.url}", region: {REGION}, bucket: {BUCKET}, prefix: live, key_id: {KEY_ID}, '
            f'secret: "{SECRET}", timeout: 5s{extra}')


class Daemon:
    """rsyncd on a free port, with one module."""

    def __init__(self, root):
        os.makedirs(root, exist_ok=True)
        self.port = free_port()
        config = root + ".conf"
        with open(config, "w", encoding="utf-8") as out:
            out.write(f"use chroot = no\nuid = {os.getuid()}\ngid = {os.getgid()}\n[site]\npath = {root}\nread only = no\n")
        self.process = subprocess.Popen(["rsync", "--daemon", "--no-detach", f"--port={self.port}", "--address=127.0.0.1",
                                         f"--config={config}"], stdin=subprocess.DEVNULL)
        self.url = f"rsync://127.0.0.1:{self.port}/site"

    def stop(self):
        self.process.terminate()
        self.process.wait()


def live(files):
    return {name.removeprefix("live/"): body for name, body in files.items()}


def started(program):
    check(program.start() is not None, f"it starts; see {program.directory}/log")


def whole(name, ask):
    wait_for(f"{name} is whole", lambda: not copies.problems(ask()))


def everywhere():
    """Each kind at once: whole, then changed by a post, then without what is gone."""
    bucket = Bucket()
    program = Program("")
    daemon = Daemon(program.path("daemon"))
    mirrors = ["kind: directory, path: out", f"kind: rsync, to: {program.path('local')}/", f'kind: rsync, id: far, to: "{daemon.url}"',
               s3(bucket)]
    with open(program.config, "w", encoding="utf-8") as out:
        out.write(yaml(["API", "JS.json", "Old"], mirrors))
    kept = [program.path("out/robots.txt"), program.path("local/robots.txt"), program.path("daemon/robots.txt")]
    for path in kept:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write("ours to keep")
    bucket.objects["live/robots.txt"] = (b"ours to keep", {})
    places = {"out": lambda: copies.folder_files(program.path("out")), "local": lambda: copies.folder_files(program.path("local")),
              "daemon": lambda: copies.folder_files(program.path("daemon")), "bucket": lambda: live(bucket.files())}
    try:
        started(program)
        for name, ask in places.items():
            whole(name, ask)
        check(program.say('API-DOWN: <b>"disks"</b> & fire')[0] == 201, "said")
        for name, ask in places.items():
            wait_for(f"{name} follows", lambda ask=ask: b"fire" in ask()["index.html"] and b"fire" in ask()["history.atom"])
            whole(name, ask)
            check(any(file.startswith("incidents/") for file in ask()), f"{name} has the incident")
        is_served_well(bucket)
        same = {name: {file: body for file, body in ask().items() if file not in MOVING} for name, ask in places.items()}
        for name in places:
            check(same["out"].keys() == same[name].keys(), f"{name} has other files: {sorted(same['out'].keys() ^ same[name].keys())}")
        check(oct(os.stat(program.path("out/index.html")).st_mode)[-3:] == "644", "a web server may read it")
        with open(program.config, "w", encoding="utf-8") as out:
            out.write(yaml(["API", "JS.json"], mirrors))
        program.process.send_signal(signal.SIGHUP)
        for name, ask in places.items():
            wait_for(f"{name} forgets", lambda ask=ask: not [file for file in ask() if "/Old." in file])
            whole(name, ask)
            check(ask()["robots.txt"] == b"ours to keep", f"{name}: a foreign file stays")
        figures(program)
    finally:
        program.stop()
        daemon.stop()
    check(not bucket.bad_signatures, f"signatures: {bucket.bad_signatures[:3]}")


def is_served_well(bucket):
    kinds = {"live/index.html": "text/html", "live/history": "text/html", "live/history.html": "text/html", "live/history.atom": "application/atom+xml",
             "live/api/board.json": "application/json", "live/maintenance.ics": "text/calendar", "live/as_of.js": "text/javascript",
             "live/services/JS.json": "text/html", "live/badge/JS.json.svg": "image/svg+xml"}
    for key, kind in kinds.items():
        headers = bucket.objects[key][1]
        check(headers["content-type"].startswith(kind), f"{key} is {headers['content-type']}")
        check(headers["cache-control"] == "no-cache", f"{key}: {headers['cache-control']}")
    for key, (_, headers) in bucket.objects.items():
        if key.startswith("live/assets/"):
            check("immutable" in headers["cache-control"], f"{key}: {headers['cache-control']}")


def figures(program):
    text = program.ask("/metrics")[1]
    told = dict(line.split(" ") for line in text.splitlines() if line.startswith("signalbox_mirror"))
    check(float(told["signalbox_mirror_files_total"]) > 100 and float(told["signalbox_mirrors_not_whole"]) == 0, told)
    check(float(told["signalbox_mirror_failures_total"]) == 0 and float(told["signalbox_mirror_age_seconds"]) < 60, told)


def restarted():
    """Nothing is carried again after a restart, and what somebody broke meanwhile is mended."""
    bucket = Bucket()
    program = Program(yaml(["API", "JS"], ["kind: directory, path: out", s3(bucket, ", gzip: true")]))
    try:
        started(program)
        whole("out", lambda: copies.folder_files(program.path("out")))
        wait_for("the bucket is whole", lambda: "live/as_of.json" in bucket.objects)
        check(program.stop() == 0, "a clean stop")
        check(bucket.objects["live/index.html"][1].get("content-encoding") == "gzip", "kept compressed")
        first = len(bucket.puts)
        for turn in range(5):  # a service's first second changes its page once more
            before = {name: os.stat(program.path("out/" + name)).st_mtime_ns for name in copies.folder_files(program.path("out"))}
            bucket.puts.clear()
            started(program)
            wait_for("a round", lambda: "live/as_of.json" in bucket.puts)
            wait_for("a round on disk", lambda before=before: os.stat(program.path("out/as_of.json")).st_mtime_ns != before["as_of.json"])
            again = {plain(key.removeprefix("live/")) for key in bucket.puts}
            again |= {plain(name) for name, then in before.items() if os.stat(program.path("out/" + name)).st_mtime_ns != then}
            if again <= MOVING or turn == 4:
                break
            check(program.stop() == 0, "a clean stop")
        check(again <= MOVING, f"carried again of {first}: {sorted(again - MOVING)}")
        check(program.stop() == 0, "a clean stop")
        del bucket.objects["live/history.html"], bucket.objects["live/services/API"]
        bucket.objects["live/badge.svg"] = (b"defaced", {})
        os.remove(program.path("out/history.html"))
        with open(program.path("out/badge.svg"), "w", encoding="utf-8") as out:
            out.write("defaced")
        started(program)
        wait_for("the bucket is mended", lambda: {"live/history.html", "live/services/API"} <= bucket.objects.keys()
                 and bucket.objects["live/badge.svg"][0] != b"defaced")
        whole("out", lambda: copies.folder_files(program.path("out")))
        wait_for("the badge is mended", lambda: b"defaced" not in copies.folder_files(program.path("out"))["badge.svg"])
    finally:
        program.stop()
    check(not bucket.bad_signatures, f"signatures: {bucket.bad_signatures[:3]}")


def misbehaving():
    """A bucket in trouble: the page goes on, staff is told once, and the mirror comes through in the end."""
    bucket = Bucket()
    program = Program(yaml(["API", "JS"], ["kind: directory, path: out", s3(bucket)]))
    turns = iter(["500", "cut", "partial", "hang", "500", "cut", "500"] + ["500"] * 5)
    bucket.misbehave = lambda method, key: next(turns, None) if method == "PUT" and "index" not in key else None
    try:
        started(program)
        began = time.monotonic()
        check(program.say("API-DOWN: fire")[0] == 201, "said")
        wait_for("the page goes on", lambda: program.state("API") == "DOWN", seconds=2)
        wait_for("the folder goes on", lambda: b"fire" in copies.folder_files(program.path("out")).get("index.html", b""), seconds=5)
        wait_for("the bucket comes through", lambda: not copies.problems(live(bucket.files())) and
                 b"fire" in bucket.objects["live/index.html"][0], seconds=60)
        print(f"a bucket that failed 12 times was whole {time.monotonic() - began:.1f} s after the start")
        bucket.misbehave = lambda method, key: "403"
        check(program.say("API-UP: out")[0] == 201, "said")
        wait_for("staff is told", lambda: "AccessDenied" in log_of(program))
        check(program.say("JS-ISSUE: slow")[0] == 201, "said")
        bucket.misbehave = None
        wait_for("it comes through again", lambda: b"slow" in bucket.objects["live/index.html"][0], seconds=60)
        told = [line for line in log_of(program).splitlines() if "mirror s3" in line and "warning" in line.lower()]
        check(1 <= len(told) <= 2, f"told: {told}")
        check(SECRET not in log_of(program), "no secret is told")
    finally:
        program.stop()


def log_of(program):
    with open(program.path("log"), encoding="utf-8") as log:
        return log.read()


def killed():
    """At any point of its first round, of a change, of a removal: never a page without its assets, and whole again after."""
    bucket = Bucket()
    bucket.delay = 0.01
    program = Program(yaml(["API", "JS"], ["kind: directory, path: out", s3(bucket)]))
    try:
        for count in (3, 20, 45):
            started(program)
            wait_for("some are there", lambda count=count: len(bucket.puts) >= count)
            program.kill()
            check(not (wrong := copies.problems(live(bucket.files()), whole=False)), wrong)
            check(not (wrong := copies.problems(copies.folder_files(program.path("out")), whole=False)), wrong)
        started(program)
        whole("bucket", lambda: live(bucket.files()))
        whole("out", lambda: copies.folder_files(program.path("out")))
        for turn, count in enumerate((1, 4, 9, 16)):
            bucket.puts.clear()
            check(program.say(f"API-DOWN: fire {turn}", f"k{turn}")[0] == 201, "said")
            wait_for("some are there", lambda count=count: len(bucket.puts) >= count)
            program.kill()
            time_of_death = live(bucket.files())
            check(not (wrong := copies.problems(time_of_death, languages=False)), f"killed after {count}: {wrong}")
            check(not (wrong := copies.problems(copies.folder_files(program.path("out")), languages=False)), f"killed after {count}: {wrong}")
            started(program)
            wait_for("the change comes through", lambda turn=turn: f"fire {turn}".encode() in bucket.objects["live/index.html"][0])
            wait_for("on disk", lambda turn=turn: f"fire {turn}".encode() in copies.folder_files(program.path("out"))["index.html"])
    finally:
        program.stop()


def bounded():
    """A thousand services: a change carries what it is seen in, not the site."""
    bucket = Bucket()
    program = Program(yaml([f"S{n}" for n in range(1000)], [s3(bucket)]))
    try:
        started(program)
        began = time.monotonic()
        wait_for("the bucket is whole", lambda: "live/as_of.json" in bucket.objects, seconds=300)
        took, all_bytes, all_files = time.monotonic() - began, bucket.bytes, len(bucket.puts)
        for post in ("S7-DOWN: fire", "S7-UP: out"):
            wait_for("the round is over", lambda: program.ask("/metrics")[1].find("mirrors_not_whole 0") >= 0)
            bucket.puts.clear()
            bucket.bytes = 0
            said = time.monotonic()
            check(program.say(post)[0] == 201, "said")
            wait_for("the change is there", lambda post=post: post.split(": ")[1].encode() in bucket.objects["live/index.html"][0]
                     and LAST <= set(bucket.puts), seconds=60)
            way = time.monotonic() - said
            # Data once; pages in six languages, each at its file's name and its clean address.
            check(len(bucket.puts) <= 240, f"{len(bucket.puts)} files for one change of {all_files}")
            check(bucket.bytes < all_bytes / 10, f"{bucket.bytes} bytes for one change of {all_bytes}")
            print(f"1,000 services: whole {all_files} objects, {all_bytes >> 20} MiB in {took:.1f} s; {post[:6]}… {len(bucket.puts)} objects, "
                  f"{bucket.bytes >> 10} KiB, {way:.2f} s")
    finally:
        program.stop()
    check(not bucket.bad_signatures, f"signatures: {bucket.bad_signatures[:3]}")


def exported():
    """`signalbox export` writes the same by the same code, twice into one folder, and it opens from there."""
    program = Program(yaml(["API", "JS.json"], []).replace("publish:\n", ""))
    try:
        started(program)
        check(program.say("API-DOWN: fire")[0] == 201, "said")
        wait_for("down", lambda: program.state("API") == "DOWN")
        out = program.path("export")
        for _ in range(2):
            done = program.command("export", out)
            check(done.returncode == 0 and "took 0 away" in done.stdout, done.stdout + done.stderr)
            check(not (wrong := copies.problems(copies.folder_files(out))), wrong)
        served(program, out)
        opened(program, out)
        leaves_others_alone(program)
    finally:
        program.stop()


def leaves_others_alone(program):
    taken = program.path("website")
    os.makedirs(taken)
    with open(os.path.join(taken, "index.html"), "w", encoding="utf-8") as page:
        page.write("the firm's own")
    done = program.command("export", taken)
    check(done.returncode == 1 and "not ours" in done.stderr, done.stdout + done.stderr)
    check(os.listdir(taken) == ["index.html"], "another site stays as it is")


def served(program, out):
    """By nginx as config/nginx/mirror.conf has it: addresses without an ending, types, and what only a header can say."""
    if shutil.which("nginx") is None:
        return print("not tried, because nginx is not installed: a copy behind config/nginx/mirror.conf")
    with open(os.path.join(ROOT, "config", "nginx", "mirror.conf"), encoding="utf-8") as file:
        server = file.read()
    port = free_port()
    for line, instead in ((r"listen 443[^;]*;", f"listen 127.0.0.1:{port};"), (r"listen \[::\][^;]*;", ""), (r"ssl_certificate\S*[^;]*;", ""),
                          (r"root [^;]*;", f"root {out};")):
        server = re.sub(line, instead, server)
    os.chmod(program.directory, 0o755)
    with open(program.path("nginx.conf"), "w", encoding="utf-8") as file:
        file.write(f"daemon off; pid {program.path('nginx.pid')}; error_log {program.path('nginx.log')};\n"
                   f"events {{}}\nhttp {{ access_log off;\n{server}\n}}\n")
    nginx = subprocess.Popen(["nginx", "-p", program.directory, "-c", program.path("nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for("nginx answers", lambda: fetch(url + "/")[0] == 200)
        incident = next(name for name in copies.folder_files(out) if name.startswith("incidents/"))[:-len(".html")]
        for path, kind in (("/", "text/html"), ("/history", "text/html"), ("/services/API", "text/html"), ("/services/JS.json", "text/html"),
                           ("/" + incident, "text/html"), ("/history.html", "text/html"), ("/history.atom", "application/atom+xml"), ("/embed", "text/html"),
                           ("/updates.json", "application/json"), ("/maintenance.ics", "text/calendar"), ("/badge.svg", "image/svg+xml")):
            with urllib.request.urlopen(url + path, timeout=5) as answer:
                check(answer.headers["Content-Type"].startswith(kind), f"{path} is {answer.headers['Content-Type']}")
                framed = answer.headers["X-Frame-Options"] is None
                check(kind != "text/html" or path.endswith(".json") or framed == (path == "/embed"), f"{path}: frames")
                check(kind == "text/html" or answer.headers["Access-Control-Allow-Origin"] == "*", f"{path}: origins")
        check(fetch(url + "/.signalbox-manifest.json")[0] == 404, "the manifest is nobody's business")
    finally:
        nginx.terminate()
        nginx.wait()
    return print("a copy is served by nginx as config/nginx/mirror.conf has it")


def opened(program, out):
    """From a folder, in a browser: the links lead on, and an old copy says that it is old."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return print("not tried, because chromium is not installed: a copy opened from a folder")
    def text(name):
        done = subprocess.run([chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={program.path('profile')}",
                               "--virtual-time-budget=3000", "--dump-dom", f"file://{out}/{name}"], capture_output=True, text=True, check=False)
        return done.stdout
    check('class="copy-lost" role="alert" hidden' in text("services/API.html"), "a new copy does not complain")
    with open(os.path.join(out, "as_of.js"), encoding="utf-8") as said:
        old = said.read()
    for name in ("services/API.html", "as_of.js", "wall.html"):
        path = os.path.join(out, name)
        with open(path, encoding="utf-8") as file:
            body = file.read()
        year = json.loads(old[old.index("{"):old.rindex("}") + 1])["as_of"][:4]
        with open(path, "w", encoding="utf-8") as file:
            file.write(body.replace(f'data-written="{year}', 'data-written="2020').replace(f'"as_of":"{year}', '"as_of":"2020'))
    for name in ("services/API.html", "wall.html"):
        check('class="copy-lost" role="alert" hidden' not in text(name) and "2020" in text(name), f"an old {name} says so")
    return print("a copy opened from a folder says when it is old")


def main():
    need(SIGNALBOX)
    if shutil.which("rsync") is None:
        skip("rsync is not installed")
    tests = {one.__name__: one for one in (everywhere, restarted, misbehaving, killed, exported, bounded)}
    for name in sys.argv[1:] or tests:
        tests[name]()


if __name__ == "__main__":
    main()
