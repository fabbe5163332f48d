// Exploring a service's charts, in languages that run either way: what is asked for follows keys and dragging, the latest stands
// where the language ends a line, and every word is the language's.
// Nor does it go away when the page changes in place.
// boards: rich
import { boards, check, finish, launch, say, until } from "./browser.mjs";

const LANGUAGES = { en: { time: "Time" }, de: { time: "Zeit" }, ar: { time: "الوقت", rtl: true } };
const browser = await launch();

/** The page of a service with its button; it has none while the archive is being asked, nor without uPlot. */
const opened = async (lang) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("pageerror", (error) => check(false, `${lang}: ${error.message}`));
  await until("its charts can be explored", async () => {
    await page.goto(`${boards.rich.public}/${lang}/services/API`);
    return (await page.locator(".windows").count()) > 0 && !(await page.locator("#explore > .quiet").count());
  });
  return page;
};

/** The stretch that `act` makes the page ask for. */
const asked = async (page, act) => {
  const [request] = await Promise.all([page.waitForRequest(/availability\.json/), act()]);
  const { searchParams } = new URL(request.url());
  const answer = await request.response();
  await answer.finished();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  return [Date.parse(searchParams.get("from")), Date.parse(searchParams.get("to"))];
};

/** Drags over the first chart, by parts of its width. */
const pull = async (page, from, to) => {
  const box = await page.locator(".explorer .u-over").first().boundingBox();
  await page.mouse.move(box.x + from * box.width, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + to * box.width, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
};

let explored = 0;
for (const [lang, { time, rtl = false }] of Object.entries(LANGUAGES)) {
  const page = await opened(lang);
  if ((await page.locator(".explore-start").count()) === 0) {
    console.log("uPlot was not built in");
    break;
  }
  const week = await asked(page, () => page.click(".explore-start"));
  await page.locator(".u-legend").first().waitFor();
  const legend = await page.locator(".u-legend").first().textContent();
  check(legend.startsWith(time), `${lang}: the legend says ${legend}`);
  const [back, forth] = rtl ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
  await page.focus(".explorer .canvas");
  const before = await asked(page, () => page.keyboard.press(back));
  check(before[0] < week[0] && before[1] < week[1], `${lang}: ${back} goes to what was before`);
  const after = await asked(page, () => page.keyboard.press(forth));
  check(after[1] > before[1], `${lang}: ${forth} goes to what came after`);
  await page.waitForFunction(() => document.querySelector(".explorer .u-over") !== null);
  const quarter = await asked(page, () => (rtl ? pull(page, 0.25, 0.02) : pull(page, 0.75, 0.98)));
  const middle = (after[0] + after[1]) / 2;
  check(quarter[0] > middle && quarter[1] > quarter[0], `${lang}: what is at the end of the line is the latest`);
  check(quarter[1] - quarter[0] < (after[1] - after[0]) / 2, `${lang}: dragging selects`);
  await page.evaluate(() => document.addEventListener("signalbox:changed", () => (document.body.dataset.changed = "")));
  await say(boards.rich, `Dash: explored in ${lang}`);
  await page.locator("body[data-changed]").waitFor();
  check((await page.locator(".explorer").count()) === 1, `${lang}: what explores is gone when the page has changed`);
  await page.close();
  ++explored;
}
await browser.close();
finish(`explored in ${explored} languages`);
