#!/usr/bin/env python3
"""What strangers get from us, beside what they get from nginx: the same bytes and headers, in one run, interleaved.

Usage: bench/serving.py [SECONDS a run, default 3; 1 is the short form]
1. Requests/s and p99 of `/` (100 services, 30 incidents) as gzip, as it is, and as 304, and of /api/v2/summary.json of 500
   components, at 64 and 1,000 connections: medians of seven rounds, and of the rounds' own ratios. Limits: requests/s
   0.95 of nginx; p99 not worse.
2. Page requests while slowhttptest holds 1,000 slow connections (-H, -B, -X, -R): 99.9 % below 500 ms.
3. Memory with 10,000 idle connections: 64 MiB.
Needs wrk, nginx and slowhttptest; SIGNALBOX_BUILD names the folder of serving_bench (default build/bench).
"""
import http.client
import os
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "support"))
from program import ROOT, free_port  # noqa: E402

PROGRAM = os.path.join(os.environ.get("SIGNALBOX_BUILD", os.path.join(ROOT, "build/bench")), "serving_bench")
NGINX = """
user root; worker_processes {cores}; pid {dir}/nginx.pid; error_log {dir}/error.log; daemon off; worker_rlimit_nofile 20000;
events {{ worker_connections 8000; multi_accept on; }}
http {{ access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000;
  open_file_cache max=100; open_file_cache_valid 60s; default_type "{type}"; server_tokens off;
  client_body_temp_path {dir}/a; proxy_temp_path {dir}/b; fastcgi_temp_path {dir}/c; uwsgi_temp_path {dir}/d; scgi_temp_path {dir}/e;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {dir}; {headers}
    location / {{ try_files /document =404; }}
    location /packed {{ alias {dir}/document; gzip_static always; }} }} }}
"""


def same_headers(head):
    """The headers beside those nginx sets itself, so that both send as much."""
    own = ("http/", "content-type", "content-length", "content-encoding", "etag", "date", "accept-ranges")
    lines = [line.split(": ", 1) for line in head.split("\r\n") if line and not line.lower().startswith(own)]
    return " ".join(f'add_header {name} "{value}";' for name, value in lines)


def milliseconds(text):
    number, unit = re.match(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}[unit]


