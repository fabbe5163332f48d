"""The example configurations of nginx, HAProxy and Varnish, each checked by its own program and then really standing before
ours: the page, the live stream at once, and whom each connection is taken for; by TCP, by Unix socket and by PROXY."""
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import ROOT, Program, check, fetch, free_port, skip, wait_for  # noqa: E402

PAGE = """
page: {{name: Behind, time_zone: UTC}}
store: "sqlite:signalbox.db"
sources: [{{id: own, kind: access_log, path: access.log}}]
services: [{{id: API}}, {{id: JS}}, {{id: Page, availability: {{source: own}}}}]
access_log: access.log
limits: {{trusted_proxies: [127.0.0.1]}}
listen: {{{listen}}}
"""
BY_PORT = 'public: "127.0.0.1:{port}", control: "127.0.0.1:0"'
BY_SOCKET = 'public: "unix:{folder}/public.sock", control: "unix:{folder}/control.sock"'


READER = "127.0.0.77"  # no proxy of ours


def program_at(listen):
    program = Program(PAGE.format(listen=listen))
    # We are a trusted proxy here, and say nothing of whom we speak for.
    answers = 400 if "proxy_protocol: true" in listen else 200
    check(program.start(answers=answers) is not None, "it starts")
    return program


def example(name):
    with open(os.path.join(ROOT, "config", name), encoding="utf-8") as file:
        return file.read()


def logged(program, path):
    """The address that the access log has for a request of `path`."""

    def found():
        with open(program.path("access.log"), encoding="ascii") as log:
            return [line.split(" ")[0] for line in log if f'"GET {path} ' in line]

    return wait_for(f"{path} in the access log", found)[-1]


