#!/usr/bin/env python3
"""The page in each language over HTTP: by address and by header, with the same facts, and what staff wrote as it was written."""
import html
import http.client
import json
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from program import SIGNALBOX, Program, check, need, wait_for  # noqa: E402

YAML = """
page: {name: Acme, url: "https://status.example", time_zone: Europe/Paris, language: de}
listen: {public: "127.0.0.1:0", control: "127.0.0.1:0"}
store: "sqlite:signalbox.db"
services: [{id: API, name: Public API}, {id: JS}, {id: de}]
"""
WORDS = {  # UP, ISSUE, DOWN, MAINT, UNKNOWN; the direction
    "en": (("UP", "ISSUE", "DOWN", "MAINT", "UNKNOWN"), "ltr"),
    "de": (("In Betrieb", "Gestört", "Ausgefallen", "Wartung", "Unbekannt"), "ltr"),
    "fr": (("Opérationnel", "Perturbé", "Hors service", "Maintenance", "Inconnu"), "ltr"),
    "es": (("Operativo", "Con problemas", "Fuera de servicio", "Mantenimiento", "Desconocido"), "ltr"),
    "ja": (("正常", "一部障害", "停止", "メンテナンス", "不明"), "ltr"),
    "ar": (("تعمل", "بها مشكلات", "متوقفة", "صيانة", "غير معروفة"), "rtl"),
}
MESSAGE = "disks caught fire: Platten & Festplatten brennen"


def answer(public, path, headers=None, method="GET"):
    where = urllib.parse.urlsplit(public)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=5)
    connection.request(method, path, headers=headers or {})
    got = connection.getresponse()
    body = got.read().decode()
    connection.close()
    return got.status, dict(got.getheaders()), body


def text_of(page):
    page = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def facts(page, words):
    """State of each service, the instants of all updates, the ids: whatever the language."""
    states = {}
    for service, row in re.findall(r'<li id="service-([^"]+)"(.*?)</li>', page, flags=re.S):
        shown = re.search(r'<span class="state [a-z]+">.*?</svg>([^<]*)</span>', row, flags=re.S)
        states[service] = words.index(shown.group(1)) if shown and shown.group(1) in words else row
    return states, sorted(re.findall(r'datetime="([^"]+)"', page)[1:]), sorted(re.findall(r'id="(incident-[^"]+)"', page))


def each_language(public):
    told = {}
    for code, (words, direction) in WORDS.items():
        status, headers, page = answer(public, f"/{code}/")
        check(status == 200 and headers["Content-Language"] == code, f"/{code}/ answers in it: {headers}")
        check(f'<html lang="{code}" dir="{direction}">' in page, f"/{code}/ says its language and direction")
        check(MESSAGE in text_of(page), f"/{code}/ says what staff said, as it was said")
        states, instants, incidents = facts(page, words)
        check(states == {"API": 2, "JS": 1, "de": 0}, f"/{code}/ shows the states: {states}")
        told[code] = (instants, incidents)
        for path in ("history", "services/API", "services/de", "wall", "embed"):
            status, _, body = answer(public, f"/{code}/{path}")
            check(status == 200 and f'<html lang="{code}"' in body, f"/{code}/{path}")
        by_header = answer(public, "/", {"Accept-Language": f"tlh, {code};q=0.5"})
        check(f'<html lang="{code}"' in by_header[2], f"Accept-Language {code}")
        check(by_header[1]["Vary"] == "Accept-Language, Accept-Encoding", f"Vary: {by_header[1]['Vary']}")
    check(all(one == told["en"] for one in told.values()), f"the same facts in all languages: {told}")


def links_between(public):
    page = answer(public, "/fr/services/API")[2]
    for code in WORDS:
        link = re.search(rf'href="([^"]+)" lang="{code}" hreflang="{code}"', page)
        check(link is not None, f"a link to {code}")
        path = urllib.parse.urljoin("/fr/services/API", link.group(1))
        check(path == f"/{code}/services/API", f"it leads to the same page: {path}")


def conditional(public):
    tag = answer(public, "/de/services/JS")[1]["ETag"]
    again = answer(public, "/de/services/JS", {"If-None-Match": tag})
    check(again[0] == 304 and again[1]["Content-Language"] == "de", f"304 in its language: {again}")
    other = answer(public, "/fr/services/JS", {"If-None-Match": tag})
    check(other[0] == 200, "another language is another document")
    head = answer(public, "/ja/", method="HEAD")
    check(head[0] == 200 and head[2] == "" and head[1]["Content-Language"] == "ja", f"HEAD: {head}")


def main():
    need(SIGNALBOX)
    program = Program(YAML)
    check(program.start() is not None, "it starts")
    try:
        program.say(f"API-DOWN: {MESSAGE}")
        program.say("JS-ISSUE: slow")
        public = program.public
        wait_for("both reports on the page", lambda: program.state("API") == "DOWN" and program.state("JS") == "ISSUE")
        each_language(public)
        links_between(public)
        conditional(public)
        check('<html lang="de"' in answer(public, "/")[2], "the page's own language without a header")
        moved = answer(public, "/ja")
        check(moved[0] == 302 and moved[1]["Location"] == "ja/", f"/ja leads to /ja/: {moved}")
        check(answer(public, "/ja/api/board.json")[0] == 404, "data has no language")
        german = json.loads(answer(public, "/api/board.json", {"Accept-Language": "de"})[2])
        states = [service["state"] for service in german["services"]]
        check(states == ["DOWN", "ISSUE", "UP"], f"data keeps its words: {states}")
        for hostile in (",".join(["x;q=0.9"] * 900), "*" * 5000, "\xff\xfe;q=\x7f", "de" + "-x" * 2000):
            status = answer(public, "/", {"Accept-Language": hostile.encode("latin-1")})[0]
            check(status in (200, 400, 431), f"a hostile header is answered: {status}")
        check(answer(public, "/")[0] == 200, "and the page stays")
    finally:
        program.stop()
    print("ok: six languages, the same facts")


main()
