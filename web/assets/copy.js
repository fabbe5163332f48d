// A copy's only script: asks as_of.js as of when all of the copy is, says loudly when that is too long ago, and loads the page
// again when something has changed. Works from a folder, too, where only scripts can be asked for.
(() => {
  "use strict";
  const { asOf, written, patience } = document.currentScript.dataset;
  const lost = document.querySelector(".copy-lost");
  const shown = document.querySelector(".copy-as-of time");
  let newest = Date.parse(written);
  let allowed = Number(patience) * 1000;
  let changed;

  const tell = (time, instant) => {
    time.dateTime = new Date(instant).toISOString();
    time.textContent = new Date(instant).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "long" });
  };

  const judge = () => {
    const silent = Date.now() - newest > allowed;
    if (silent) tell(lost.querySelector("time"), newest);
    if (lost.hidden === silent) lost.hidden = !silent;
  };

  window.signalbox_as_of = (said) => {
    const instant = Date.parse(said.as_of);
    if (instant > newest) {
      newest = instant;
      if (shown) tell(shown, newest);
    }
    allowed = said.stale_after * 1000;
    if (changed && changed !== said.changed) location.reload();
    changed = said.changed;
  };

  const ask = () => {
    const script = document.createElement("script");
    script.src = asOf + "?" + Math.floor(Date.now() / 60000);
    script.onload = script.onerror = () => {
      script.remove();
      judge();
    };
    document.head.append(script);
  };

  ask();
  setInterval(ask, 60000);
})();