def wrk(url, connections, seconds, headers):
    """(requests/s, p99 in ms)."""
    more = [word for header in headers for word in ("-H", header)]
    out = subprocess.run(["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", *more, url],
                         capture_output=True, text=True, check=True).stdout
    errors = re.search(r"Socket errors.*|Non-2xx.*", out)
    if errors:
        print(f"  {url}: {errors.group(0)}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), milliseconds(re.search(r"^ +99% +(\S+)", out, re.M).group(1))


def head_of(url, headers):
    host, path = url.removeprefix("http://").split("/", 1)
    connection = http.client.HTTPConnection(host)
    connection.request("GET", "/" + path, headers=headers)
    answer = connection.getresponse()
    length = len(answer.read())
    connection.close()
    return answer, length


class Served:
    """One document, by us and by nginx."""

    def __init__(self, path, services, incidents):
        self.folder = tempfile.TemporaryDirectory()
        os.chmod(self.folder.name, 0o755)
        self.path = path
        self.process = subprocess.Popen([PROGRAM, self.folder.name, path, str(services), str(incidents)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        self.port = free_port()
        with open(f"{self.folder.name}/head.txt", newline="", encoding="ascii") as file:
            head = file.read()
        kind = re.search(r"Content-Type: (\S+?);? ", head).group(1)
        with open(f"{self.folder.name}/nginx.conf", "w", encoding="utf-8") as out:
            out.write(NGINX.format(dir=self.folder.name, port=self.port, type=kind + "; charset=utf-8",
                                   headers=same_headers(head), cores=os.cpu_count()))
        config = f"{self.folder.name}/nginx.conf"
        self.nginx = subprocess.Popen(["/usr/sbin/nginx", "-c", config, "-e", f"{self.folder.name}/error.log"])
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                break
            except OSError:
                time.sleep(0.01)

    def urls(self, form):
        """(ours, nginx's), and what each is asked with, for `gzip`, `identity` or `304`."""
        ours = f"http://{self.address}{self.path}"
        theirs = f"http://127.0.0.1:{self.port}/{'packed' if form != 'identity' else ''}"
        packed = {} if form == "identity" else {"Accept-Encoding": "gzip"}
        result = []
        for url in (ours, theirs):
            answer, length = head_of(url, packed)
            asked = [f"{name}: {value}" for name, value in packed.items()]
            if form == "304":
                asked.append(f"If-None-Match: {answer.getheader('ETag')}")
                status = head_of(url, {**packed, "If-None-Match": answer.getheader("ETag")})[0].status
                assert status == 304, f"{url} answers {status}"
            result.append((url, asked, length))
        assert result[0][2] == result[1][2], f"not the same bytes: {result}"
        return result

    def compare(self, form, connections, seconds, rounds=7):
        rates, tails = [], []
        (ours, asked, length), (theirs, asked_theirs, _) = self.urls(form)
        for _ in range(rounds):
            b = wrk(theirs, connections, seconds, asked_theirs)
            a = wrk(ours, connections, seconds, asked)
            rates.append((a[0], b[0], a[0] / b[0]))
            tails.append((a[1], b[1], a[1] / b[1]))
        middle = [statistics.median(column) for column in zip(*rates)]
        tail = [statistics.median(column) for column in zip(*tails)]
        print(f"{self.path:22} {form:8} {length:7,} B {connections:5} connections: {middle[0]:8,.0f}/s, nginx {middle[1]:8,.0f}/s, "
              f"ratio {middle[2]:.2f} (limit 0.95); p99 {tail[0]:6.2f} ms, nginx {tail[1]:6.2f} ms, ratio {tail[2]:.2f} (limit 1)",
              flush=True)

    def stop(self):
        self.nginx.terminate()
        self.nginx.wait()
        self.process.stdin.close()
        self.process.wait()
        self.folder.cleanup()


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) / 1024


def page_times(address, until):
    """Each on a connection of its own, as a new reader comes."""
    times = []
    host, port = address.split(":")
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            connection = http.client.HTTPConnection(host, int(port), timeout=5)
            connection.request("GET", "/", headers={"Accept-Encoding": "gzip"})
            ok = connection.getresponse().read() and True
            connection.close()
        except OSError:
            ok = False
        times.append(time.monotonic() - began if ok else 99)
        time.sleep(0.002)
    return times


def slow(address, kind, seconds, pid):
    modes = {"-H": "headers", "-B": "bodies", "-X": "readers", "-R": "ranges"}
    more = ["-k", "3"] if kind == "-X" else ["-a", "10", "-b", "3000"] if kind == "-R" else []
    attack = subprocess.Popen(["slowhttptest", kind, *more, "-c", "1000", "-r", "500", "-i", "2", "-l", str(seconds),
                               "-u", f"http://{address}/"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    times = page_times(address, time.monotonic() + seconds)
    attack.wait()
    good = sum(t < 0.5 for t in times)
    print(f"1,000 slow {modes[kind]} ({kind}): {100 * good / len(times):.2f} % of {len(times)} page requests < 500 ms (limit 99.9), "
          f"worst {max(times) * 1000:.0f} ms, {resident(pid):.0f} MiB resident", flush=True)


def idle(address, pid, count=10000):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    host, port = address.split(":")
    before = resident(pid)
    held = []
    for _ in range(count):
        try:
            held.append(socket.create_connection((host, int(port))))
        except OSError:
            break
    time.sleep(1)
    print(f"{len(held):,} idle connections: {resident(pid):.0f} MiB resident, {before:.0f} before (limit 64)", flush=True)
    for s in held:
        s.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    for tool in ("wrk", "slowhttptest", "/usr/sbin/nginx", PROGRAM):
        if subprocess.run(["which", tool], capture_output=True, check=False).returncode:
            print(f"skipped, because {tool} is not there")
            return 77
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores: only ratios mean anything")
    page, summary = Served("/", 100, 30), Served("/api/v2/summary.json", 500, 30)
    try:
        idle(page.address, page.process.pid)
        for connections in (64, 1000):
            for form in ("gzip", "identity", "304"):
                page.compare(form, connections, seconds)
            summary.compare("gzip", connections, seconds)
            summary.compare("identity", connections, seconds)
        for kind in ("-H", "-B", "-X", "-R"):
            slow(page.address, kind, 5 * seconds, page.process.pid)
    finally:
        page.stop()
        summary.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
