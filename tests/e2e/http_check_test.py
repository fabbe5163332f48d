"""The http check over TLS: certificates that are believed, strange, ended, or about to end."""
import http.server
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from probe import Probe, skip  # noqa: E402


class Quiet(http.server.BaseHTTPRequestHandler):
    """Sends every GET of `/to/URL` on to URL; all else is home."""

    heard = []

    def do_GET(self):
        Quiet.heard.append((self.path, dict(self.headers)))
        body = b"home"
        onward = self.path.startswith("/to/")
        self.send_response(302 if onward else 200)
        if onward:
            self.send_header("Location", self.path[4:])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def openssl(*arguments, at=None):
    command = ["openssl", *arguments]
    if at is not None:
        command = ["faketime", at, *command]
    subprocess.run(command, check=True, capture_output=True)


def make_authority(folder):
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=test CA",
            "-keyout", folder + "/ca.key", "-out", folder + "/ca.pem")


def make_certificate(folder, name, days, at=None, host="IP:127.0.0.1"):
    """Signed by the authority of this test; gives the path of certificate and key."""
    path = os.path.join(folder, name)
    with open(path + ".ext", "w") as out:
        out.write(f"subjectAltName={host}\n")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + name, "-keyout", path + ".key",
            "-out", path + ".csr")
    openssl("x509", "-req", "-in", path + ".csr", "-CA", folder + "/ca.pem", "-CAkey",
            folder + "/ca.key", "-CAcreateserial", "-days", str(days), "-extfile", path + ".ext",
            "-out", path + ".pem", at=at)
    return path


def serve(certificate=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate + ".pem", certificate + ".key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    scheme = "http" if certificate is None else "https"
    return f"{scheme}://127.0.0.1:{server.server_address[1]}"


def poll(url, **settings):
    dotted = {key.replace("__", "."): value for key, value in settings.items()}
    probe = Probe(check="http", settings={"url": url, "timeout": "5s", **dotted})
    got = probe("poll", cursor="")
    probe.close()
    return got


def graded(got, good):
    assert got["readings"][0]["good"] == good, got
    return got


def check_certificates(folder, ca):
    good = serve(make_certificate(folder, "good", 90))
    graded(poll(good, ca_file=ca), 1)
    strange = graded(poll(good), 0)
    assert "certificate" in strange["readings"][0]["why"], strange
    other = serve(make_certificate(folder, "other", 90, host="DNS:else.test"))
    graded(poll(other, ca_file=ca), 0)
    if shutil.which("faketime"):
        ended = serve(make_certificate(folder, "ended", 1, at="2024-01-01 00:00:00"))
        graded(poll(ended, ca_file=ca), 0)
    return good


def check_end_is_told(folder, ca, good):
    soon = serve(make_certificate(folder, "soon", 9))
    told = graded(poll(soon, ca_file=ca, certificate_expires="14d"), 1)["complaints"]
    assert len(told) == 1 and "ends in 8 days" in told[0] and soon in told[0], told
    assert poll(soon, ca_file=ca, certificate_expires="7d")["complaints"] == []
    assert poll(good, ca_file=ca, certificate_expires="14d")["complaints"] == []
    probe = Probe(check="http", settings={"url": good, "ca_file": ca, "certificate_expires": "14d"})
    later = int((time.time() + 80 * 86400) * 1000)
    assert len(probe("poll", cursor="", now=later)["complaints"]) == 1, "as days go by"
    assert probe("poll", cursor="", now=later)["complaints"] == [], "once"
    probe.close()


def check_redirects(folder, ca, good):
    plain = serve()
    graded(poll(plain + "/to/" + good + "/", ca_file=ca, redirects="1", expect__body="home"), 1)
    refused = graded(poll(good + "/to/" + plain + "/", ca_file=ca, redirects="1"), 0)
    assert "https to http" in refused["readings"][0]["why"], refused
    Quiet.heard.clear()
    graded(poll(good + "/to/" + plain + "/there", ca_file=ca, redirects="1", redirects_to_http="true",
                token="hush-token", headers__Cookie="hush-cookie"), 1)
    (first, at_home), (then, elsewhere) = Quiet.heard
    assert then == "/there" and at_home["Authorization"] == "Bearer hush-token", Quiet.heard
    assert "hush" not in repr(elsewhere), elsewhere


def main():
    if shutil.which("openssl") is None:
        skip("openssl is not installed")
    with tempfile.TemporaryDirectory() as folder:
        make_authority(folder)
        ca = folder + "/ca.pem"
        good = check_certificates(folder, ca)
        check_end_is_told(folder, ca, good)
        check_redirects(folder, ca, good)
    print("http check over TLS: ok")


main()
