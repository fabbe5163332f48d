// The page lives: it changes in place, says so politely, comes back after a broken line, and does without a stream.
// boards: rich hundred
import { boards, check, finish, launch, say, until } from "./browser.mjs";
import { Line } from "./line.mjs";

const board = boards.rich;
const browser = await launch();

/** A page on a line of its own; `told` gives what screen readers were told so far. */
const opened = async (path, { clock = false, board: of = board } = {}) => {
  const line = await new Line(of).listen();
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 }, reducedMotion: "reduce" });
  page.on("pageerror", (error) => check(false, `${path}: ${error}`));
  if (clock) await page.clock.install();
  await page.goto(line.public + path);
  await page.evaluate(() => {
    window.untouched = true;
    window.told = [];
    const said = document.querySelector(".said");
    new MutationObserver(() => {
      for (const one of said.children) window.told.push(one.textContent);
    }).observe(said, { childList: true });
  });
  await until("the stream is asked for", () => line.asked.some((one) => one.path === "/live"));
  return {
    page,
    line,
    told: () => page.evaluate(() => window.told),
    text: (selector) => page.locator(selector).first().innerText(),
    end: async () => {
      check(await page.evaluate(() => window.untouched === true), `${path}: the page was loaded again`);
      await page.close();
      line.close();
    },
  };
};

const headline_has = (one, text, seconds) =>
  until(`the headline says ${text}`, async () => (await one.text("main h1")).includes(text), seconds);

const changes_in_place = async () => {
  const one = await opened("/");
  const { page } = one;
  check(one.line.asked.length <= 3, `at most three requests: ${JSON.stringify(one.line.asked)}`);
  check(one.line.asked.find((at) => at.path === "/live").lastEventId, "the page tells of when it is");
  // The reader opens a group that is well, closes one that is not, and is far down the page, on a link.
  const group = (name) => page.locator("details", { has: page.getByText(name, { exact: true }) }).last();
  await group("Frankfurt").evaluate((details) => (details.open = true));
  await group("Outgoing mail").evaluate((details) => (details.open = false));
  await page.locator("a[href='./history']").last().focus();
  const place = () => page.evaluate(() => document.activeElement.getBoundingClientRect().top);
  const before = { top: await place(), scrolled: await page.evaluate(() => scrollY) };
  check(before.scrolled > 200, `scrolled down: ${before.scrolled}`);
  await page.evaluate(() => (window.focused = document.activeElement));
  await say(board, "Dash-DOWN: The dashboard's door is shut");
  await headline_has(one, "Dashboard", 5);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  check(await page.evaluate(() => document.activeElement === window.focused), "what was focused is focused");
  const top = await place();
  check(Math.abs(top - before.top) <= 2, `what was at ${before.top} is at ${top}`);
  check(await group("Frankfurt").evaluate((details) => details.open), "what the reader opened is open");
  check(!(await group("Outgoing mail").evaluate((details) => details.open)), "what the reader closed is closed");
  check((await page.title()).includes("Dashboard"), "the title");
  const told = await until("it is said", async () => (await one.told()).length && one.told());
  check(told.some((text) => text.includes("Dashboard") && text.includes("DOWN")), `the service: ${told}`);
  check(told.some((text) => text.includes("The dashboard's door is shut")), `the update: ${told}`);
  check(told.length <= 4 && new Set(told).size === told.length, `a sentence a change: ${told}`);
  await one.end();
};

const opens_what_gets_worse = async () => {
  const one = await opened("/", { board: boards.hundred });
  const region = one.page.locator("details", { hasText: "Service number 97" }).last();
  check(!(await region.evaluate((details) => details.open)), "a group that is well is closed");
  await say(boards.hundred, "S97-ISSUE: A slow line");
  await until("the group opens", () => region.evaluate((details) => details.open));
  await say(boards.hundred, "S97-UP: A fast line");
  await until("and is closed again", () => region.evaluate((details) => !details.open));
  await one.end();
};

const comes_back = async () => {
  const one = await opened("/");
  one.line.state = "dead";
  one.line.cut();
  await say(board, "Dash-IDENTIFIED: A key was lost");
  one.line.state = "open";
  await until("what was missed is shown", async () => (await one.text("main")).includes("A key was lost"), 15);
  const again = one.line.asked.filter((at) => at.path === "/live");
  check(again.length >= 2 && again.every((at) => /^\d+$/.test(at.lastEventId)), `it says where it was: ${JSON.stringify(again)}`);
  await one.end();
};

