// Reads the description from argv[2] and lines of {"path", "body"} from stdin: is the description valid, and does
// each body match the schema of its path? Prints one line a mistake; exits 1 when there is any.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../package.json", import.meta.url));
const { Validator } = await import(require.resolve("@seriousme/openapi-schema-validator"));
const Ajv = require("ajv/dist/2020").default;
const formats = require("ajv-formats").default;

const description = JSON.parse(readFileSync(process.argv[2], "utf8"));
const mistakes = [];
const valid = await new Validator().validate(structuredClone(description));
if (!valid.valid) mistakes.push(`the description: ${JSON.stringify(valid.errors)}`);

const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
ajv.addSchema({ $id: "doc", ...description });

const answers = readFileSync(0, "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
for (const { path, body } of answers) {
  const content = description.paths[path]?.get?.responses?.["200"]?.content ?? {};
  const kind = Object.keys(content).find((name) => name.endsWith("json"));
  if (!kind) {
    mistakes.push(`${path}: not described`);
    continue;
  }
  const place = ["paths", path, "get", "responses", "200", "content", kind, "schema"];
  const pointer = place.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1")).map(encodeURIComponent).join("/");
  const check = ajv.compile({ $ref: `doc#/${pointer}` });
  if (!check(body)) mistakes.push(`${path}: ${JSON.stringify(check.errors.slice(0, 3))}`);
}
for (const mistake of mistakes) console.log(mistake);
console.log(`${answers.length} answers checked`);
process.exit(mistakes.length > 0 ? 1 : 0);
