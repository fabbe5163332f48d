"""What the lints share: the tree's files, and C++ text without comments and strings."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
STEPS = ("base", "model", "ledger", "availability", "standing", "board", "announce", "outbox",
         "store", "net", "publish", "schedule", "app")
BESIDE = ("grammar", "connectors", "web", "config")
CORE = ("model", "grammar", "ledger", "availability", "standing", "board", "announce")


def folder_path(folder):
    return ROOT / folder if folder in BESIDE else ROOT / "src" / folder


def sources(*tops, ends=(".h", ".cc")):
    """All C++ files below the folders `tops`, given from the root, in a stable order."""
    found = []
    for top in tops:
        base = ROOT / top
        if base.is_dir():
            found += [p for p in sorted(base.rglob("*")) if p.suffix in ends and p.is_file()]
    return found


def program():
    """The program's own files, without tests and benches."""
    return sources("src", *BESIDE)


def everything():
    return sources("src", *BESIDE, "tests", "bench")


def folder_of(path):
    """The step of the line a file belongs to; None outside of it."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "src" and len(parts) > 2:
        return parts[1]
    return parts[0] if parts[0] in BESIDE else None


def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace")


TOKENS = re.compile(
    r'R"(?P<mark>[^()\\ ]{0,16})\(.*?\)(?P=mark)"'
    r'|//[^\n]*|/\*.*?\*/'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'",
    re.S)


def bare(text, keep_strings=False):
    """`text` with comments (and strings) blanked out; every line stays where it is."""
    def blank(match):
        found = match.group(0)
        if found.startswith("/") or not keep_strings:
            mark = "" if found.startswith("/") else found[0] if found[0] != "R" else '"'
            body = re.sub(r"[^\n]", " ", found)
            return mark + body[2:] + mark if mark and len(found) > 1 else body
        return found
    return TOKENS.sub(blank, text)


def lines_with(text, pattern):
    """(line number, match) for each place where `pattern` is found."""
    for match in re.finditer(pattern, text):
        yield text.count("\n", 0, match.start()) + 1, match


def say(path, line, what):
    return f"{path.relative_to(ROOT)}:{line}: {what}"


def finish(mistakes, name):
    """Prints what is wrong and gives the exit code."""
    for mistake in mistakes:
        print(mistake)
    print(f"{name}: " + (f"{len(mistakes)} wrong" if mistakes else "all is well"))
    return 1 if mistakes else 0
