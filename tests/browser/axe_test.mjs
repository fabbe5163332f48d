// Accessibility: axe-core finds nothing on any page, in light, dark and forced colours, from 320 px to 4K; nor, on a phone and
// a desktop, on pages that say they were not updated, which a core that is kept from writing makes them say.
// boards: rich quiet
// packages: axe-core
import { spawn, spawnSync } from "node:child_process";
import { boards, check, finish, launch, packaged, routes, say, until } from "./browser.mjs";

const AXE = packaged("axe-core/axe.min.js");
const LOOKS = [
  { name: "light", media: { colorScheme: "light" } },
  { name: "dark", media: { colorScheme: "dark" } },
  { name: "forced colours", media: { colorScheme: "dark", forcedColors: "active" } },
];
const WIDTHS = [320, 768, 1280, 3840];

// One line a mistake, however many looks find it.
const mistakes = new Map();
const note = (mistake, where) => mistakes.set(mistake, [...(mistakes.get(mistake) ?? []), where]);

const told = (violation) => {
  const [node] = violation.nodes;
  const why = [...node.any, ...node.all, ...node.none].map((one) => one.message).join("; ");
  return `${violation.id} in ${violation.nodes.length} places, first ${node.target.join(" ")}: ${why}: ${node.html.slice(0, 160)}`;
};

const look = async (page, path, where) => {
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of found.violations) note(`${path}: ${told(violation)}`, where);
  check(found.passes.length > 0, `${path} ${where}: axe found nothing to look at`);
};

const excess = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

const browser = await launch();
let looks = 0;
/** Looks at `url` in each width and look; calls the page `path`, and notes what `finds` says of it. */
const visit = async (url, path, widths, finds = async () => true) => {
  const page = await browser.newPage();
  await page.goto(url);
  if (!(await finds(page))) note(`${path}: is not what it should be`, url);
  // By the debugger, which no policy of the page binds.
  await page.evaluate(AXE);
  for (const width of widths) {
    await page.setViewportSize({ width, height: width > 2000 ? 2160 : 800 });
    if ((await excess(page)) > 0) note(`${path}: scrolls sideways`, width);
    for (const { name, media } of LOOKS) {
      await page.emulateMedia({ forcedColors: "none", ...media });
      await look(page, path, `${width} ${name}`);
      ++looks;
    }
  }
  await page.close();
};

const paths = {};
for (const [name, board] of Object.entries(boards)) {
  paths[name] = await routes(board);
  for (const path of paths[name]) await visit(board.public + path, `${name} ${path}`, WIDTHS);
}

const STALE = /<p class="banner" role="alert"><strong>/;
/** Makes the core of `board` wait for the disk, and so fall silent, while the web goes on: what does it, to be killed, once the
 * pages say so; null where it cannot be done. */
const silence = async (board) => {
  if (spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]).status !== 0) return null;
  const slow = ["-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:delay_enter=300s"];
  const tracer = spawn("strace", ["-f", "-qq", "-o", "/dev/null", "-p", String(board.pid), ...slow]);
  say(board, "Dash: something to write").catch(() => {});
  await until("the page says that it is not updated", async () => STALE.test(await (await fetch(board.public)).text()), 150);
  return tracer;
};
const tracer = await silence(boards.rich);
if (tracer) {
  const told = (page) => page.evaluate(() => document.querySelector(".banner[role=alert]:not([hidden]), .stale") !== null);
  for (const path of paths.rich) await visit(boards.rich.public + path, `stale ${path}`, [320, 1280], told);
  tracer.kill();
} else {
  console.log("no stale page was looked at, because strace cannot trace here");
}
await browser.close();
for (const [mistake, where] of mistakes) check(false, `${mistake} [${where.join(", ")}]`);
finish(`axe-core looked ${looks} times`);
