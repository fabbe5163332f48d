"""The dns check against the real dnsmasq: each kind of answer, a large one by TCP, and silence."""
import os
import shutil
import socket
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from probe import Probe, free_port, listening, skip, wait_for  # noqa: E402

DNSMASQ = shutil.which("dnsmasq", path=os.environ["PATH"] + ":/usr/sbin")


def start(port):
    long_texts = [f"--txt-record=big.acme.test,{i:03}{'x' * 200}" for i in range(20)]
    return subprocess.Popen(
        [DNSMASQ, "--no-daemon", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--pid-file=",
         f"--port={port}", "--listen-address=127.0.0.1", "--bind-interfaces", "--local=/acme.test/",
         "--host-record=www.acme.test,192.0.2.1,2001:db8::1", "--host-record=www.acme.test,192.0.2.2",
         "--cname=alias.acme.test,www.acme.test", "--mx-host=acme.test,mail.acme.test,10",
         "--txt-record=acme.test,v=spf1 -all", "--srv-host=_x._tcp.acme.test,www.acme.test,443,1,2",
         *long_texts], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def poll(server, name, **settings):
    dotted = {key.replace("__", "."): value for key, value in settings.items()}
    probe = Probe(check="dns", settings={"server": server, "name": name, "timeout": "2s", **dotted})
    got = probe("poll", cursor="")
    probe.close()
    return got


def good(*asked, **settings):
    got = poll(*asked, **settings)
    assert got["readings"][0]["good"] == 1, (asked, settings, got)


def failed(why, *asked, **settings):
    got = poll(*asked, **settings)
    reading = got["readings"][0]
    assert (reading["good"], reading["total"]) == (0, 1) and why in reading["why"], (asked, got)


def check_answers(dns):
    good(dns, "www.acme.test")
    good(dns, "www.acme.test", expect__values=["192.0.2.1", "192.0.2.2"])
    failed("lacks 192.0.2.9", dns, "www.acme.test", expect__values=["192.0.2.1", "192.0.2.9"])
    good(dns, "www.acme.test", expect__any=["192.0.2.9", "192.0.2.2"])
    failed("none of the expected", dns, "www.acme.test", expect__any=["192.0.2.9"])
    good(dns, "www.acme.test", type="AAAA", expect__values="2001:DB8:0::1")
    good(dns, "alias.acme.test", type="CNAME", expect__values="www.acme.test.")
    good(dns, "alias.acme.test", type="A", expect__any="192.0.2.1")
    good(dns, "acme.test", type="MX", expect__values="10 mail.acme.test")
    good(dns, "acme.test.", type="TXT", expect__values="v=spf1 -all")
    good(dns, "_x._tcp.acme.test", type="SRV", expect__values="1 2 443 www.acme.test")
    last = f"{19:03}{'x' * 200}"
    good(dns, "big.acme.test", type="TXT", expect__values=last)  # does not fit into a datagram


def check_failures(dns):
    failed("NXDOMAIN", dns, "nobody.acme.test")
    failed("no record of type MX", dns, "www.acme.test", type="MX")
    failed("refused", dns, "www.elsewhere.test")
    failed("does not answer", f"127.0.0.1:{free_port()}", "www.acme.test", timeout="500ms")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        failed("does not answer", f"127.0.0.1:{silent.getsockname()[1]}", "www.acme.test",
               timeout="500ms")


def check_our_own_trouble():
    got = poll("255.255.255.255:53", "www.acme.test", timeout="300ms")
    assert got["readings"] == [] and "no way" in got["complaints"][0], got


def check_many_in_a_row(dns):
    """One probe, one process: nothing is left behind by a poll."""
    probe = Probe(check="dns", settings={"server": dns, "name": "www.acme.test"})
    open_files = f"/proc/{probe.process.pid}/fd"
    probe("poll", cursor="")
    before = len(os.listdir(open_files))
    for _ in range(200):
        assert probe("poll", cursor="")["readings"][0]["good"] == 1
    assert len(os.listdir(open_files)) == before
    probe.close()


def main():
    if DNSMASQ is None:
        skip("dnsmasq is not installed")
    port = free_port()
    server = start(port)
    try:
        assert wait_for(lambda: listening(port)), "dnsmasq answers"
        dns = f"127.0.0.1:{port}"
        check_answers(dns)
        check_failures(dns)
        check_our_own_trouble()
        check_many_in_a_row(dns)
    finally:
        server.terminate()
        server.wait()
    print("dns check against dnsmasq: ok")


main()
