"""What holds for every copy of the site, wherever it is kept: each link of a page leads to a file, and each page says what it is."""
import os
import posixpath
import re

LINK = re.compile(r'<(\w+)([^>]*) (href|src|data-as-of)="([^"]*)"([^>]*)')
OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#)")


def folder_files(root):
    """Name to bytes of a folder, but for the manifest and what is just being written (`….new`)."""
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith(".new"):
                continue
            try:
                with open(path, "rb") as file:
                    found[os.path.relpath(path, root)] = file.read()
            except FileNotFoundError:
                pass  # taken away just now
    found.pop(".signalbox-manifest.json", None)
    return found


def lost_links(files, assets_only=False, languages=True):
    """(page, link) of each link in a page that leads to no file; those to the same page in another language only with `languages`."""
    for name, body in files.items():
        if not name.endswith(".html"):
            continue
        for tag, before, attribute, link, after in LINK.findall(body.decode()):
            elsewhere = tag == "a" or 'rel="alternate"' in before or attribute == "data-as-of"
            if OUTSIDE.match(link) or (assets_only and elsewhere) or ("hreflang" in before + after and not languages):
                continue
            to = posixpath.normpath(posixpath.join(posixpath.dirname(name), re.split(r"[?#]", link)[0]))
            if to not in files:
                yield name, link


def problems(files, whole=True, languages=True):
    """What is wrong with a copy; `whole`: all of it should be there, and (`languages`) in every language: a page's files in six lead to
    each other, so that one of them must be first."""
    wrong = [f"{page} leads to {link}, which is not there" for page, link in lost_links(files, not whole, languages)]
    for name, body in files.items():
        if name.endswith("~") or "/.~tmp~" in name:
            wrong.append(f"{name} was left behind")
        if not name.endswith(".html"):
            continue
        text = body.decode()
        if not text.rstrip().endswith("</html>"):
            wrong.append(f"{name} is not whole")
        if 'http-equiv="Content-Security-Policy"' not in text or "data-written=" not in text:
            wrong.append(f"{name} says neither its policy nor its time")
        strange = [tag for tag in re.findall(r"<script[^>]*>", text) if "data-as-of=" not in tag and "-page.js\" data-copy" not in tag]
        if strange or text.count("data-as-of=") != 1:
            wrong.append(f"{name} has other scripts than its own: {strange}")
    if whole:
        wrong += [f"no {name}" for name in ("index.html", "history.html", "as_of.js", "as_of.json", "history.atom", "api/v2/summary.json",
                                            "status.txt") if name not in files]
    return wrong
