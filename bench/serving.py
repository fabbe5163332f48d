#!/usr/bin/env python3
"""`/` served by us and by nginx: the same gzip bytes, in one run, interleaved; then 1,000 slow connections.

Usage: bench/serving.py [SECONDS a run, default 4]
Needs wrk, nginx and slowhttptest; SIGNALBOX_BUILD names the folder of serving_bench (default build/bench).
Prints requests/s of both, their ratio (limit 0.9), and the share of page requests under 500 ms (limit 99.9 %).
"""
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import http.client

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(os.environ.get("SIGNALBOX_BUILD", os.path.join(ROOT, "build/bench")), "serving_bench")
NGINX = """
worker_processes 2; pid {dir}/nginx.pid; error_log {dir}/error.log; daemon off; worker_rlimit_nofile 20000;
events {{ worker_connections 8000; multi_accept on; }}
http {{ access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000; gzip_static always;
  open_file_cache max=100; open_file_cache_valid 60s; types {{ text/html html; }} server_tokens off;
  client_body_temp_path {dir}/a; proxy_temp_path {dir}/b; fastcgi_temp_path {dir}/c; uwsgi_temp_path {dir}/d; scgi_temp_path {dir}/e;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {dir}/root; {headers} }} }}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def same_headers(head):
    """The headers beside those nginx sets itself, so that both send as much."""
    own = ("http/", "content-type", "content-length", "content-encoding", "etag", "date")
    lines = [line.split(": ", 1) for line in head.split("\r\n") if line and not line.lower().startswith(own)]
    return " ".join(f'add_header {name} "{value}";' for name, value in lines)


def wrk(address, connections, seconds):
    out = subprocess.run(["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip",
                          f"http://{address}/"], capture_output=True, text=True, check=True).stdout
    errors = re.search(r"Socket errors.*|Non-2xx.*", out)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), errors.group(0) if errors else ""


def compare(ours, nginx, connections, seconds, rounds=3):
    figures = {"ours": [], "nginx": []}
    for _ in range(rounds):
        for name, address in (("nginx", nginx), ("ours", ours)):
            rate, errors = wrk(address, connections, seconds)
            figures[name].append(rate)
            if errors:
                print(f"  {name}: {errors}")
    a, b = statistics.median(figures["ours"]), statistics.median(figures["nginx"])
    print(f"{connections} connections: ours {a:,.0f}/s, nginx {b:,.0f}/s, ratio {a / b:.2f} (limit 0.9)")


def resident(pid):
    with open(f"/proc/{pid}/status") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) / 1024


def page_times(address, until, times):
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


def slow(address, mode, seconds, pid):
    kinds = {"headers": ["-H"], "bodies": ["-B"], "readers": ["-X", "-k", "3"]}
    attack = subprocess.Popen(["slowhttptest", *kinds[mode], "-c", "1000", "-r", "500", "-i", "2", "-l", str(seconds),
                               "-u", f"http://{address}/"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    times = []
    page_times(address, time.monotonic() + seconds, times)
    attack.wait()
    good = sum(t < 0.5 for t in times)
    print(f"1,000 slow {mode}: {100 * good / len(times):.2f} % of {len(times)} page requests < 500 ms (limit 99.9), "
          f"worst {max(times) * 1000:.0f} ms, {resident(pid):.0f} MiB resident")


def idle(address, pid, count=10000):
    host, port = address.split(":")
    before = resident(pid)
    held = []
    for _ in range(count):
        try:
            held.append(socket.create_connection((host, int(port))))
        except OSError:
            break
    time.sleep(1)
    print(f"{len(held):,} idle connections: {resident(pid):.0f} MiB resident, {before:.0f} before (limit 64)")
    for s in held:
        s.close()


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    for tool in ("wrk", "slowhttptest", "/usr/sbin/nginx", PROGRAM):
        if subprocess.run(["which", tool], capture_output=True).returncode:
            print(f"skipped, because {tool} is not there")
            return 77
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/root")
        os.chmod(folder, 0o755)
        ours = subprocess.Popen([PROGRAM, f"{folder}/root"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        address = ours.stdout.readline().strip()
        port = free_port()
        with open(f"{folder}/root/head.txt", newline="") as f:
            config = NGINX.format(dir=folder, port=port, headers=same_headers(f.read()))
        with open(f"{folder}/nginx.conf", "w") as f:
            f.write(config)
        nginx = subprocess.Popen(["/usr/sbin/nginx", "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"])
        try:
            time.sleep(1)
            print(f"{os.path.getsize(folder + '/root/index.html.gz'):,} bytes of gzip")
            for connections in (64, 1000):
                compare(address, f"127.0.0.1:{port}", connections, seconds)
            for mode in ("headers", "bodies", "readers"):
                slow(address, mode, 15, ours.pid)
            idle(address, ours.pid)
        finally:
            nginx.terminate()
            nginx.wait()
            ours.stdin.close()
            ours.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
