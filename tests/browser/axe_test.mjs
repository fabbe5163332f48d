// Accessibility: axe-core finds nothing on any page, in light, dark and forced colours, from 320 px to 4K.
// boards: rich quiet
// packages: axe-core
import { boards, check, finish, launch, packaged, routes } from "./browser.mjs";

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
for (const [name, board] of Object.entries(boards)) {
  for (const path of await routes(board)) {
    const page = await browser.newPage();
    await page.goto(board.public + path);
    // By the debugger, which no policy of the page binds.
    await page.evaluate(AXE);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width > 2000 ? 2160 : 800 });
      if ((await excess(page)) > 0) note(`${name} ${path}: scrolls sideways`, width);
      for (const { name: look_of, media } of LOOKS) {
        await page.emulateMedia({ forcedColors: "none", ...media });
        await look(page, `${name} ${path}`, `${width} ${look_of}`);
        ++looks;
      }
    }
    await page.close();
  }
}
await browser.close();
for (const [mistake, where] of mistakes) check(false, `${mistake} [${where.join(", ")}]`);
finish(`axe-core looked ${looks} times`);
