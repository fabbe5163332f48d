"""Words that must not stand in the tree, each with what to write instead."""
import re
import sys

from tree import ROOT, bare, everything, finish, lines_with, program, say, text_of

VAGUE = "Manager|Helpers?|Utils?|Impl|Data|Info"
CODE = {
    r"\bstd::w?regex\b|#include <regex>": "use RE2: std::regex blows up on hostile input",
    # Literals such as 5s can be had in no other way.
    r"\busing namespace (?!std::(?:\w+_)?literals\b)": "name what you use",
    rf"\b(?:class|struct|enum class|using)\s+\w*(?:{VAGUE})\b\s*(?:final\b|[{{:=])":
        "say what it is; the name tells nothing",
    r"(?m)^[ \t]*(?!void\b|return\b)(?:[\w:<>,&*\[\]]+[ \t]+)+[&*]?get_\w+[ \t]*\(":
        "a query is a noun: leave `get_` out",
    r"\bcatch\s*\(\.\.\.\)\s*\{\s*\}": "an error is returned or handled, never swallowed",
}
COMMENT = {
    r"//[^\n]*\b(?:TODO|FIXME|XXX|HACK)\b": "do it, or open an issue",
}
TESTS = {
    r"\bsleep_(?:for|until)\b|\busleep\s*\(|(?<![\w.:>])sleep\s*\(": "use FakeClock, or wait for what is to happen",
}


def find(path, text, words):
    for pattern, why in words.items():
        for line, match in lines_with(text, pattern):
            line += match.group(0).count("\n", 0, len(match.group(0)) - len(match.group(0).lstrip("\n")))
            yield say(path, line, f"`{' '.join(match.group(0).split())}`: {why}")


def check_macros(path, text):
    """Macros only beside the include of a `.def` list."""
    if re.search(r'#include "[^"]+\.def"', bare(text, keep_strings=True)):
        return
    for line, match in lines_with(bare(text), r"(?m)^[ \t]*#[ \t]*define\s+\w+"):
        yield say(path, line, f"`{match.group(0).strip()}`: no macros but for a .def list")


def check_header(path, text):
    if not text.startswith("// "):
        yield say(path, 1, "the first line says in a `//` comment what the header is")
    code = [row for row in bare(text).split("\n") if row.strip()]
    if not code or code[0].strip() != "#pragma once":
        yield say(path, 1, "`#pragma once` comes before everything but the comment")


def check_file(path):
    text = text_of(path)
    yield from find(path, bare(text), CODE)
    yield from find(path, bare(text, keep_strings=True), {r"#include <regex>": "use RE2"})
    yield from find(path, text, COMMENT)
    yield from check_macros(path, text)
    if path.suffix == ".h":
        yield from check_header(path, text)
    if path.relative_to(ROOT).parts[0] == "tests":
        yield from find(path, bare(text), TESTS)


def check_templates():
    """Unescaped output: nothing read from outside may reach a page as it is."""
    for path in sorted((ROOT / "web" / "templates").rglob("*")):
        if not path.is_file():
            continue
        for line, _ in lines_with(text_of(path), r"\{\{\{|\{\{\s*&(?!(?:svg|style)\}\})"):
            yield say(path, line, "unescaped output; write {{…}} ({{&svg}} and {{&style}} alone are taken as they are)")
    for path in program():
        for line, _ in lines_with(bare(text_of(path), keep_strings=True), r"\{\{\{\s*[#/^]?[a-z_]+\s*\}\}\}"):
            yield say(path, line, "unescaped output; write {{…}}")
        for line, _ in lines_with(bare(text_of(path), keep_strings=True), r'\["svg"\] = (?!svg_view\()'):
            yield say(path, line, "what is taken as it is comes from svg_view() alone")


def main():
    mistakes = []
    for path in everything():
        mistakes += check_file(path)
    mistakes += check_templates()
    return finish(mistakes, "words")


if __name__ == "__main__":
    sys.exit(main())