const does_without_a_stream = async () => {
  const one = await opened("/");
  one.line.state = "refuse the stream";
  one.line.cut();
  const made = () => one.page.locator(".headline time").first().getAttribute("datetime");
  const before = await made();
  await until("the page is refreshed", async () => (await made()) !== before, 60);
  check((await one.told()).length === 0, `nothing has changed, and it said ${await one.told()}`);
  await say(board, "Dash-MONITORING: The key was found");
  await until("the page shows it", async () => (await one.text("main")).includes("The key was found"), 60);
  await one.end();
};

const says_that_nothing_is_heard = async () => {
  const one = await opened("/", { clock: true });
  check(!(await one.page.locator(".lost").isVisible()), "nothing is said while there is a line");
  one.line.state = "hang";
  await until("it is said", async () => {
    await one.page.clock.runFor(10000);
    return one.page.locator(".lost").isVisible();
  });
  check(/\d\d:\d\d \S+$/.test(await one.text(".lost span")), "and since when, in which zone");
  const filter = await one.page.locator("main").evaluate((main) => getComputedStyle(main).filter);
  check(filter === "grayscale(1)", `nothing is told in green then: ${filter}`);
  one.line.state = "open";
  one.line.cut();
  await until("it is over", async () => {
    await one.page.clock.runFor(5000);
    return !(await one.page.locator(".lost").isVisible());
  });
  await one.end();
};

/** They hold no stream, and ask by the clock. */
const frames_say_it_too = async () => {
  const line = await new Line(board).listen();
  const page = await browser.newPage({ viewport: { width: 320, height: 200 } });
  await page.clock.install();
  await page.goto(line.public + "/embed");
  const colour = () => page.locator("main").evaluate((main) => getComputedStyle(main).borderInlineStartColor);
  const before = await colour();
  line.state = "hang";
  await until("the frame says that nothing is heard", async () => {
    await page.clock.runFor(10000);
    return page.locator(".lost").isVisible();
  });
  check((await colour()) !== before, "and loses its colour");
  await page.close();
  line.close();
};

/** The page's own zone is Paris. */
const tells_other_times_only = async () => {
  for (const [timezoneId, other] of [["Europe/Paris", false], ["America/New_York", true]]) {
    const page = await browser.newPage({ timezoneId });
    await page.goto(board.public + "/");
    await page.waitForLoadState();
    const shown = await page.locator(".yours").first().isVisible();
    check(shown === other, `times of a reader in ${timezoneId}: ${shown}`);
    await page.close();
  }
};

/** Browsers have six lines for a site, and readers more tabs. */
const lets_go_of_the_stream_out_of_sight = async () => {
  const one = await opened("/", { clock: true });
  await until("the stream is open", () => one.line.streams === 1);
  const be_seen = (seen) =>
    one.page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, !seen);
  await be_seen(false);
  await one.page.clock.runFor(5000);
  await be_seen(true);
  await one.page.clock.runFor(9000);
  check(one.line.streams === 1, "who comes back at once has kept it");
  await be_seen(false);
  await until("it is let go", async () => {
    await one.page.clock.runFor(2000);
    return one.line.streams === 0;
  });
  await say(board, "Dash-MONITORING: The key fits");
  await until("the page is kept all the same", async () => {
    await one.page.clock.runFor(10000);
    return (await one.text("main")).includes("The key fits");
  });
  check(one.line.streams === 0, "by the clock");
  check(!(await one.page.locator(".lost").isVisible()), "and nobody is told of silence");
  await say(board, "Dash-MONITORING: The door is open again");
  await be_seen(true);
  await until("who comes back sees what was missed", async () => {
    await one.page.clock.runFor(1000);
    return one.line.streams === 1 && (await one.text("main")).includes("The door is open again");
  });
  await one.end();
};

const other_pages_live = async () => {
  const { incidents } = await (await fetch(`${board.public}/api/v2/incidents/unresolved.json`)).json();
  const mail = incidents.find((incident) => incident.name.includes("mail"));
  const pages = [await opened(`/incidents/${mail.id}`), await opened("/services/Mail")];
  await say(board, "Mail-MONITORING: A larger disk is in");
  await until("the incident", async () => (await pages[0].text("main")).includes("A larger disk is in"), 10);
  await say(board, "Mail-UP: All was sent");
  for (const one of pages) {
    await until("its end", async () => /Resolved|UP/.test(await one.text("main")), 10);
    const told = await until("it is said", async () => (await one.told()).length > 0 && one.told(), 15);
    check(told.every((text) => text.length < 260), `short: ${told}`);
    await one.end();
  }
};

for (const part of [
  changes_in_place,
  opens_what_gets_worse,
  comes_back,
  does_without_a_stream,
  says_that_nothing_is_heard,
  frames_say_it_too,
  tells_other_times_only,
  lets_go_of_the_stream_out_of_sight,
  other_pages_live,
]) {
  await part().catch((error) => check(false, `${part.name}: ${error.message}`));
}
await browser.close();
finish("the page lived");
