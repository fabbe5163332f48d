// What `/` of 100 services with 30 incidents weighs: at most 30 KB of gzip, one request to be readable, three in all.
// boards: hundred
import { gzipSync } from "node:zlib";
import { boards, check, finish, launch } from "./browser.mjs";

const MOST = 30 * 1024;
const board = boards.hundred;
const browser = await launch();
const page = await browser.newPage();
const asked = [];
const documents = [];
page.on("request", (request) => !request.url().startsWith("data:") && asked.push(new URL(request.url()).pathname));
page.on("response", (answer) => new URL(answer.url()).pathname === "/" && documents.push(answer));
await page.goto(`${board.public}/`, { waitUntil: "load" });
await page.waitForRequest((request) => request.url().endsWith("/live"), { timeout: 5000 }).catch(() => {});
check(asked.length <= 3, `at most three requests: ${asked}`);
check(documents.length === 1, "one document");

const { services } = await (await fetch(`${board.public}/api/board.json`)).json();
const { incidents } = await (await fetch(`${board.public}/api/v2/incidents.json`)).json();
check(services.length === 100 && incidents.length >= 30, `${services.length} services, ${incidents.length} incidents`);
const shown = await page.locator("main").evaluate((main) => main.querySelectorAll("svg.strip").length);
check(shown === 100, `${shown} strips of 90 days`);
const answer = await fetch(`${board.public}/`, { headers: { "Accept-Encoding": "gzip" } });
const text = await answer.text();
const weight = gzipSync(text).length;
check(answer.headers.get("content-encoding") === "gzip", "it is sent as gzip");
check(weight <= MOST, `${weight} bytes of gzip`);
await browser.close();
finish(`/ of 100 services is ${weight} bytes of gzip, ${asked.length} requests in all`);
