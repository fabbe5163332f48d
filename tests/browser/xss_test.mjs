// Nothing that anybody says runs: every hostile string as a message, a service's and a group's name, on every page; and where one
// could get in all the same, the page's policy stops it.
// boards: hostile rich
import { boards, check, finish, launch, routes } from "./browser.mjs";

const board = boards.hostile;
const browser = await launch();
const context = await browser.newContext();
let hits = 0;
let refusals = [];
await context.exposeFunction("hit", () => ++hits);
// What their strings call.
await context.addInitScript(() => {
  for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.hit();
});
context.on("dialog", (dialog) => (++hits, dialog.dismiss()));

/** Scripts and handlers of a page that are not ours, as the browser sees the tree. */
const strange = () => {
  const found = [];
  for (const one of document.querySelectorAll("*")) {
    if (one.localName === "script" && !/\/assets\/[a-z0-9]+-(page|live|wall|explore)\.js$/.test(one.src)) found.push(one.outerHTML);
    for (const { name, value } of one.attributes) {
      const leads = ["href", "xlink:href", "src", "action", "formaction", "data"].includes(name);
      if (leads && /^[\s\x00-\x1f]*(javascript|vbscript):/i.test(value)) found.push(one.outerHTML);
      if (name.startsWith("on") || name === "srcdoc") found.push(one.outerHTML);
    }
  }
  return found.map((text) => text.slice(0, 200));
};

/** How many service pages are looked at; `/` has the names of all. */
const SERVICES = 120;

/** The board's pages: all incidents and many services, not a few of each. */
const pages = async () => {
  const told = await (await fetch(`${board.public}/api/board.json`)).json();
  const incidents = await (await fetch(`${board.public}/api/v2/incidents.json`)).json();
  const services = told.services.slice(0, SERVICES).map((one) => `/services/${one.id}`);
  return [...new Set([...(await routes(board)), ...services, ...incidents.incidents.map((one) => `/incidents/${one.id}`)])];
};

let looked = 0;
const page = await context.newPage();
page.on("console", (line) => line.text().includes("Content Security Policy") && refusals.push(line.text()));
page.on("pageerror", (error) => check(false, `${page.url()}: ${error}`));
for (const path of await pages()) {
  await page.goto(board.public + path, { waitUntil: "load" });
  for (const text of await page.evaluate(strange)) check(false, `${path} has ${text}`);
  // What waits for a reader: pointing, focusing, opening.
  await page.evaluate(() => {
    document.querySelectorAll("details").forEach((one) => (one.open = true));
    document.querySelectorAll("*").forEach((one) => one.dispatchEvent(new Event("mouseover")));
    document.querySelectorAll("a, summary, [tabindex]").forEach((one) => one.focus());
  });
  check(hits === 0, `${path}: ${hits} scripts ran`);
  check(refusals.length === 0, `${path}: the policy had to stop ${refusals[0]}`);
  [hits, refusals] = [0, []];
  ++looked;
}
await page.goto(board.public + "/");
check((await page.locator("main").textContent()).includes("<script>hit()</script>"), "the strings are there, as text");
check(looked > 100, `only ${looked} pages`);
await page.close();

// The policy itself: what gets into a page does not run.
for (const path of await routes(boards.rich)) {
  const page = await context.newPage();
  await page.goto(boards.rich.public + path);
  const stopped = await page.evaluate(async () => {
    const script = Object.assign(document.createElement("script"), { textContent: "hit()" });
    document.body.append(script);
    const image = document.createElement("div");
    image.innerHTML = "<img src=x onerror=hit()><a href='javascript:hit()' id=trap>x</a>";
    document.body.append(image);
    document.getElementById("trap").click();
    const refused = await new Promise((done) => {
      document.addEventListener("securitypolicyviolation", () => done(true), { once: true });
      setTimeout(() => done(false), 3000);
      const style = document.createElement("style");
      style.textContent = "body { display: none }";
      document.head.append(style);
      document.body.append(Object.assign(document.createElement("script"), { src: "https://evil.example/x.js" }));
    });
    return refused && getComputedStyle(document.body).display !== "none";
  });
  check(stopped, `${path}: the policy refuses what is not ours`);
  check(hits === 0, `${path}: an inline script ran`);
  await page.close();
}
await browser.close();
finish(`nothing ran on ${looked} pages`);
