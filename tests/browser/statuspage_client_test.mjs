// An existing client of Statuspage (npm statuspage.io) reads our /api/v2 as it reads Statuspage's, and what was recorded of a real
// page has the keys and types of ours.
// boards: rich
// packages: statuspage.io
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { boards, check, finish, npm } from "./browser.mjs";

const { Statuspage } = npm("statuspage.io");
const client = new Statuspage("acme");
client.setApiUrl(boards.rich.public);
const answers = {
  summary: await client.api.getSummary(),
  components: await client.api.getComponents(),
  status: await client.api.getStatus(),
  incidents: await client.api.incidents.getAll(),
  unresolved: await client.api.incidents.getUnresolved(),
  maintenances: await client.api.scheduledMaintenances.getAll(),
  upcoming: await client.api.scheduledMaintenances.getUpcoming(),
  active: await client.api.scheduledMaintenances.getActive(),
};
check(answers.components.components.length >= 10, "the client sees the components");
check(answers.incidents.incidents.length >= 5 && answers.unresolved.incidents.length === 3, "and the incidents");
// This client asks for those to come whatever it is asked for; the others are read as it would.
for (const name of ["maintenances", "upcoming", "active"]) {
  check(answers[name].scheduled_maintenances.length === 2, `and the maintenances to come: ${name}`);
}
const ours_at = async (path) => (await fetch(`${boards.rich.public}/api/v2/${path}.json`)).json();
answers.all = await ours_at("scheduled-maintenances");
answers.running = await ours_at("scheduled-maintenances/active");
check(answers.all.scheduled_maintenances.length === 3, "all maintenances");
check(answers.running.scheduled_maintenances.length === 1, "those in force");
check(answers.summary.status.indicator === "major", `and how it is: ${answers.summary.status.indicator}`);
check(answers.status.status.description === answers.summary.status.description, "in one word");

// As its declarations (dist/interfaces/Result.d.ts) have them; "null" where they allow it.
const text = ["string"];
const maybe = ["string", "null"];
const moments = { created_at: text, updated_at: text, id: text };
const component = { ...moments, description: maybe, group: ["boolean"], group_id: maybe, name: text, only_show_if_degraded: ["boolean"], page_id: text, position: ["number"], showcase: ["boolean"], start_date: maybe, status: text };
const update = { ...moments, body: text, display_at: text, incident_id: text, status: text };
const incident = { ...moments, impact: text, monitoring_at: maybe, name: text, page_id: text, resolved_at: maybe, shortlink: text, status: text };
const maintenance = { ...incident, scheduled_for: text, scheduled_until: text };
const page = { id: text, name: text, time_zone: text, updated_at: text, url: text };
const type = (value) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);
const is = (value, declared, what) => {
  for (const [name, types] of Object.entries(declared)) {
    check(types.includes(type(value[name])), `${what}.${name} is ${type(value[name])}, declared ${types}`);
  }
};
for (const [name, answer] of Object.entries(answers)) {
  is(answer.page, page, `${name}: page`);
  for (const one of answer.components ?? []) is(one, component, `${name}: component`);
  for (const one of answer.incidents ?? []) is(one, incident, `${name}: incident`);
  for (const one of answer.scheduled_maintenances ?? []) is(one, maintenance, `${name}: maintenance`);
  for (const one of [...(answer.incidents ?? []), ...(answer.scheduled_maintenances ?? [])]) {
    check(one.incident_updates.length > 0, `${name}: updates`);
    for (const said of one.incident_updates) is(said, update, `${name}: update`);
  }
}

/** Every path of `value` with the types that stand there: "components[].name" → string. */
const shape = (value, at = "", found = new Map()) => {
  if (!found.has(at)) found.set(at, new Set());
  found.get(at).add(type(value));
  if (Array.isArray(value)) value.forEach((one) => shape(one, `${at}[]`, found));
  else if (type(value) === "object") Object.keys(value).forEach((name) => shape(value[name], `${at}.${name}`, found));
  return found;
};
const recorded = join(process.env.SIGNALBOX_TEST_DATA ?? "../shared/data", "statuspage/github-summary-2019-12-30.json");
if (existsSync(recorded)) {
  const ours = shape(answers.summary);
  for (const [at, types] of shape(JSON.parse(readFileSync(recorded, "utf8")))) {
    const parent = at.replace(/(\[\]|\.[^.[]+)$/, "");
    if (at !== "" && !ours.has(parent)) continue; // an empty list with us
    const mine = ours.get(at) ?? new Set(at.endsWith("[]") ? types : []);
    const agrees = [...types].some((one) => one === "null" || mine.has(one)) || (mine.size === 1 && mine.has("null"));
    check(mine.size > 0 && agrees, `summary${at}: recorded ${[...types]}, ours ${[...mine]}`);
  }
} else {
  console.log("not tried, because the shared data is absent: the recorded summary");
}
finish("the client reads us as it reads Statuspage");
