// What script adds for a reader of a page: finding a service by its name, times in the reader's own zone, and a print of all
// that is folded. Nothing is lost without it. A page that changed in place says so.
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const find = () => {
    const field = document.querySelector("#find");
    if (!field) return;
    field.parentElement.hidden = false;
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const rows = all(".board .services > li");
    let shown = 0;
    for (const row of rows) {
      const group = row.closest(".group")?.querySelector("h3")?.textContent ?? "";
      const text = plain(`${row.querySelector(".service").textContent} ${row.id.slice(8)} ${group}`);
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    for (const group of all(".board .group")) {
      const any = all("li[id]", group).some((row) => !row.hidden);
      group.hidden = !any;
      if (any && words.length > 0 && !group.open) {
        group.open = true;
        group.dataset.found = "";
      } else if (words.length === 0 && "found" in group.dataset) {
        group.open = false;
        delete group.dataset.found;
      }
    }
    const told = document.querySelector(".tools output");
    const text = words.length === 0 ? "" : told.dataset.found.replace("{shown}", shown).replace("{all}", rows.length);
    if (told.textContent !== text) told.textContent = text;
  };

  // Minutes, of a time with its offset.
  const ahead = (iso) => {
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso) ?? [iso, "+", 0, 0];
    return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const ownTimes = () => {
    // As the page writes its own times: 24 hours, in these digits, from left to right.
    const lang = document.documentElement.lang;
    const format = new Intl.DateTimeFormat(`${lang === "en" ? "en-GB" : lang}-u-nu-latn`, {
      dateStyle: "medium", timeStyle: "short", hourCycle: "h23", timeZone: zone });
    for (const line of all(".yours[hidden]")) {
      const times = all("time", line.previousElementSibling).map((time) => time.dateTime);
      const [from, until] = times.map((time) => new Date(time));
      // Where the clocks agree it stands above.
      if (ahead(times[0]) === -from.getTimezoneOffset() && ahead(times[1]) === -until.getTimezoneOffset()) continue;
      line.querySelector("span").textContent = `${format.formatRange(from, until).replaceAll("\u200f", "")} (${zone})`;
      line.hidden = false;
    }
  };

  const unfolded = [];
  addEventListener("beforeprint", () => {
    for (const part of all("details:not([open])")) {
      part.open = true;
      unfolded.push(part);
    }
  });
  addEventListener("afterprint", () => {
    for (const part of unfolded.splice(0)) part.open = false;
  });

  const settle = () => {
    find();
    ownTimes();
  };
  document.addEventListener("input", (event) => {
    if (event.target.id === "find") find();
  });
  settle();
  document.addEventListener("signalbox:changed", settle);
})();
