// The headers of every HTML route, graded by Mozilla Observatory's published table
// (https://github.com/mdn/mdn-http-observatory, "Observatory scoring methodology"): 100 to begin with, what each test takes
// away or gives, what is given only counting from 90 on. At least 100, but for the frame, which others may embed.
// boards: rich
import { boards, check, finish, routes } from "./browser.mjs";

/** "name value; name value" as a map; a header that is not there is null. */
const directives = (line) =>
  line === null
    ? null
    : new Map(
        line.split(";").map((part) => {
          const [name, ...values] = part.trim().split(/\s+/);
          return [name.toLowerCase(), values];
        }),
      );

const UNSAFE = ["'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*"];
const pinned = (values) => values.some((one) => /^'(nonce|sha\d+)-/.test(one));
const unsafe = (values, names = UNSAFE) =>
  values.some((one) => names.includes(one) && !(one === "'unsafe-inline'" && pinned(values)));

const policy = (csp) => {
  if (csp === null) return ["csp-not-implemented", -25];
  const of = (name) => csp.get(name) ?? csp.get("default-src") ?? ["*"];
  if (unsafe(of("script-src"), ["'unsafe-inline'", "data:", "http:", "https:", "*"])) return ["csp-implemented-with-unsafe-inline", -20];
  if (unsafe(of("object-src"), ["http:", "https:", "*"])) return ["csp-implemented-with-unsafe-inline", -20];
  if (of("script-src").includes("'unsafe-eval'")) return ["csp-implemented-with-unsafe-eval", -10];
  if ([...csp.values()].flat().some((one) => one.startsWith("http:"))) return ["csp-implemented-with-insecure-scheme", -20];
  if (unsafe(of("style-src"))) return ["csp-implemented-with-unsafe-inline-in-style-src-only", 0];
  const shut = csp.get("default-src")?.join() === "'none'";
  return shut ? ["csp-implemented-with-no-unsafe-default-src-none", 10] : ["csp-implemented-with-no-unsafe", 5];
};

const framing = (csp, line) => {
  if (csp?.has("frame-ancestors") && !csp.get("frame-ancestors").includes("*")) return ["x-frame-options-implemented-via-csp", 5];
  if (line === null) return ["x-frame-options-not-implemented", -20];
  return /^(deny|sameorigin)$/i.test(line) ? ["x-frame-options-sameorigin-or-deny", 0] : ["x-frame-options-header-invalid", -20];
};

const SIX_MONTHS = 15768000;
const transport = (line) => {
  if (line === null) return ["hsts-not-implemented", -20];
  const age = Number(/max-age=(\d+)/i.exec(line)?.[1] ?? NaN);
  if (Number.isNaN(age)) return ["hsts-header-invalid", -20];
  return age >= SIX_MONTHS ? ["hsts-implemented-max-age-at-least-six-months", 0] : ["hsts-implemented-max-age-less-than-six-months", -10];
};

const sniffing = (line) => {
  if (line === null) return ["x-content-type-options-not-implemented", -5];
  return line.toLowerCase() === "nosniff" ? ["x-content-type-options-nosniff", 0] : ["x-content-type-options-header-invalid", -5];
};

const PRIVATE = ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"];
const referrer = (line) => {
  if (line === null) return ["referrer-policy-not-implemented", 0];
  return PRIVATE.includes(line.toLowerCase()) ? ["referrer-policy-private", 5] : ["referrer-policy-unsafe", -5];
};

const resources = (line) => {
  if (line === null) return ["cross-origin-resource-policy-not-implemented", 0];
  if (["same-origin", "same-site"].includes(line)) return [`corp-implemented-with-${line}`, 10];
  return line === "cross-origin" ? ["corp-implemented-with-cross-origin", 0] : ["corp-header-invalid", -5];
};

const sharing = (headers) => {
  const anybody = headers.get("access-control-allow-origin") === "*";
  const trusted = headers.get("access-control-allow-credentials") === "true";
  if (trusted && headers.get("access-control-allow-origin")) return ["cross-origin-resource-sharing-implemented-with-universal-access", -50];
  return [anybody ? "cross-origin-resource-sharing-implemented-with-public-access" : "cross-origin-resource-sharing-not-implemented", 0];
};

const cookies = (headers) => {
  const list = headers.getSetCookie();
  if (list.length === 0) return ["cookies-not-found", 0];
  const sound = list.every((one) => /;\s*secure/i.test(one) && /;\s*httponly/i.test(one));
  const strict = list.every((one) => /;\s*samesite=/i.test(one));
  if (!sound) return ["cookies-without-secure-flag", -20];
  return strict ? ["cookies-secure-with-httponly-sessions-and-samesite", 5] : ["cookies-secure-with-httponly-sessions", 0];
};

/** Scripts of other origins need `integrity`. */
const integrity = (html, origin) => {
  const scripts = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)];
  const foreign = scripts.filter(([, src]) => new URL(src, `${origin}/x/`).origin !== origin);
  if (foreign.length === 0) return ["sri-not-implemented-but-all-scripts-loaded-from-secure-origin", 0];
  return foreign.every(([tag]) => tag.includes(" integrity=")) ? ["sri-implemented-and-external-scripts-loaded-securely", 5] : ["sri-not-implemented-but-external-scripts-loaded-securely", -5];
};

/** The grade of one answer: {score, results}. */
export const grade = (headers, html, origin) => {
  const csp = directives(headers.get("content-security-policy"));
  const results = [
    policy(csp),
    framing(csp, headers.get("x-frame-options")),
    transport(headers.get("strict-transport-security")),
    sniffing(headers.get("x-content-type-options")),
    referrer(headers.get("referrer-policy")),
    resources(headers.get("cross-origin-resource-policy")),
    sharing(headers),
    cookies(headers),
    integrity(html, origin),
  ];
  const sum = (list) => list.reduce((all, [, points]) => all + points, 0);
  const base = 100 + sum(results.filter(([, points]) => points < 0));
  const bonus = base >= 90 ? sum(results.filter(([, points]) => points > 0)) : 0;
  return { score: Math.max(0, base + bonus), results };
};

// That the table takes away what it should.
const graded = (lines, html = "") => grade(new Headers(lines), html, "https://status.example").score;
const GOOD = {
  "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'sha256-x'; frame-ancestors 'none'",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};
for (const [what, lines, html, score] of [
  ["nothing at all", {}, "", 30],
  ["good headers", GOOD, "", 120],
  ["inline scripts", { ...GOOD, "content-security-policy": "default-src 'self' 'unsafe-inline'" }, "", 60],
  ["a short promise", { ...GOOD, "strict-transport-security": "max-age=60" }, "", 110],
  ["a foreign script", GOOD, '<script src="https://cdn.example/x.js"></script>', 115],
  ["a bare cookie", { ...GOOD, "set-cookie": "a=b" }, "", 80],
]) {
  check(graded(lines, html) === score, `${what} is graded ${graded(lines, html)}, not ${score}`);
}

let lowest = Infinity;
for (const path of await routes(boards.rich)) {
  const answer = await fetch(boards.rich.public + path);
  const { score, results } = grade(answer.headers, await answer.text(), boards.rich.public);
  if (path === "/embed") continue;
  lowest = Math.min(lowest, score);
  check(score >= 100, `${path} is graded ${score}: ${results.filter(([, points]) => points < 0).join(" ")}`);
}
finish(`the lowest grade is ${lowest}`);
