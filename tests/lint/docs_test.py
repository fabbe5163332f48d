"""The documents tell the truth about the tree: links lead somewhere, every folder is explained, and
one thing has one word."""
import re
import sys

from tree import ROOT, bare, finish, lines_with, program, say, text_of

SKIPPED = {"build", "node_modules", ".git"}
# The words of the product. docs/glossary.md explains each, as `**word**: …`.
GLOSSARY = ("account announcement author availability board check connector cursor delivery digest "
            "evaluation event grammar group head incident ledger maintenance measured mistake notice "
            "outbox phase post reading report service snapshot source staff standing stated state "
            "update verdict").split()


def documents():
    for path in sorted(ROOT.rglob("*.md")):
        if not SKIPPED & set(path.relative_to(ROOT).parts):
            yield path


def anchors(text):
    """GitHub's anchors of the headings of a document."""
    for heading in re.findall(r"(?m)^#+ +(.+?) *#*$", text):
        kept = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).lower())
        yield kept.replace(" ", "-")


def without_code(text):
    blank = lambda match: re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r"`[^`\n]*`", blank, re.sub(r"(?ms)^```.*?^```", blank, text))


def check_links():
    for path in documents():
        for line, match in lines_with(without_code(text_of(path)), r"\]\(([^)\s]+)[^)]*\)"):
            target = match.group(1)
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            name, _, anchor = target.partition("#")
            there = (path.parent / name) if name else path
            if not there.exists():
                yield say(path, line, f"the link {target} leads nowhere")
            elif anchor and there.suffix == ".md" and anchor not in set(anchors(text_of(there))):
                yield say(path, line, f"{name or path.name} has no heading for #{anchor}")


def check_folders():
    architecture = ROOT / "docs" / "architecture.md"
    text = text_of(architecture)
    for folder in sorted({path.parent for path in program() if path.suffix == ".h"}):
        name = str(folder.relative_to(ROOT))
        if f"`{name}/`" not in text and f"`{name}`" not in text:
            yield say(architecture, 1, f"`{name}/` has headers and is not named here")


def check_glossary():
    """Each word is explained; what a `Not:` list names is nobody's type."""
    path = ROOT / "docs" / "glossary.md"
    text = text_of(path)
    explained = [w.lower() for w in re.findall(r"(?m)^- \*\*([^*]+)\*\*:", text)]
    for word in GLOSSARY:
        if word not in explained:
            yield say(path, 1, f"`{word}` is not explained")
    for earlier, later in zip(explained, explained[1:]):
        if earlier > later:
            yield say(path, 1, f"`{later}` comes after `{earlier}`; keep the alphabet")
    rivals = {}
    for line, match in lines_with(text, r"Not: ([^.\n]+)\."):
        for rival in match.group(1).split(","):
            rivals[rival.strip().title().replace(" ", "")] = line
    for source in program():
        if source.parent.parent.name == "connectors":
            continue  # speaks the words of its network
        for line, match in lines_with(bare(text_of(source)), r"\b(?:class|struct|enum class)\s+(\w+)\s*(?:final\b|[{:])"):
            if match.group(1) in rivals:
                yield say(source, line, f"`{match.group(1)}` has another word, see docs/glossary.md:"
                          f"{rivals[match.group(1)]}")


def main():
    mistakes = [*check_links(), *check_folders(), *check_glossary()]
    return finish(mistakes, "documents")


if __name__ == "__main__":
    sys.exit(main())