def run(command, **how):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **how)
    check(done.returncode == 0, f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done


class Folder:
    """A place for a proxy: a certificate of its own, and what it writes."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="signalbox-proxies-")
        os.chmod(self.path, 0o755)
        run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=status.acme.example",
             "-keyout", f"{self.path}/key.pem", "-out", f"{self.path}/cert.pem"])
        with open(f"{self.path}/both.pem", "w", encoding="ascii") as both:
            for part in ("cert", "key"):
                with open(f"{self.path}/{part}.pem", encoding="ascii") as file:
                    both.write(file.read())

    def write(self, name, text):
        with open(f"{self.path}/{name}", "w", encoding="utf-8") as out:
            out.write(text)
        return f"{self.path}/{name}"

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


def nginx_config(folder, https, server):
    """Our example as it is, but for the ports, the certificate, and where it writes."""
    text = example("nginx/signalbox.conf")
    text = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", f"{folder.path}/cert.pem", text)
    text = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", f"{folder.path}/key.pem", text)
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{https} ssl").replace("listen [::]:443 ssl http2;", "")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};").replace("listen [::]:80;", "")
    text = text.replace("server 127.0.0.1:8080;", f"server {server};")
    check(str(https) in text and server in text, "the example of nginx has lost its ports")
    paths = " ".join(f"{kind}_temp_path {folder.path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return folder.write("nginx.conf", f"user root; pid {folder.path}/nginx.pid; daemon off; error_log {folder.path}/error.log;\n"
                                      f"events {{}}\nhttp {{ access_log off; {paths}\n{text}\n}}\n")


def get(port, path, tls=True, headers=None):
    """(status, headers, body) of one request by a stranger."""
    context = ssl._create_unverified_context()  # pylint: disable=protected-access
    how = {"timeout": 5, "source_address": (READER, 0)}
    made = http.client.HTTPSConnection("127.0.0.1", port, context=context, **how) if tls \
        else http.client.HTTPConnection("127.0.0.1", port, **how)
    try:
        made.request("GET", path, headers={"Host": "status.acme.example", **(headers or {})})
        answer = made.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, {}, ""
    finally:
        made.close()


def stream(port, program, tls):
    """Opens /live through the proxy and posts: a proxy that gathers what it passes on would keep the event until there is more."""
    raw = socket.create_connection(("127.0.0.1", port), timeout=10)
    if tls:
        context = ssl._create_unverified_context()  # pylint: disable=protected-access
        raw = context.wrap_socket(raw, server_hostname="status.acme.example")
    raw.sendall(b"GET /live HTTP/1.1\r\nHost: status.acme.example\r\n\r\n")
    seen = b""
    while b"retry:" not in seen:
        seen += raw.recv(4096)
    word = f"through the proxy {port}."
    check(program.say("API-ISSUE: " + word)[0] == 201, "a post")
    while word.encode() not in seen:
        more = raw.recv(4096)
        check(more != b"", f"the stream through {port} ended")
        seen += more
    raw.close()
    check(program.say("API-UP: over.")[0] == 201, "a post")


def page_and_stream(port, program, tls, name):
    status, headers, body = wait_for(f"{name} passes on", lambda: (lambda got: got if got[0] == 200 else None)(get(port, "/", tls)))
    check("API" in body and "etag" in headers, f"{name}: the page, with its ETag")

    def unchanged():
        # Our own requests are measured: a publication may come in between, and then the page is another.
        _, has, _ = get(port, "/", tls)
        status, now, _ = get(port, "/", tls, {"If-None-Match": has["etag"]})
        check(status == 304 or now.get("etag") != has["etag"], f"{name}: {status} for what the reader has")
        return status == 304

    wait_for(f"{name}: 304 for what the reader has", unchanged)
    check(get(port, "/api/v2/summary.json", tls)[0] == 200, f"{name}: the API")
    stream(port, program, tls)


def whom(port, program, path, tls, name):
    """A stranger's claim is not believed; the proxy's word is."""
    get(port, path, tls, {"X-Forwarded-For": "203.0.113.9"})
    seen = logged(program, path)
    check(seen == READER, f"{name}: taken for {seen}, not {READER}")


def stop(*processes):
    for process in processes:
        process.terminate()
        process.wait(20)


def behind_nginx(folder):
    port, https = free_port(), free_port()
    program = program_at(BY_PORT.format(port=port))
    config = nginx_config(folder, https, f"127.0.0.1:{port}")
    run(["/usr/sbin/nginx", "-t", "-c", config, "-e", f"{folder.path}/error.log"])
    nginx = subprocess.Popen(["/usr/sbin/nginx", "-c", config, "-e", f"{folder.path}/error.log"])
    page_and_stream(https, program, True, "nginx")
    whom(https, program, "/by-nginx", True, "nginx")
    check(get(https, "/metrics")[0] == 404, "nginx: no figures for strangers")
    stop(nginx)
    program.stop()


def behind_nginx_by_socket(folder):
    """The socket's file is ours after a kill, too; staff's tools find the control plane by its own."""
    https = free_port()
    program = Program("")
    with open(program.config, "w", encoding="utf-8") as out:
        out.write(PAGE.format(listen=BY_SOCKET.format(folder=program.directory)))
    check(program.start() is not None, "it starts on sockets")
    check(program.public == f"unix:{program.directory}/public.sock", f"it prints {program.public}")
    program.kill()
    check(program.start() is not None, "it starts again over what a kill left")
    os.chmod(program.directory, 0o755)
    mode = os.stat(f"{program.directory}/public.sock").st_mode & 0o777
    check(mode == 0o660, f"the public socket is {mode:o}")
    mode = os.stat(f"{program.directory}/control.sock").st_mode & 0o777
    check(mode == 0o600, f"the control socket is {mode:o}")
    done = program.command("say", "JS-ISSUE: by socket.")
    check(done.returncode == 0, f"say: {done.stderr}")
    done = program.command("status")
    check(done.returncode == 0 and "JS" in done.stdout, f"status: {done.stdout}{done.stderr}")
    config = nginx_config(folder, https, f"unix:{program.directory}/public.sock")
    nginx = subprocess.Popen(["/usr/sbin/nginx", "-c", config, "-e", f"{folder.path}/error.log"])
    page_and_stream(https, program, True, "nginx by socket")
    whom(https, program, "/by-socket", True, "nginx by socket")
    stop(nginx)
    check(program.stop() == 0, "a clean stop")
    check(not os.path.exists(f"{program.directory}/public.sock"), "no socket is left behind")


def behind_haproxy(folder):
    port, https, plain = free_port(), free_port(), free_port()
    program = program_at(BY_PORT.format(port=port))
    text = example("haproxy/haproxy.cfg").replace("/etc/haproxy/status.acme.example.pem", f"{folder.path}/both.pem")
    text = text.replace("bind :443", f"bind 127.0.0.1:{https}").replace("bind :80", f"bind 127.0.0.1:{plain}")
    text = text.replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    config = folder.write("haproxy.cfg", text)
    run(["/usr/sbin/haproxy", "-c", "-f", config])
    haproxy = subprocess.Popen(["/usr/sbin/haproxy", "-db", "-f", config], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    page_and_stream(https, program, True, "HAProxy")
    whom(https, program, "/by-haproxy", True, "HAProxy")
    check(get(plain, "/", False)[0] == 301, "HAProxy: from http to https")
    stop(haproxy)
    program.stop()


def behind_haproxy_by_proxy(folder):
    """In TCP mode: the reader's address comes by PROXY, of either version, and is counted."""
    port = free_port()
    program = program_at(BY_PORT.format(port=port) + ", proxy_protocol: true")
    fronts = {"send-proxy": free_port(), "send-proxy-v2": free_port()}
    text = "defaults\n mode tcp\n timeout connect 2s\n timeout client 30s\n timeout server 30s\n"
    for word, front in fronts.items():
        text += (f"listen {word}\n bind 127.0.0.1:{front}\n source 127.0.0.1\n"
                 f" server signalbox 127.0.0.1:{port} {word} check check-send-proxy\n")
    config = folder.write("tcp.cfg", text)
    run(["/usr/sbin/haproxy", "-c", "-f", config])
    haproxy = subprocess.Popen(["/usr/sbin/haproxy", "-db", "-f", config], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    for word, front in fronts.items():
        page_and_stream(front, program, False, word)
        with socket.create_connection(("127.0.0.1", front), timeout=5, source_address=(READER, 0)) as reader:
            reader.sendall(f"GET /by-{word} HTTP/1.0\r\n\r\n".encode())
            check(b" 404 " in reader.recv(4096), f"{word}: an answer")
        seen = logged(program, f"/by-{word}")
        check(seen == READER, f"{word}: taken for {seen}")
    check(fetch(f"http://127.0.0.1:{port}/")[0] == 400, "who says nothing of whom it is for is refused")
    done = program.command("status")
    check(done.returncode == 0, f"staff is not: {done.stderr}")
    stop(haproxy)
    program.stop()


def behind_varnish(folder):
    port, front = free_port(), free_port()
    program = program_at(BY_PORT.format(port=port))
    vcl = folder.write("varnish.vcl", example("cdn/varnish.vcl").replace('"8080"', f'"{port}"'))
    run(["/usr/sbin/varnishd", "-C", "-f", vcl, "-n", f"{folder.path}/compiled"])
    if os.geteuid() != 0:
        print("varnishd was not started, because it needs root to")
        program.stop()
        return
    varnish = subprocess.Popen(["/usr/sbin/varnishd", "-F", "-f", vcl, "-n", f"{folder.path}/run", "-j", "none",
                                "-a", f"127.0.0.1:{front}", "-s", "malloc,16m"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    page_and_stream(front, program, False, "Varnish")
    whom(front, program, "/by-varnish", False, "Varnish")
    before = sum(1 for _ in open(program.path("access.log"), encoding="ascii"))
    for _ in range(200):
        check(get(front, "/", False)[0] == 200, "the page from the cache")
    asked = sum(1 for line in list(open(program.path("access.log"), encoding="ascii"))[before:] if '"GET / ' in line)
    check(asked < 20, f"200 readers cost {asked} questions")
    program.kill()
    status, headers, body = get(front, "/", False)
    check(status == 200 and "API" in body, f"the page outlives the program: {status} {headers}")
    stop(varnish)


def reopened():
    """SIGHUP begins a new access log where the old one was moved away."""
    program = program_at(BY_PORT.format(port=0))
    fetch(program.public + "/before")
    logged(program, "/before")
    os.rename(program.path("access.log"), program.path("access.log.1"))
    program.process.send_signal(1)
    wait_for("a new log", lambda: os.path.exists(program.path("access.log")))
    fetch(program.public + "/after", headers={"User-Agent": 'a"\\b'})
    logged(program, "/after")
    program.stop()
    done = program.command("backtest", program.path("access.log"), program.path("access.log.1"))
    read = json.loads(done.stdout)
    check((read["lines"], read["unparsable"]) == (3, 0), f"our own source reads it: {done.stdout}{done.stderr}")


def main():
    for tool in ("/usr/sbin/nginx", "/usr/sbin/haproxy", "/usr/sbin/varnishd", "/usr/bin/openssl"):
        if not os.path.exists(tool):
            skip(f"{tool} is not installed")
    reopened()
    for scene in (behind_nginx, behind_nginx_by_socket, behind_haproxy, behind_haproxy_by_proxy, behind_varnish):
        folder = Folder()
        scene(folder)
        folder.remove()
        print(f"{scene.__name__}: ok", flush=True)


if __name__ == "__main__":
    main()
