"""The graphite source against the real carbon-cache and graphite-web."""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import outage  # noqa: E402
from probe import Probe, free_port, listening, skip, wait_for  # noqa: E402

EVERY = 10
PYTHON = "/usr/bin/python3"  # the one that Debian's graphite-web is installed for
SERVE = """
import base64, ssl, sys
from wsgiref.simple_server import WSGIRequestHandler, make_server
from graphite.wsgi import application
class Quiet(WSGIRequestHandler):
    def log_message(self, *_): pass
def guarded(environ, start_response):
    if environ.get("HTTP_AUTHORIZATION") != "Basic " + base64.b64encode(b"ann:pw").decode():
        start_response("401 Unauthorized", [("Content-Type", "text/html")])
        return [b"<html>who are you?</html>"]
    return application(environ, start_response)
server = make_server("127.0.0.1", int(sys.argv[1]), guarded, handler_class=Quiet)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
"""
SIGN_IN = {"user": "ann", "password": "pw"}


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
    return subprocess.Popen([PYTHON, "-W", "ignore", "-c", SERVE, str(port), certificate(folder)],
                            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def certificate(folder):
    """Of this test's own; nothing on the machine believes it."""
    path = os.path.join(folder, "web.pem")
    if not os.path.exists(path):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", "/CN=graphite", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-keyout", path, "-out", path + ".crt"], check=True, capture_output=True)
        with open(path, "a") as both, open(path + ".crt") as public:
            both.write(public.read())
    return path


def send(port, lines):
    with socket.create_connection(("127.0.0.1", port)) as carbon:
        carbon.sendall("".join(line + "\n" for line in lines).encode())


def probe(port, settings, **asked):
    return Probe(meter="graphite", base_url=f"https://127.0.0.1:{port}", every=EVERY * 1000,
                 settings=settings, questions={"API": asked})


def check_who_is_believed(web, settings):
    for wrong, error in [({**settings, "password": "no"}, "unauthorized"), (SIGN_IN, "unavailable")]:
        source = probe(web, wrong, total="shop.total", bad="shop.bad")
        got = source("poll", cursor="")
        assert got.get("error") == error, got
        source.close()


def check_night(line, web, settings):
    def feed(second, good, total):
        send(line, [f"night.total {total} {second}", f"night.bad {total - good} {second}"])
    given = ", ".join(f'{key}: "{value}"' for key, value in settings.items())
    outage.night(feed, f'kind: graphite, base_url: "https://127.0.0.1:{web}", {given}',
                 "total: night.total, bad: night.bad")


def check(line, web, settings):
    end = int(time.time()) // EVERY * EVERY
    start = end - 4 * EVERY
    points = []
    for at in range(start, end):
        points.append(f"shop.total {10} {at}")
        points.append(f"shop.bad {1} {at}")
        if not start + 13 <= at < start + 15:
            points.append(f"shop.good {9} {at}")
    send(line, points)
    source = probe(web, settings, total="shop.total", bad="shop.bad")

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
    assert ahead["readings"] == [], ahead
    send(line, [f"shop.{name} {count} {at}" for at in range(end, end + EVERY)
                for name, count in (("total", 10), ("bad", 0))])
    late = wait_for(lambda: source("poll", cursor=ahead["cursor"],
                                   now=(end + EVERY) * 1000)["readings"])
    assert late and late[0]["good"] == 100, late
    source.close()

    gaps = probe(web, settings, total="shop.total", good="shop.good")
    old = gaps("poll", cursor="", now=(start + EVERY) * 1000)["cursor"]
    got = gaps("poll", cursor=old, now=(end + 1) * 1000)
    assert [one["instant"] for one in got["readings"]] == [
        (start + n * EVERY) * 1000 for n in (3, 4)], got
    assert "gap" in got["complaints"][0], got
    send(line, [f"shop.good 9 {at}" for at in range(start + 13, start + 15)]
         + [f"shop.good 4 {start + 25}"])  # the gap is filled, and a point written again

    def both():
        told = gaps("poll", cursor=got["cursor"], now=(end + 3 * EVERY) * 1000)["readings"]
        return [(one["instant"] // 1000 - start, one["good"]) for one in told
                if one["instant"] <= end * 1000] == [(2 * EVERY, 90.0), (3 * EVERY, 85.0)]
    assert wait_for(both), "the filled gap and the changed point"
    gaps.close()

    unknown = probe(web, settings, total="no.such.metric", good="shop.good")
    got = unknown("poll", cursor="", now=(end + 1) * 1000)
    assert got["readings"] == [] and "no such metric" in got["complaints"][0], got
    unknown.close()


def main():
    if not shutil.which("carbon-cache"):
        skip("graphite-carbon is not installed")
    if subprocess.run([PYTHON, "-c", "import graphite"], capture_output=True).returncode:
        skip("graphite-web is not installed")
    if not shutil.which("openssl"):
        skip("openssl is not installed")
    folder = tempfile.mkdtemp(prefix="signalbox-graphite-")
    line, pickle, query, web = (free_port() for _ in range(4))
    servers = [start_carbon(folder, line, pickle, query), start_web(folder, web, query)]
    try:
        assert wait_for(lambda: listening(line)), "carbon-cache does not listen"
        assert wait_for(lambda: listening(web)), "graphite-web does not listen"
        settings = {**SIGN_IN, "ca_file": certificate(folder) + ".crt"}
        check(line, web, settings)
        check_who_is_believed(web, settings)
        check_night(line, web, settings)
        print("ok")
    finally:
        for server in servers:
            server.terminate()
            server.wait(20)
        shutil.rmtree(folder)


main()
