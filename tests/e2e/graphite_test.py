"""The graphite source against the real carbon-cache and graphite-web."""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from probe import Probe, free_port, listening, skip, wait_for  # noqa: E402

EVERY = 10
PYTHON = "/usr/bin/python3"  # the one that Debian's graphite-web is installed for
SERVE = """
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server
from graphite.wsgi import application
class Quiet(WSGIRequestHandler):
    def log_message(self, *_): pass
make_server("127.0.0.1", int(sys.argv[1]), application, handler_class=Quiet).serve_forever()
"""


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as out:
        out.write(text)
    return path


def start_carbon(folder, line, pickle, query):
    write(folder, "conf/storage-schemas.conf",
          "[all]\npattern = .*\nretentions = 1s:2h\n")
    config = write(folder, "conf/carbon.conf", f"""[cache]
STORAGE_DIR = {folder}/storage
LOCAL_DATA_DIR = {folder}/storage/whisper
CONF_DIR = {folder}/conf
LOG_DIR = {folder}/storage/log
PID_DIR = {folder}
USER =
LINE_RECEIVER_INTERFACE = 127.0.0.1
LINE_RECEIVER_PORT = {line}
PICKLE_RECEIVER_INTERFACE = 127.0.0.1
PICKLE_RECEIVER_PORT = {pickle}
CACHE_QUERY_INTERFACE = 127.0.0.1
CACHE_QUERY_PORT = {query}
MAX_CREATES_PER_MINUTE = inf
ENABLE_TAGS = False
""")
    return subprocess.Popen(
        ["carbon-cache", "--config=" + config, "--pidfile=" + folder + "/carbon.pid",
         "--logdir=" + folder, "--nodaemon", "start"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start_web(folder, port, query):
    write(folder, "web/local_settings.py", f"""
SECRET_KEY = 'a test'
STORAGE_DIR = '{folder}/storage'
WHISPER_DIR = '{folder}/storage/whisper/'
LOG_DIR = '{folder}/storage/log'
INDEX_FILE = '{folder}/storage/index'
CARBONLINK_HOSTS = ['127.0.0.1:{query}']
DATABASES = {{'default': {{'NAME': '{folder}/storage/graphite.db',
                          'ENGINE': 'django.db.backends.sqlite3'}}}}
""")
    os.makedirs(folder + "/storage/log", exist_ok=True)
    os.makedirs(folder + "/storage/whisper", exist_ok=True)
    environment = dict(os.environ, PYTHONPATH=folder + "/web",
                       DJANGO_SETTINGS_MODULE="graphite.settings",
                       GRAPHITE_SETTINGS_MODULE="local_settings")
    return subprocess.Popen([PYTHON, "-W", "ignore", "-c", SERVE, str(port)],
                            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def send(port, lines):
    with socket.create_connection(("127.0.0.1", port)) as carbon:
        carbon.sendall("".join(line + "\n" for line in lines).encode())


def probe(port, **asked):
    return Probe(meter="graphite", base_url=f"http://127.0.0.1:{port}", every=EVERY * 1000,
                 settings={}, questions={"API": asked})


def check(line, web):
    end = int(time.time()) // EVERY * EVERY
    start = end - 4 * EVERY
    points = []
    for at in range(start, end):
        points.append(f"shop.total {10} {at}")
        points.append(f"shop.bad {1} {at}")
        if not start + 13 <= at < start + 15:
            points.append(f"shop.good {9} {at}")
    send(line, points)
    source = probe(web, total="shop.total", bad="shop.bad")

    def settled():
        got = source("poll", cursor="", now=(end + 1) * 1000)
        return got if got.get("readings") else None

    first = wait_for(settled, 40)
    assert first, "no reading in 40 s"
    assert first["readings"] == [{"service": "API", "instant": end * 1000, "good": 90.0,
                                  "total": 100.0}], first
    old = source("poll", cursor="", now=(start + EVERY) * 1000)["cursor"]
    missed = source("poll", cursor=old, now=(end + 1) * 1000)["readings"]
    assert [one["instant"] for one in missed] == [
        (start + n * EVERY) * 1000 for n in (2, 3, 4)], missed
    ahead = source("poll", cursor=first["cursor"], now=(end + EVERY) * 1000)
    assert ahead["readings"] == [] and ahead["cursor"] == first["cursor"], ahead
    send(line, [f"shop.{name} {count} {at}" for at in range(end, end + EVERY)
                for name, count in (("total", 10), ("bad", 0))])
    late = wait_for(lambda: source("poll", cursor=first["cursor"],
                                   now=(end + EVERY) * 1000)["readings"])
    assert late and late[0]["good"] == 100, late
    source.close()

    gaps = probe(web, total="shop.total", good="shop.good")
    old = gaps("poll", cursor="", now=(start + EVERY) * 1000)["cursor"]
    got = gaps("poll", cursor=old, now=(end + 1) * 1000)
    assert [one["instant"] for one in got["readings"]] == [
        (start + n * EVERY) * 1000 for n in (3, 4)], got
    assert "gap" in got["complaints"][0], got
    gaps.close()

    unknown = probe(web, total="no.such.metric", good="shop.good")
    got = unknown("poll", cursor="", now=(end + 1) * 1000)
    assert got["readings"] == [] and "no such metric" in got["complaints"][0], got
    unknown.close()


def main():
    if not shutil.which("carbon-cache"):
        skip("graphite-carbon is not installed")
    if subprocess.run([PYTHON, "-c", "import graphite"], capture_output=True).returncode:
        skip("graphite-web is not installed")
    folder = tempfile.mkdtemp(prefix="signalbox-graphite-")
    line, pickle, query, web = (free_port() for _ in range(4))
    servers = [start_carbon(folder, line, pickle, query), start_web(folder, web, query)]
    try:
        assert wait_for(lambda: listening(line)), "carbon-cache does not listen"
        assert wait_for(lambda: listening(web)), "graphite-web does not listen"
        check(line, web)
        print("ok")
    finally:
        for server in servers:
            server.terminate()
            server.wait(20)
        shutil.rmtree(folder)


main()
