#!/usr/bin/env python3
"""Runs the benchmarks: the programs NAME_bench of the build and the scripts NAME.py of this folder.

Each prints its figures as ratios against a peer or a limit; bench/README.md holds what was seen.
"""
import argparse
import glob
import os
import subprocess
import sys

SKIPPED = 77  # a script that says what it lacks
HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--build", default="build/bench")
    words.add_argument("name", nargs="*", help="only these")
    given = words.parse_args()
    scripts = {os.path.basename(path)[:-3]: [sys.executable, path] for path in sorted(glob.glob(f"{HERE}/*.py"))}
    scripts.pop("run")
    programs = {os.path.basename(path)[: -len("_bench")]: [path] for path in sorted(glob.glob(f"{given.build}/*_bench"))}
    all_of_them = {**programs, **scripts}  # a script of the same name starts its program itself
    wanted = given.name or sorted(all_of_them)
    for name in wanted:
        if name not in all_of_them:
            raise SystemExit(f"bench: there is no '{name}'; there are: {', '.join(sorted(all_of_them))}")
        print(f"== {name}", flush=True)
        env = {**os.environ, "SIGNALBOX_BUILD": os.path.abspath(given.build)}
        code = subprocess.run(all_of_them[name], check=False, env=env).returncode
        if code not in (0, SKIPPED):
            raise SystemExit(code)


if __name__ == "__main__":
    main()
