// W3C's rules: the Nu Html Checker finds no error and gives no warning on any page, as served, and in any style sheet.
// boards: rich quiet hundred
// packages: vnu-jar
// needs java
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boards, check, finish, packagePath, routes } from "./browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "signalbox-vnu-"));
const JAR = packagePath("vnu-jar", "build/dist/vnu.jar");

/** Its messages about all of `files`, each with the name that `names` has for the file. */
const messages = (kind, files, names) => {
  const done = spawnSync("java", ["-jar", JAR, `--${kind}`, "--format", "json", "--also-check-css", ...files], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (done.error) throw done.error;
  return JSON.parse(done.stderr).messages.map((one) => ({ ...one, where: names.get(one.url.split("/").pop()) }));
};

/** Container queries: browsers have had them since 2023, the checker has not yet. */
const unknown_yet = ({ message, extract = "" }) =>
  message.includes("“container-type”") || (message.includes("Unknown dimension") && /\dcq[wh]/.test(extract));

const written = new Map();
const write = (name, end, text) => {
  const file = `${written.size}.${end}`;
  writeFileSync(join(folder, file), text);
  written.set(file, name);
  return join(folder, file);
};

const files = { html: [], css: [] };
for (const [name, board] of Object.entries(boards)) {
  for (const path of await routes(board)) {
    files.html.push(write(`${name} ${path}`, "html", await (await fetch(board.public + path)).text()));
  }
}
const styles = new URL("../../web/assets/", import.meta.url);
for (const name of readdirSync(styles).filter((name) => name.endsWith(".css"))) {
  files.css.push(write(name, "css", readFileSync(new URL(name, styles), "utf8")));
}
check(files.css.length > 2, "style sheets are there");

// That it finds anything at all.
const wrong = { html: "<!DOCTYPE html><title>x</title><p><div></p>", css: "p { colour: rde }" };
for (const kind of ["html", "css"]) {
  const found = messages(kind, [write(`wrong ${kind}`, kind, wrong[kind])], written);
  check(found.some((one) => one.type === "error"), `it finds what is wrong in ${kind}`);
  const seen = new Set();
  for (const one of messages(kind, files[kind], written).filter((one) => !unknown_yet(one))) {
    const what = `${one.type}: ${one.message}: ${(one.extract ?? "").replace(/\s+/g, " ")}`;
    if (!seen.has(what)) check(false, `${one.where}:${one.lastLine}: ${what}`);
    seen.add(what);
  }
}
rmSync(folder, { recursive: true });
finish(`vnu read ${files.html.length} pages and ${files.css.length} style sheets`);
