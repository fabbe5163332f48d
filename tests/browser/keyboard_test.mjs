// By keyboard alone: Tab reaches all that can be used, in the order of the page, what has the focus is seen, groups open and
// close, and the first stop leads past the head of the page.
// boards: rich
import { boards, check, finish, launch, routes } from "./browser.mjs";

const MOST_STOPS = 2000;
const USABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']";
const browser = await launch();

/** What has the focus, and whether that is seen: in the window, with an outline or another look than without. */
const stop = (page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (one === document.body || one === null) return null;
    const box = one.getBoundingClientRect();
    const look = () => {
      const style = getComputedStyle(one);
      return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, style.borderColor].join();
    };
    const ring = getComputedStyle(one);
    const outlined = ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2;
    const focused = look();
    one.blur();
    const differs = look() !== focused;
    one.focus({ preventScroll: true });
    window.stops ??= new Map();
    if (!window.stops.has(one)) window.stops.set(one, window.stops.size);
    return {
      at: window.stops.get(one),
      name: one.outerHTML.slice(0, 120),
      seen: (outlined || differs) && box.width > 0 && box.height > 0,
      inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });

/** Those that can be used and are shown, in the order of the document. */
const missed = (page, usable) =>
  page.evaluate((selector) => {
    const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0;
    const all = [...document.querySelectorAll(selector)].filter(shown);
    const walked = [...window.stops.keys()].filter((one) => one.isConnected); // the page lives
    const in_order = walked.every(
      (one, at) => at === 0 || walked[at - 1].compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return { missed: all.filter((one) => !window.stops.has(one)).map((one) => one.outerHTML.slice(0, 120)), in_order };
  }, usable);

let stops = 0;
for (const path of await routes(boards.rich)) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 }, reducedMotion: "reduce" });
  await page.route("**/live*", (route) => route.abort());  // what changes in place is live_test's business
  await page.goto(boards.rich.public + path);
  let last = -1;
  for (let count = 0; count < MOST_STOPS; ++count) {
    await page.keyboard.press("Tab");
    const now = await stop(page);
    if (now === null || now.at <= last) break;
    last = now.at;
    ++stops;
    check(now.seen, `${path}: ${now.name} does not show that it has the focus`);
    check(now.inside, `${path}: ${now.name} has the focus outside of the window`);
  }
  if (last >= 0) {
    const walk = await missed(page, USABLE);
    check(walk.missed.length === 0, `${path}: Tab does not reach ${walk.missed[0]}`);
    check(walk.in_order, `${path}: Tab does not follow the order of the page`);
  } else {
    check(path === "/wall", `${path}: nothing takes the focus`);
  }
  await page.close();
}

// The first stop leads to the services.
const page = await browser.newPage({ viewport: { width: 1000, height: 700 }, reducedMotion: "reduce" });
await page.goto(`${boards.rich.public}/`);
await page.keyboard.press("Tab");
const skip = page.locator(":focus");
check((await skip.getAttribute("href"))?.startsWith("#"), "the first stop leads past the head");
check(await skip.isVisible(), "and is seen");
await page.keyboard.press("Enter");
await page.keyboard.press("Tab");
check(
  await page.evaluate(() => {
    const target = document.querySelector(location.hash);
    return target !== null && Boolean(target.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING);
  }),
  "after it, Tab goes on behind where it leads",
);

// A group opens and closes by keyboard.
const summary = page.locator("details > summary").first();
const open = () => summary.evaluate((one) => one.parentElement.open);
const was = await open();
await summary.focus();
await page.keyboard.press("Enter");
check((await open()) !== was, "Enter opens and closes a group");
await page.keyboard.press("Space");
check((await open()) === was, "and so does Space");

// The 90 days of each service are told in words, and lead on to the service's own page.
const strips = await page.evaluate(() =>
  [...document.querySelectorAll("svg.strip")].map((one) => ({
    told: one.querySelector("title")?.textContent ?? one.getAttribute("aria-label") ?? "",
    role: one.getAttribute("role"),
    page: Boolean(one.closest("li, tr, section")?.querySelector("a[href*='services/']")),
  })),
);
check(strips.length >= 10, `each service has its 90 days: ${strips.length}`);
for (const strip of strips) check(strip.role === "img" && strip.told.length > 20 && strip.page, `a strip says ${JSON.stringify(strip)}`);
await browser.close();
finish(`${stops} stops by keyboard`);
