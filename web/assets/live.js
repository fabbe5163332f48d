// Keeps a page as the server has it, in place: asks for it again on each event of the live stream and puts in what
// changed, without touching what the reader has focused, opened, typed or scrolled to. What is worth saying is told to
// screen readers, a sentence a change. Where no stream can be had the page is asked for by the clock.
// It reads the stream itself: an EventSource hears no heartbeats, and so cannot tell a quiet board from a dead line.
(() => {
  "use strict";
  const here = document.currentScript.dataset; // live: the stream's address; moment: of this page, as event ids count
  if ("copy" in here || !location.protocol.startsWith("http")) return; // a copy changes when it is opened again
  const EVERY = 30000; // between looks where there is no stream, about
  const PATIENCE = 10000; // for one answer
  const LULL = 45000; // three heartbeats
  const SILENCE = 60000; // of the stream: said to the reader
  const LONG_SILENCE = 180000; // where the page is asked for by the clock
  const AWAY = 10000; // out of sight for so long: the stream is let go, as browsers have but six lines for a site
  const SPREAD = 500; // readers do not all ask in the same instant
  const PAUSE = 5000; // between two announcements, at least
  const MOST_SAID = 3; // of one kind, at once: more are in the headline
  const LONGEST_SAID = 240;
  const lost = document.querySelector(".lost");
  const said = document.querySelector(".said");
  const pause = (time) => new Promise((go) => setTimeout(go, time));
  const about = (time) => time * (0.5 + Math.random());

  // ---- Putting in what changed -------------------------------------------------------------------------------
  // Each node knows what the server last said of it. Only what the server changed is changed; what scripts and the
  // reader did stays.
  const served = new WeakMap();
  const all = (root) => {
    const walker = document.createTreeWalker(root);
    const list = [root];
    while (walker.nextNode()) list.push(walker.currentNode);
    return list;
  };
  const remember = (live, source) => {
    const sources = all(source);
    all(live).forEach((node, at) => served.set(node, sources[at]));
    return live;
  };

  const key = (node) => node.id || node.querySelector?.("[id]")?.id || "";
  const alike = (node, next) => {
    const was = served.get(node);
    return was !== undefined && was.nodeName === next.nodeName && key(was) === key(next);
  };

  const put_attributes = (node, was, next) => {
    for (const name of new Set([...was.getAttributeNames(), ...next.getAttributeNames()])) {
      const value = next.getAttribute(name);
      if (value === was.getAttribute(name)) continue;
      if (value === null) node.removeAttribute(name);
      else node.setAttribute(name, value);
    }
  };

  const put_children = (node, next) => {
    const pool = [...node.childNodes].filter((child) => served.has(child));
    const pairs = [...next.childNodes].map((child) => {
      const at = pool.findIndex((old) => alike(old, child));
      return [child, at < 0 ? null : pool.splice(at, 1)[0]];
    });
    for (const gone of pool) gone.remove();
    let place = node.firstChild;
    for (const [child, old] of pairs) {
      while (place && !served.has(place)) place = place.nextSibling; // a script's own
      if (old === null) {
        node.insertBefore(remember(document.importNode(child, true), child), place);
        continue;
      }
      if (old === place) place = place.nextSibling;
      else node.insertBefore(old, place);
      put(old, child);
    }
  };

  const put = (node, next) => {
    const was = served.get(node);
    if (was.isEqualNode(next)) return;
    served.set(node, next);
    if (node.nodeType !== Node.ELEMENT_NODE) {
      node.data = next.data;
      return;
    }
    put_attributes(node, was, next);
    put_children(node, next);
  };

  // ---- Saying what changed -----------------------------------------------------------------------------------
  // What is worth saying is the headline, and what is marked in the page: data-say on an element whose text is a
  // sentence. It is known by the nearest id, so that the same service or update is the same before and after.
  const sentences = () => {
    const found = new Map();
    for (const one of document.querySelectorAll("main h1, main [data-say]")) {
      const kind = one.dataset.say ?? "headline";
      const of = kind === "update" ? one.closest("article")?.querySelector("a")?.textContent : "";
      const text = [of, one.textContent].filter(Boolean).join(": ").replace(/\s+/g, " ").trim();
      found.set(`${kind} ${one.closest("[id]")?.id ?? ""}`, text.slice(0, LONGEST_SAID));
    }
    return found;
  };

  const waiting = new Map();
  let spoke = 0;
  let speaking = false;
  const speak = async () => {
    if (speaking || !said) return;
    speaking = true;
    await pause(Math.max(0, spoke + PAUSE - Date.now()));
    said.replaceChildren(
      ...[...waiting.values()].map((text) => Object.assign(document.createElement("p"), { textContent: text })),
    );
    waiting.clear();
    spoke = Date.now();
    speaking = false;
  };

  const tell_difference = (before, after) => {
    const changed = [...after].filter(([id, text]) => before.get(id) !== text);
    for (const kind of new Set(changed.map(([id]) => id.split(" ")[0]))) {
      const of_kind = changed.filter(([id]) => id.startsWith(`${kind} `));
      if (of_kind.length > MOST_SAID && kind === "service") continue;
      for (const [id, text] of of_kind.slice(0, MOST_SAID)) waiting.set(id, text);
    }
    if (waiting.size > 0) speak();
  };

  // ---- Where the reader is -----------------------------------------------------------------------------------
  // What is at the top of the window stays there, in browsers that do not see to it themselves, too.
  const keeping_place = (change) => {
    const seen = [...document.querySelectorAll("main [id]")].find((one) => one.getBoundingClientRect().bottom > 0);
    const top = seen?.getBoundingClientRect().top;
    const scrolled = scrollY;
    change();
    if (scrolled === 0 || !seen?.isConnected) return;
    const moved = seen.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
  };

  const show_page = (text) => {
    const next = new DOMParser().parseFromString(text, "text/html");
    const main = document.querySelector("main");
    const fresh = next.querySelector("main");
    if (!main || !fresh) throw new Error("no page");
    const before = sentences();
    keeping_place(() => put(main, fresh));
    document.title = next.title;
    const icon = next.querySelector("link[rel=icon]");
    if (icon) document.querySelector("link[rel=icon]").href = icon.href;
    tell_difference(before, sentences());
    document.dispatchEvent(new CustomEvent("signalbox:changed"));
  };

  // ---- Asking --------------------------------------------------------------------------------------------------
  let heard = Date.now();
  const judge = () => {
    const silent = Date.now() - heard > (here.live && !document.hidden ? SILENCE : LONG_SILENCE);
    if (lost.hidden === !silent) return;
    // As the page writes its own times: 24 hours, in these digits.
    const lang = document.documentElement.lang;
    const format = { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
      hourCycle: "h23", timeZoneName: "short" };
    const text = new Date(heard).toLocaleString(`${lang === "en" ? "en-GB" : lang}-u-nu-latn`, format);
    lost.querySelector("span").textContent = text;
    lost.hidden = !silent;
    // What may no longer be so is not told in colour.
    document.body.classList.toggle("silent", silent);
  };

  /** Whether there was an answer. */
  const ask = async () => {
    try {
      const address = location.pathname + location.search;
      const answer = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.ok) show_page(await answer.text());
      if (answer.ok || answer.status === 404) heard = Date.now();
      return answer.ok || answer.status === 404;
    } catch {
      return false;
    } finally {
      judge();
    }
  };

  // One question at a time; what changes meanwhile is asked for once more.
  let asking = false;
  let again = false;
  const show = async () => {
    again = true;
    if (asking) return;
    asking = true;
    while (again) {
      again = false;
      await pause(Math.random() * SPREAD);
      if (!(await ask())) await pause(about(EVERY)).then(() => (again = true));
    }
    asking = false;
  };

  // ---- The stream ----------------------------------------------------------------------------------------------
  let last = here.moment ?? "";
  let let_go = () => {};
  const take = (block) => {
    for (const line of block.split("\n")) {
      if (line.startsWith("id: ")) last = line.slice(4);
      if (line.startsWith("data: ")) show();
    }
  };

  const follow = async () => {
    const stop = new AbortController();
    let_go = () => stop.abort();
    let lull = setTimeout(() => stop.abort(), PATIENCE);
    const headers = last ? { "Last-Event-ID": last } : {};
    try {
      const answer = await fetch(here.live, { headers, cache: "no-store", signal: stop.signal });
      if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/event-stream")) return;
      if (!last) show(); // what changed between this page and the stream's beginning
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = "", done = false, value; !done; ) {
        ({ value = "", done } = await reader.read());
        clearTimeout(lull);
        lull = setTimeout(() => stop.abort(), LULL);
        heard = Date.now();
        judge();
        const blocks = (rest + value).split("\n\n");
        rest = blocks.pop();
        blocks.forEach(take);
      }
    } catch {
      // The next round begins a new one.
    } finally {
      clearTimeout(lull);
      stop.abort();
    }
  };

  let leaving = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (document.hidden) leaving = setTimeout(() => let_go(), AWAY);
  });

  /** Until the page is seen again; its title is kept by the clock. */
  const unseen = async () => {
    let back = false;
    const seen = new Promise((go) => document.addEventListener("visibilitychange", go, { once: true }));
    seen.then(() => (back = true));
    while (!back) {
      await Promise.race([seen, pause(about(2 * EVERY))]);
      if (!back) await show();
    }
  };

  const live = async () => {
    for (let failed = 0; ; ) {
      if (document.hidden) await unseen();
      const began = Date.now();
      await follow();
      if (document.hidden) continue;
      failed = Date.now() - began > EVERY ? 0 : Math.min(failed + 1, 4);
      await pause(about(2000 * 2 ** failed)); // 2 s to half a minute, on the mean
      if (failed > 1) show();
    }
  };

  const by_the_clock = async () => {
    for (;;) {
      await pause(about(2 * EVERY));
      await show();
    }
  };

  const main = document.querySelector("main");
  remember(main, main.cloneNode(true));
  setInterval(judge, 5000);
  if (here.live) live();
  else by_the_clock();
})();
