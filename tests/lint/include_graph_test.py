"""Who may include whom: the folders are steps of one line, and no step looks where it must not.

The table below is the rule (docs/architecture.md tells why); the core moreover knows no clock, disk,
network or configuration."""
import re
import sys

from tree import CORE, ROOT, bare, folder_of, lines_with, program, say, text_of, finish

# Beside its own folder and base.
ALLOWED = {
    "base": set(),
    "model": set(),
    "grammar": {"model"},
    "ledger": {"model"},
    "availability": {"model"},
    "board": {"model"},
    "standing": {"model", "ledger"},
    "announce": {"model", "board"},
    "store": {"model"},
    "outbox": {"model", "store"},
    "net": set(),
    "connectors": {"model", "net"},
    "publish": {"net"},
    "schedule": set(),
    "web": {"model", "board"},
    "config": {"model"},
}
OUTSIDE = {
    r"#include <(fstream|iostream|filesystem|thread|random|cstdio|sys/\w+|unistd\.h)>":
        "the core touches no disk, thread or chance; take a plain value instead",
    r"(system_clock|steady_clock)::now": "the core is told `now`",
    r"\bgetenv\b": "the core knows no environment",
    r"\b(rand|srand|time)\s*\(": "the core is told `now` and chance",
    r"#include <(boost|curl|sqlite3|SQLiteCpp|yaml-cpp|httplib|spdlog)":
        "the core knows no network, storage, configuration or log",
}


def includes(path):
    for line, match in lines_with(bare(text_of(path), keep_strings=True), r'#include "([^"]+)"'):
        yield line, match.group(1)


def resolve(path, name):
    for base in (ROOT, ROOT / "src", path.parent):
        if (base / name).is_file():
            return (base / name).resolve()
    return None


def check_file(path, edges):
    mine = folder_of(path)
    for line, name in includes(path):
        target = resolve(path, name)
        if target is None:
            yield say(path, line, f'"{name}" is not in the tree; write "folder/file.h"')
            continue
        edges.setdefault(path, []).append((line, target))
        theirs = folder_of(target)
        if theirs == mine and mine == "connectors":
            yield from check_connector(path, line, target)
        if theirs in (mine, "base") or mine == "app":
            continue
        allowed = ALLOWED.get(mine)
        if allowed is None:
            yield say(path, line, f"the folder {mine} has no line in the table of includes")
        elif theirs not in allowed:
            yield say(path, line, f"{mine} must not include {theirs} (allowed: base"
                      + "".join(f", {a}" for a in sorted(allowed)) + ")")


def check_connector(path, line, target):
    """A connector knows no other connector, only what stands in connectors/ itself."""
    mine, theirs = path.relative_to(ROOT).parts, target.relative_to(ROOT).parts
    if len(theirs) > 2 and mine[:2] != theirs[:2]:
        yield say(path, line, f"the connector {theirs[1]} is another one's; share in connectors/")


def check_core(path):
    text = bare(text_of(path), keep_strings=True)
    for pattern, why in OUTSIDE.items():
        for line, match in lines_with(text, pattern):
            yield say(path, line, f"`{match.group(0)}`: {why}")


def cycles(edges):
    """Headers that include each other in a circle."""
    done, trail = set(), []

    def visit(path):
        if path in trail:
            circle = trail[trail.index(path):] + [path]
            yield " -> ".join(str(p.relative_to(ROOT)) for p in circle)
            return
        if path in done:
            return
        trail.append(path)
        for _, target in edges.get(path, []):
            yield from visit(target)
        trail.pop()
        done.add(path)

    for path in sorted(edges):
        for circle in visit(path):
            yield f"{circle}: these files include each other; split what both need off"


def main():
    mistakes, edges = [], {}
    for path in program():
        if path.name.endswith("_stage.cc"):
            continue  # plays the far side for the tests, and may use their support
        mistakes += check_file(path, edges)
        if folder_of(path) in CORE:
            mistakes += check_core(path)
    mistakes += cycles(edges)
    return finish(mistakes, "include graph")


if __name__ == "__main__":
    sys.exit(main())
