// Without script every page says all that it says with it, in one request; with it `/` makes three at most.
// boards: rich
import { boards, check, finish, launch, routes } from "./browser.mjs";

const board = boards.rich;
const browser = await launch();

/** The words of a page, every group opened, and what it asked for. */
const read = async (path, script) => {
  const context = await browser.newContext({ javaScriptEnabled: script });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => !request.url().startsWith("data:") && asked.push(new URL(request.url()).pathname));
  await page.goto(board.public + path, { waitUntil: script ? "load" : "domcontentloaded" });
  if (script) await page.waitForTimeout(0);
  const words = await page.evaluate(() => {
    document.querySelectorAll("details").forEach((one) => (one.open = true));
    // What script adds: finding by name, times in the reader's zone, charts to explore.
    document.querySelectorAll(".find, .yours, .explore-start, .copy, output").forEach((one) => one.remove());
    return document.body.innerText.replace(/\s+/g, " ").trim();
  });
  await context.close();
  return { words, asked };
};

// Times and shares go on between two looks.
const same = (words) =>
  words
    .replace(/\d\d:\d\d(:\d\d)?/g, "TIME")
    .replace(/\d+(\.\d+)? (s|min|h|ms)\b/g, "LENGTH")
    .replace(/\d+(\.\d+)?[ \u200e\u061c]*%\u200e?/g, "SHARE")
    .replace(/\s+/g, " ");

for (const path of await routes(board)) {
  let without = await read(path, false);
  const beside = await read(path, true);
  // The board goes on, too: what has changed between the two is said without script as well by now.
  if (same(without.words) !== same(beside.words)) without = await read(path, false);
  check(without.asked.length === 1, `${path}: one request without script: ${without.asked}`);
  check(without.words.length > 40, `${path} says something`);
  const [alone, both] = [same(without.words), same(beside.words)];
  const at = [...alone].findIndex((letter, place) => letter !== both[place]);
  check(alone === both, `${path} says “${alone.slice(at, at + 60)}” without script, “${both.slice(at, at + 60)}” with it`);
  if (path === "/") check(beside.asked.length <= 3, `${path}: at most three requests: ${beside.asked}`);
}
await browser.close();
finish("no page needs script");
