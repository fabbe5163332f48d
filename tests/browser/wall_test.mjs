// A wall is read from five metres and nobody scrolls it: however many services there are and whatever stands across the top, all of
// it is on the screen, in large letters that are whole, in rows without gaps.
// boards: rich crowd
import { join } from "node:path";
import { boards, check, finish, launch, stage } from "./browser.mjs";

const SCREENS = [[1920, 1080], [3840, 2160], [1280, 720], [1080, 1920]];
const browser = await launch();
const context = await browser.newContext();
let pictures = 0;

const opened = async (board, path, [width, height], media = {}) => {
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  await page.emulateMedia(media);
  await page.clock.install();
  await page.goto(boards[board].public + path);
  return page;
};

/** What a look at the screen shows: lengths in CSS pixels. */
const seen = (page) =>
  page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const rect = (one) => one.getBoundingClientRect();
    const ink = (one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return range.getBoundingClientRect();
    };
    const canvas = document.createElement("canvas").getContext("2d");
    /** How far the font's own box reaches below its deepest letter. */
    const slack = (one) => {
      canvas.font = getComputedStyle(one).font;
      const { fontBoundingBoxDescent, actualBoundingBoxDescent } = canvas.measureText("gjpqy");
      return fontBoundingBoxDescent - actualBoundingBoxDescent;
    };
    const cut = (one) => getComputedStyle(one).overflow === "hidden" && ink(one).bottom - slack(one) > rect(one).bottom + 0.5;
    const letters = (one) => parseFloat(getComputedStyle(one).fontSize);
    const boxes = all("main li");
    const gaps = [];
    for (const list of all("main ul")) {
      const ends = new Map();
      for (const box of list.querySelectorAll("li")) {
        const row = Math.round(rect(box).top);
        ends.set(row, Math.max(ends.get(row) ?? 0, rect(box).right));
      }
      for (const end of ends.values()) gaps.push(rect(list).right - end);
    }
    const side = document.documentElement.dir === "rtl" ? "right" : "left";
    return {
      aslant: all("main li bdi").filter((one) => one.scrollHeight < 2 * letters(one) && Math.abs(ink(one)[side] - ink(one.closest("li").querySelector(".word"))[side]) > 4).length,
      boxes: boxes.length,
      below: Math.max(document.documentElement.scrollHeight, ...boxes.map((box) => rect(box).bottom)) - innerHeight,
      smallest: Math.min(...all("main li b").map(letters)),
      gap: Math.max(0, ...gaps),
      // A name of more than two lines ends in an ellipsis; all else is whole.
      cut: all("main h1, main li b, main li bdi, main .since, main .open, main .open bdi")
        .filter((one) => cut(one) && !(one.matches("b, bdi") && one.scrollHeight > 3.2 * letters(one)))
        .concat(boxes.filter((one) => one.scrollHeight > one.clientHeight))
        .map((one) => `${one.localName}: ${one.textContent}`),
      names: all("main li b").map((one) => [Math.round(ink(one).width), Math.round(ink(one).height)].join("×")).join(),
    };
  });

const fits = (look, what) => {
  check(look.below <= 0, `${what}: ${look.below} px are not on the screen`);
  check(look.boxes <= 30, `${what}: ${look.boxes} boxes`);
  check(look.gap <= 1, `${what}: a row ends ${look.gap} px early`);
  check(look.aslant === 0, `${what}: ${look.aslant} names do not begin where their states do`);
  for (const text of look.cut) check(false, `${what}: cut off: ${text}`);
};

const picture = async (page, name) => {
  await page.screenshot({ path: join(stage.shots, `wall-${name}.png`) });
  ++pictures;
};

for (const board of Object.keys(boards)) {
  for (const path of ["/wall", "/ar/wall"]) {
    for (const screen of SCREENS) {
      const what = `${board}${path.replaceAll("/", "-")}-${screen.join("x")}`;
      const page = await opened(board, path, screen);
      const look = await seen(page);
      fits(look, what);
      const least = Math.min(...screen) / (path === "/wall" ? 45 : 60); // 24 px of 1080; 18 where lines are higher
      check(look.smallest >= least, `${what}: letters of ${look.smallest} px, not ${least}`);
      await picture(page, what);

      // The line is cut: the banner takes its place from the boxes.
      await page.route("**/*", (route) => route.abort());
      await page.clock.runFor(90_000);
      const told = await page.locator("p.lost").innerText();
      check(/\d/.test(told) && !/\d:\d\d:\d\d|[AP]M/.test(told), `${what}: a time to be read from afar: ${told}`);
      fits(await seen(page), `${what}-lost`);
      await picture(page, `${what}-lost`);
      await page.close();
    }
  }
  const plain = await opened(board, "/wall", SCREENS[0]);
  const forced = await opened(board, "/wall", SCREENS[0], { forcedColors: "active" });
  check((await seen(plain)).names === (await seen(forced)).names, `${board}: forced colours break no name that is whole without them`);
  await picture(forced, `${board}-forced`);
}
await browser.close();
finish(`${pictures} looks at a wall`);
