"""What checks are made of: an nginx that notes who asked when, targets that hang, and a configuration of many checks."""
import asyncio
import os
import shutil
import subprocess
import tempfile
import threading

from program import fetch, free_port, skip, wait_for

NGINX = """
worker_processes 1; pid {dir}/nginx.pid; error_log {dir}/error.log; daemon off; worker_rlimit_nofile 16000;
events {{ worker_connections 8000; multi_accept on; }}
http {{ log_format seen '$msec $uri'; access_log {dir}/seen seen; keepalive_requests 100000000; server_tokens off;
  client_body_temp_path {dir}/a; proxy_temp_path {dir}/b; fastcgi_temp_path {dir}/c; uwsgi_temp_path {dir}/d; scgi_temp_path {dir}/e;
  server {{ listen 127.0.0.1:{port} backlog=4096; location / {{ default_type text/plain; return 200 "ok\\n"; }} }} }}
"""


class Nginx:
    """One worker that answers 200 to everything."""

    def __init__(self):
        self.binary = shutil.which("nginx") or "/usr/sbin/nginx"
        if not os.path.exists(self.binary):
            skip("nginx is not installed")
        self.directory = tempfile.mkdtemp(prefix="signalbox-nginx-")
        os.chmod(self.directory, 0o755)
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/"
        path = os.path.join(self.directory, "nginx.conf")
        with open(path, "w", encoding="utf-8") as out:
            out.write(NGINX.format(dir=self.directory, port=port))
        self.process = subprocess.Popen([self.binary, "-c", path, "-p", self.directory], stderr=subprocess.DEVNULL)
        self.skipped = 0
        wait_for("nginx answers", lambda: fetch(self.url)[0] == 200)

    def seen(self):
        """(when, path) of every request since forget(), oldest first, but for our own look whether it answers."""
        with open(os.path.join(self.directory, "seen"), encoding="utf-8") as log:
            lines = [line.split() for line in log.read().splitlines()[self.skipped:]]
        return [(float(line[0]), line[1]) for line in lines if len(line) == 2 and line[1] != "/"]

    def count(self):
        return len(self.seen())

    def forget(self):
        with open(os.path.join(self.directory, "seen"), encoding="utf-8") as log:
            self.skipped = len(log.read().splitlines())

    def firsts(self):
        """When each path was first asked for."""
        firsts = {}
        for when, path in self.seen():
            firsts.setdefault(path, when)
        return firsts

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Hanging:
    """Takes connections; answers each request, or never."""

    def __init__(self):
        self.hangs, self.connections, self.served = False, set(), 0
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self.thread.start()
        ready.wait()

    def _run(self, ready):
        async def serve():
            server = await asyncio.start_server(self._answer, "127.0.0.1", 0, backlog=4096)
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            ready.set()
        asyncio.set_event_loop(self.loop)
        self.loop.set_exception_handler(lambda *_: None)  # who still hangs at the end is let go
        self.loop.create_task(serve())
        self.loop.run_forever()

    async def _answer(self, reader, writer):
        self.connections.add(writer)
        try:
            await reader.readuntil(b"\r\n\r\n")
            if self.hangs:
                await reader.read()  # until the other side gives up
            else:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n")
                await writer.drain()
                self.served += 1
        except (OSError, asyncio.IncompleteReadError):
            pass
        self.connections.discard(writer)
        writer.close()

    def hang(self, hangs):
        self.hangs = hangs

    def open(self):
        return len(self.connections)

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()


def service_lines(prefix, count, each, url, settings):
    """Services of `each` checks, every check of a path of its own."""
    lines = []
    for service in range(-(-count // each)):
        checks = ", ".join(f'{{kind: http, url: "{url}{prefix}{service}/{n}", {settings}}}'
                           for n in range(min(each, count - service * each)))
        lines.append(f"  - {{id: {prefix}{service}, checks: [{checks}]}}")
    return lines


def checks_yaml(count, every, url, keep_alive=False, extra=0, extra_url="", each=10, timeout=10):
    """`count` checks of `url`, ten a service, and `extra` ones of another, each of those a service of its own."""
    settings = f"every: {every:.0f}s, timeout: {timeout}s" + (", keep_alive: true" if keep_alive else "")
    lines = service_lines("S", count, each, url, settings)
    lines += service_lines("H", extra, 1, extra_url, settings)
    return "\n".join(["page: {name: Many, url: \"https://status.many.example\", time_zone: UTC}",
                      'listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}',
                      "store: \"sqlite:signalbox.db\"", "services:", *lines, ""])
