// Pictures of each page for people to look at, in build/…/screenshots: light, dark, narrow, wide, forced colours, in print, and
// right to left; of a quiet board, a bad day, and a hundred services. The test sees that nothing is cut off or overlaps sideways,
// and that a wall fits a screen that stands upright.
// boards: rich quiet hundred
import { join } from "node:path";
import { boards, check, finish, launch, routes, stage } from "./browser.mjs";

const LOOKS = {
  light: {},
  dark: { colorScheme: "dark" },
  narrow: { width: 320 },
  wide: { width: 3840, height: 2160 },
  forced: { forcedColors: "active", colorScheme: "dark" },
  print: { media: "print" },
  rtl: { rtl: true },
  upright: { width: 1080, height: 1920, only: "/wall" },
};
const name_of = (board, path, look) => `${board}-${path.slice(1).replaceAll("/", "-") || "page"}-${look}.png`;

/** Texts that stick out of the window sideways. */
const sticking_out = () =>
  [...document.querySelectorAll("main *")]
    .filter((one) => {
      const box = one.getBoundingClientRect();
      const scrolled = one.closest(".wide, .said, [hidden]");
      return !scrolled && box.width > 1 && box.height > 1 && (box.right > innerWidth + 1 || box.left < -1);
    })
    .map((one) => one.outerHTML.slice(0, 120));

const browser = await launch();
let pictures = 0;
for (const [board, { public: address }] of Object.entries(boards)) {
  // One of each shape on the bad day; of the others, what differs.
  const paths = (await routes(boards[board])).filter((path) => board === "rich" || ["/", "/wall", "/embed"].includes(path));
  for (const path of paths) {
    for (const [look, how] of Object.entries(LOOKS)) {
      const { width = 1280, height = 900, rtl = false, only = path, ...media } = how;
      if (path !== only) continue;
      const page = await browser.newPage({ viewport: { width, height } });
      await page.emulateMedia(media);
      await page.goto(address + path);
      if (rtl) await page.evaluate(() => (document.documentElement.dir = "rtl"));
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(excess <= 0, `${board} ${path} ${look}: scrolls ${excess} px sideways`);
      const below = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      check(look !== "upright" || below <= 0, `${board} ${path} ${look}: ${below} px are not on the screen`);
      for (const text of await page.evaluate(sticking_out)) check(false, `${board} ${path} ${look}: sticks out: ${text}`);
      await page.screenshot({ path: join(stage.shots, name_of(board, path, look)), fullPage: look !== "wide" });
      ++pictures;
      await page.close();
    }
  }
}
await browser.close();
check(pictures > 60, `only ${pictures} pictures`);
finish(`${pictures} pictures in ${stage.shots}`);
