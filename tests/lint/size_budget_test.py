"""How large things may be: files, functions, and how much of a public header is comment."""
import math
import re
import sys

from tree import ROOT, bare, everything, finish, program, say, text_of

FILE_MEDIAN, FILE_MOST, FILE_LIMIT = 80, 300, 500
FUNCTION_MEDIAN, FUNCTION_MOST, FUNCTION_LIMIT = 6, 30, 60
COMMENT_LEAST, COMMENT_MOST = 0.30, 0.65  # 35 to 60 % is aimed at; plain lists of fields need less

NOT_A_FUNCTION = re.compile(
    r"^\s*(template\s*<.*>\s*)?(inline\s+)?(namespace|class|struct|enum|union|extern\b(?!.*\())")
LAMBDA = re.compile(r"\[[^\[\]]*\]\s*(\([^{}]*\))?\s*(mutable\s*)?(->\s*[\w:<>&*, ]+)?$")
INNER = re.compile(r"^\s*(if|for|while|switch|do|else|try|catch|return|co_return)\b")


def share(values, percent):
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else 0


def functions(text):
    """(first line, line count) of each function body, lambdas too, brace to brace: how often its
    signature is wrapped says nothing about it."""
    code = bare(text)
    code = re.sub(r"(?m)^[ \t]*#(?:[^\n\\]|\\\n|\\.)*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), code)
    found, stack, start, line, parens = [], [], 0, 1, 0
    for at, char in enumerate(code):
        if char == "\n":
            line += 1
        elif char in "()":
            parens += 1 if char == "(" else -1
        elif char == ";" and parens == 0:
            start = at + 1
        elif char == "{":
            head = code[start:at]
            inside = bool(stack) and stack[-1][0] != "scope"
            if inside or parens > 0:
                kind = "function" if LAMBDA.search(code[max(0, at - 300):at].rstrip()) else "inner"
            elif is_function(head):
                kind = "function"
            else:
                kind = "scope" if NOT_A_FUNCTION.match(head) else "inner"
            stack.append((kind, line, parens))
            parens, start = 0, at + 1
        elif char == "}" and stack:
            kind, first, parens = stack.pop()
            if kind == "function":
                found.append((first, line - first + 1))
            # After a member's initializer the constructor's body is still to come.
            start = at + 1 if kind != "inner" or is_closed(code, at) else start
    return found


def is_closed(code, at):
    """Whether a statement ends at the brace at `at`."""
    return not re.match(r"\s*[,{;)(.\]]", code[at + 1:at + 40])


def is_function(head):
    if NOT_A_FUNCTION.match(head) or INNER.match(head) or "(" not in head:
        return False
    before = head[:head.index("(")]
    if re.search(r"[^=!<>]=[^=]", before) and "operator" not in before:
        return False  # a variable and its value
    after = head[head.rindex(")") + 1:]
    # `Name(…) : member_` opens an initializer; the body's brace is still to come.
    return "->" in after or not re.search(r"[:,]\s*\w+\s*$", after)


def comment_share(text):
    rows = [row.strip() for row in text.split("\n")]
    rows = [row for row in rows if row]
    comments = [row for row in rows if "//" in row]
    return len(comments) / len(rows) if rows else 0


def check_files(mistakes):
    for path in everything():
        count = text_of(path).count("\n")
        if count > FILE_LIMIT:
            mistakes.append(say(path, count, f"{count} lines, at most {FILE_LIMIT}; split it by meaning"))
    counts = [text_of(path).count("\n") for path in program()]
    middle, most = share(counts, 50), share(counts, 95)
    print(f"files: {len(counts)}, median {middle}, 95 % {most}, longest {max(counts, default=0)}")
    if middle > FILE_MEDIAN or most > FILE_MOST:
        mistakes.append(f"files: median {middle} (at most {FILE_MEDIAN}), 95 % {most} "
                        f"(at most {FILE_MOST}); split the longest by meaning")


def check_functions(mistakes):
    lengths = []
    ours = set(program())
    for path in everything():
        for first, count in functions(text_of(path)):
            if path in ours:
                lengths.append(count)
            if count > FUNCTION_LIMIT:
                mistakes.append(say(path, first, f"a function of {count} lines, at most {FUNCTION_LIMIT}"))
    middle, most = share(lengths, 50), share(lengths, 95)
    print(f"functions: {len(lengths)}, median {middle}, 95 % {most}, longest {max(lengths, default=0)}")
    if middle > FUNCTION_MEDIAN or most > FUNCTION_MOST:
        mistakes.append(f"functions: median {middle} (at most {FUNCTION_MEDIAN}), 95 % {most} "
                        f"(at most {FUNCTION_MOST})")


def check_headers(mistakes):
    shares = {path: comment_share(text_of(path)) for path in program() if path.suffix == ".h"}
    if not shares:
        return
    average = sum(shares.values()) / len(shares)
    print(f"headers: {len(shares)}, {average:.0%} comment on average")
    if not COMMENT_LEAST <= average <= COMMENT_MOST:
        mistakes.append(f"headers: {average:.0%} of their lines are comment on average; between "
                        f"{COMMENT_LEAST:.0%} and {COMMENT_MOST:.0%} is right. Least explained: "
                        + ", ".join(str(p.relative_to(ROOT))
                                    for p in sorted(shares, key=shares.get)[:5]))


def main():
    mistakes = []
    check_files(mistakes)
    check_functions(mistakes)
    check_headers(mistakes)
    return finish(mistakes, "size budget")


if __name__ == "__main__":
    sys.exit(main())
