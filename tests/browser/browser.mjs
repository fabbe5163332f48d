// What browser tests share: the boards beside them, Debian's chromium by Playwright, the HTML routes there are, and checks.
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../package.json", import.meta.url));
const { chromium } = require("playwright-core");

/** See stage.py. */
export const stage = JSON.parse(process.env.SIGNALBOX_STAGE);
export const boards = stage.boards;
/** The text of a file of an npm package. */
export const packaged = (path) => readFileSync(require.resolve(path), "utf8");
/** Where a file of an npm package is. */
export const packagePath = (name, file) => fileURLToPath(new URL(`../node_modules/${name}/${file}`, import.meta.url));
/** An npm package. */
export const npm = (name) => require(name);

export const launch = () =>
  chromium.launch({ executablePath: stage.chromium, args: ["--no-sandbox", "--disable-gpu"] });

const failures = [];
/** Notes `what` unless `holds`; finish() tells. */
export const check = (holds, what) => {
  if (!holds) failures.push(what);
  return holds;
};

/** Ends the test: 1 with what failed, 0 with `summary`. */
export const finish = (summary) => {
  for (const failure of failures.slice(0, 60)) console.error(`FAILED: ${failure}`);
  if (failures.length > 60) console.error(`… and ${failures.length - 60} more`);
  console.log(summary);
  process.exit(failures.length === 0 ? 0 : 1);
};

/** Posts `text` on the local account of `board`, and is back when it is kept. */
export const say = async (board, text) => {
  const id = randomUUID();
  await until(`${text} is accepted`, async () => {
    const answer = await fetch(`${board.control}/api/posts`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${board.token}` },
      body: JSON.stringify({ text, id }),
    });
    await answer.text();
    return answer.ok;
  });
};

/** What `ask` gives once it is true; throws when it never is. */
export const until = async (what, ask, seconds = 20) => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const got = await ask();
    if (got) return got;
    await new Promise((go) => setTimeout(go, 25));
  }
  throw new Error(`waited ${seconds} s in vain for: ${what}`);
};

/** Asks again while the archive is being asked. */
const answered = (url) =>
  until(`${url} is answered`, async () => {
    const answer = await fetch(url, { redirect: "manual" });
    if (answer.status !== 503) return answer;
    await answer.arrayBuffer();
    return null;
  });

/** How many addresses of one shape (`/services/…`) are looked at. */
const OF_A_SHAPE = 4;
/** Languages differ in words alone, but for the direction: Arabic stands for them all, one of each shape. */
const ANOTHER = /^\/(de|en|es|fr|ja)(\/|$)/;
const most = (path) => (path.startsWith("/ar/") ? 1 : OF_A_SHAPE);
const shape = (path) => path.replace(/\/(services|incidents|groups|history)\/[^/]+/, "/$1/…");

const described = async (board) => {
  const text = await (await answered(`${board.public}/api/openapi.json`)).json();
  const html = ([, item]) => item.get?.responses?.["200"]?.content?.["text/html"] && !item.servers;
  return Object.entries(text.paths).filter(html).map(([path]) => path);
};

const linked = (html, base) =>
  [...html.matchAll(/\shref="([^"]*)"/g)]
    .map(([, href]) => new URL(href.replaceAll("&amp;", "&"), base))
    .filter((url) => url.origin === new URL(base).origin)
    .map((url) => url.pathname);

/** The HTML routes of a board: those its description names, and those that its pages link to; a few of each shape.
 * Of one that is `rich`, each that is described must be there. */
export const routes = async (board, rich = board === boards.rich) => {
  const named = (await described(board)).filter((path) => !path.includes("{"));
  const waiting = [...named];
  const seen = new Set();
  const count = new Map();
  const found = [];
  while (waiting.length > 0) {
    const path = waiting.shift();
    const many = count.get(shape(path)) ?? 0;
    if (seen.has(path) || ANOTHER.test(path) || many >= most(path)) continue;
    seen.add(path);
    const answer = await answered(board.public + path);
    const html = answer.headers.get("content-type")?.startsWith("text/html");
    const text = await answer.text();
    if (!html || answer.status !== 200) continue;
    count.set(shape(path), many + 1);
    found.push(path);
    waiting.push(...linked(text, board.public + path));
  }
  for (const path of rich ? await described(board) : []) {
    const as = new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`);
    if (!found.some((one) => as.test(one))) throw new Error(`no page was found for ${path}`);
  }
  return found;
};
