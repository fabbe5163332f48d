// Reads a page by the client that programs use for Statuspage's (npm: statuspage.io), and holds each answer against the types that this
// client promises its callers. Argument: the page's address.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const { Statuspage } = require("statuspage.io");
const types = path.join(path.dirname(require.resolve("statuspage.io")), "interfaces", "Result.d.ts");
const lines = fs.readFileSync(types, "utf8").replace(/\/\*[\s\S]*?\*\//g, "").split("\n");

const interfaces = {};
const enums = {};
const wrong = [];
let values = 0;

// `key: type;` up to the closing brace; a type that is a block is one more of these.
const block = () => {
  const members = {};
  for (let line = lines.shift(); line !== undefined && !line.trim().startsWith("}"); line = lines.shift()) {
    const [, key, type] = line.match(/^\s*(\w+)\??(?::| =) (.*?)[;,]?$/) ?? [];
    if (key) members[key] = type === "{" ? block() : type;
  }
  return members;
};
while (lines.length) {
  const line = lines.shift();
  const [, name, base] = line.match(/^export interface (\w+)(?: extends (\w+))? \{/) ?? [];
  if (name) interfaces[name] = { ...interfaces[base], ...block() };
  const [, list] = line.match(/^export declare enum (\w+) \{/) ?? [];
  if (list) enums[list] = Object.values(block()).map((text) => text.replaceAll('"', ""));
}
// Of a maintenance Statuspage itself sends more than this client knows: the impact "maintenance", and updates with a maintenance's status.
interfaces.MaintenanceUpdate = { ...interfaces.IncidentUpdate, status: "MaintenanceStatus" };
interfaces.ScheduledMaintenance = {
  ...interfaces.Incident,
  scheduled_for: "string",
  scheduled_until: "string",
  status: "MaintenanceStatus",
  impact: "string",
  incident_updates: "MaintenanceUpdate[]",
};
interfaces.Summary = { ...interfaces.Status, ...interfaces.Components, ...interfaces.Incidents, ...interfaces.ScheduledMaintenances };

const hold = (value, type, where) => {
  values += 1;
  if (typeof type === "object") {
    for (const [key, member] of Object.entries(type)) {
      if (value === null || typeof value !== "object" || !(key in value)) wrong.push(`${where}.${key} is not there`);
      else hold(value[key], member, `${where}.${key}`);
    }
  } else if (type.endsWith(" | null")) {
    if (value !== null) hold(value, type.slice(0, -7), where);
  } else if (type.endsWith("[]")) {
    if (!Array.isArray(value) || value.length === 0) wrong.push(`${where} holds nothing`);
    else value.forEach((one, at) => hold(one, type.slice(0, -2), `${where}[${at}]`));
  } else if (type in interfaces) {
    hold(value, interfaces[type], where);
  } else if (type in enums) {
    if (!enums[type].includes(value)) wrong.push(`${where} is ${JSON.stringify(value)}, none of ${enums[type]}`);
  } else if (typeof value !== type) {
    wrong.push(`${where} is ${JSON.stringify(value)}, no ${type}`);
  }
};

const client = new Statuspage("ours");
client.setApiUrl(process.argv[2]);
const { api } = client;
hold(await api.getSummary(), "Summary", "summary");
hold(await api.getStatus(), "Status", "status");
hold(await api.getComponents(), "Components", "components");
hold(await api.incidents.getAll(), "Incidents", "incidents");
hold(await api.incidents.getUnresolved(), "Incidents", "unresolved");
hold(await api.scheduledMaintenances.getAll(), "ScheduledMaintenances", "maintenances");
hold(await api.scheduledMaintenances.getUpcoming(), "ScheduledMaintenances", "upcoming");
console.log(wrong.length ? wrong.join("\n") : `${values} values are what the client promises`);
process.exit(wrong.length ? 1 : 0);
