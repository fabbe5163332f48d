// Keeps the wall board as the server has it: asks again on each event of the live stream and every half
// minute, puts the new board in place of the old, and says loudly when nothing has been heard for a minute.
(() => {
  "use strict";
  const EVERY = 30000;
  const PATIENCE = 10000;
  const SILENCE = 60000;
  const said = document.currentScript.dataset; // `top` is the way past a language's prefix
  const lost = document.querySelector(".lost");
  // As the page writes times: 24 hours, no seconds, in these digits, from left to right.
  const lang = document.documentElement.lang;
  const format = new Intl.DateTimeFormat(`${lang === "en" ? "en-GB" : lang}-u-nu-latn`, {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });
  let heard = Date.now();
  let asking = false;
  let again = false;

  const put = (text) => {
    const next = new DOMParser().parseFromString(text, "text/html");
    const board = next.querySelector("main");
    if (!board) throw new Error("no board");
    document.querySelector("main").replaceWith(document.adoptNode(board));
    document.title = next.title;
    document.querySelector("link[rel=icon]").href = next.querySelector("link[rel=icon]").href;
  };

  const judge = () => {
    const silent = Date.now() - heard > SILENCE;
    lost.hidden = !silent;
    document.body.classList.toggle("silent", silent);
    if (silent) document.title = said.lost;
    const time = lost.querySelector("time");
    time.dateTime = new Date(heard).toISOString();
    time.textContent = format.format(heard).replaceAll("\u200f", "");
  };

  const ask = async () => {
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(location.pathname, { cache: "no-cache", signal: stop.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      put(await answer.text());
      heard = Date.now();
    } catch {
      // The next round asks again; judge() says when it has been too long.
    } finally {
      clearTimeout(patience);
    }
  };

  // One question at a time; what changes meanwhile is asked for once more.
  const show = async () => {
    again = true;
    if (asking) return;
    asking = true;
    while (again) {
      again = false;
      await ask();
    }
    asking = false;
    judge();
  };

  const live = () => {
    const stream = new EventSource(said.top + "live");
    stream.onopen = show; // what changed before the stream began, or while it was broken
    stream.onmessage = show;
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) setTimeout(live, EVERY);
    };
  };

  live();
  setInterval(show, EVERY);
  setInterval(judge, 5000);
})();
