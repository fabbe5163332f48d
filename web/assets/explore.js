// Explores a service's past where script runs: any stretch of 90 days, zoomed and panned by mouse or
// keyboard. Everything it shows is on the page without it, too.
(() => {
  'use strict';
  const here = document.currentScript.dataset;
  const say = JSON.parse(here.words); // in the page's language
  const section = document.getElementById('explore');
  if (!section || !window.fetch) return;

  const MINUTE = 60, HOUR = 3600, DAY = 86400;
  const STEPS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY];
  const MOST_POINTS = 200;
  const WINDOWS = [[say.day, DAY], [say.week, 7 * DAY], [say.month, 30 * DAY], [say.quarter, 90 * DAY]];
  const LONGEST = 90 * DAY, SHORTEST = 20 * MINUTE;
  const dark = matchMedia('(prefers-color-scheme: dark)');

  let box, said, plots = [], range = null, asked = 0, rows = [];

  const element = (tag, set, ...inside) => {
    const made = Object.assign(document.createElement(tag), set);
    made.append(...inside);
    return made;
  };
  const seconds = (iso) => Date.parse(iso) / 1000;
  const now = () => Math.floor(Date.now() / 1000);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const fill = (message, values) => message.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);
  const lang = document.documentElement.lang;
  const rtl = document.documentElement.dir === 'rtl'; // time runs as the language is read
  const locale = (lang === 'en' ? 'en-GB' : lang) + '-u-nu-latn';
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const percent = (value) => fill(say.percent, { n: digits.format(value) });  // cut to three decimals already
  // Requests where there were any, else tries of checks; null where neither is known.
  const share = (row) => ((row.requests || row.tries || {}).percent ?? null);
  const clock = new Intl.DateTimeFormat(locale, { timeZone: here.zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const date = new Intl.DateTimeFormat(locale, { timeZone: here.zone, day: 'numeric', month: 'short' });
  const hour = (t) => clock.format(t * 1000);
  const day = (t) => date.format(t * 1000);
  const time = (t) => day(t) + ', ' + hour(t);

  // Of an axis: the time of day, and the date where a day begins.
  const tick = (t) => (hour(t) === '00:00' ? day(t) : hour(t));

  const loaded = (tag, set) => new Promise((done, failed) => {
    document.head.append(element(tag, Object.assign(set, { onload: done, onerror: failed })));
  });

  const step_for = (from, to) => STEPS.find((step) => (to - from) / step <= MOST_POINTS) || DAY;

  async function fetched(from, to, step) {
    const at = (t) => new Date(t * 1000).toISOString();
    const query = new URLSearchParams({ from: at(from), to: at(to), step: step + 's' });
    const address = here.root + 'api/services/' + encodeURIComponent(here.service) + '/availability.json?' + query;
    for (let attempt = 0; attempt < 5; ++attempt) {
      const answer = await fetch(address);
      if (answer.ok) return (await answer.json()).rows;
      if (answer.status !== 503) break;
      await new Promise((done) => setTimeout(done, 1000));
    }
    throw new Error('no figures');
  }

  // Each row as the two ends of its stretch; nothing where nothing is known: a gap is drawn as a gap.
  function columns(from, to) {
    const points = [];
    let end = from;
    for (const row of rows) {
      const begin = seconds(row.from);
      if (begin > end || points.length === 0) points.push([end, null]);
      end = Math.max(seconds(row.to), begin + MINUTE);
      points.push([begin, row], [end - 1, row]);
    }
    if (end < to) points.push([end, null], [to, null]);
    const ascending = points.filter(([t], at) => at + 1 === points.length || t < points[at + 1][0]);
    const column = (value) => ascending.map(([, row]) => (row && value(row)) ?? null);
    const took = (which) => column((row) => row.latency && row.latency[which]);
    return { times: ascending.map(([t]) => t), share: column(share), took: ['p50', 'p95', 'p99'].map(took) };
  }

  // A line at 100 % is not cut in half by the edge.
  const within = (low) => [low, 100 + (100 - low) / 50];

  function options(title, height, series, axis, limits) {
    const ink = { stroke: colour('soft'), grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line') } };
    return {
      title, height, width: Math.max(240, box.clientWidth - 42),
      tzDate: (t) => uPlot.tzDate(new Date(t * 1000), here.zone),
      cursor: { sync: { key: 'signalbox' }, drag: { x: true, y: false, setScale: false } },
      scales: { x: { dir: rtl ? -1 : 1 }, y: limits },
      axes: [Object.assign({ values: (_, ticks) => ticks.map(tick) }, ink), Object.assign({ size: 84, side: rtl ? 1 : 3, values: (_, ticks) => ticks.map(axis) }, ink)],
      series: [{ label: say.time, value: (_, t) => t === null || t === undefined ? '–' : time(t) }, ...series],
      hooks: { setSelect: [(plot) => plot.select.width > 4 && show(
        ...[0, plot.select.width].map((by) => plot.posToVal(plot.select.left + by, 'x')).sort((a, b) => a - b))] },
    };
  }

  const line = (label, name, dash, value) => ({
    label, dash, stroke: colour(name), width: 1.5, spanGaps: false, points: { show: false },
    value: (_, v) => v === null || v === undefined ? '–' : value(v),
  });

  function draw() {
    plots.forEach((plot) => plot.destroy());
    const canvas = box.querySelector('.canvas');
    const data = columns(range.from, range.to);
    const ms = (value) => value >= 1000 ? fill(say.s, { n: digits.format(value / 1000) }) : fill(say.ms, { n: digits.format(value) });
    plots = [new uPlot(options(say.availability, 190, [line(say.good, 'link', [], percent)], percent,
      { range: (_, low) => within(low === null ? 0 : Math.min(99.9, low)) }), [data.times, data.share], canvas)];
    if (data.took.some((column) => column.some((value) => value !== null))) {
      plots.push(new uPlot(options(say.latency, 190,
        [line('p50', 'link', [], ms), line('p95', 'issue', [], ms), line('p99', 'down', [2, 3], ms)], ms,
        { range: (_, __, high) => [0, high || 1] }), [data.times, ...data.took], canvas));
    }
  }

  function tell() {
    const measured = rows.filter((row) => share(row) !== null);
    const lowest = measured.reduce((low, row) => !low || share(row) < share(low) ? row : low, null);
    const window = { from: time(range.from), to: time(range.to) };
    said.textContent = lowest
      ? fill(say.said, { ...window, lowest: percent(share(lowest)), at: time(seconds(lowest.from)) })
      : fill(say.nothing, window);
    for (const button of box.querySelectorAll('button[data-length]')) {
      button.setAttribute('aria-pressed', String(Number(button.dataset.length) === range.length));
    }
  }

  async function show(from, to, length = 0) {
    const latest = now(), long = Math.min(LONGEST, Math.max(SHORTEST, to - from));
    to = Math.min(latest, Math.max(to, latest - LONGEST + long));
    const wanted = step_for(to - long, to);
    const aligned = { from: Math.floor((to - long) / wanted) * wanted, to: Math.ceil(to / wanted) * wanted, length };
    const mine = ++asked;
    try {
      const got = await fetched(aligned.from, aligned.to, wanted);
      if (mine !== asked) return;
      [rows, range] = [got, aligned];
      draw();
      tell();
    } catch (_) {
      if (mine === asked) said.textContent = say.failed;
    }
  }

  const moved = (part) => show(range.from + part * (range.to - range.from), range.to + part * (range.to - range.from));
  const zoomed = (by) => {
    const middle = (range.from + range.to) / 2, half = (range.to - range.from) * by / 2;
    return show(middle - half, middle + half);
  };
  const MOVES = {
    earlier: () => moved(-0.5), later: () => moved(0.5), closer: () => zoomed(0.5), wider: () => zoomed(2),
  };
  const KEYS = { [rtl ? 'ArrowRight' : 'ArrowLeft']: 'earlier', [rtl ? 'ArrowLeft' : 'ArrowRight']: 'later', '+': 'closer', '=': 'closer', '-': 'wider' };

  function panel() {
    const tools = element('div', { className: 'tools' });
    for (const [name, length] of WINDOWS) {
      const button = element('button', { type: 'button', onclick: () => show(now() - length, now(), length) }, name);
      button.dataset.length = length;
      tools.append(button);
    }
    for (const name of Object.keys(MOVES)) {
      tools.append(element('button', { type: 'button', onclick: () => range && MOVES[name]() }, say[name]));
    }
    said = element('output', { className: 'by' });
    const canvas = element('div', { className: 'canvas', tabIndex: 0 });
    canvas.setAttribute('role', 'group');
    canvas.setAttribute('aria-label', say.keys);
    canvas.onkeydown = (event) => {
      const move = MOVES[KEYS[event.key]];
      if (!move || !range || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      move();
    };
    return element('div', { className: 'explorer' }, tools, canvas, said);
  }

  async function explore() {
    box = panel();
    start.replaceWith(box);
    box.querySelector('button').focus();
    try {
      await Promise.all([loaded('script', { src: here.uplot }), loaded('link', { rel: 'stylesheet', href: here.style })]);
    } catch (_) {
      said.textContent = say.not_loaded;
      return;
    }
    await show(now() - 7 * DAY, now(), 7 * DAY);
    dark.addEventListener('change', () => range && draw());
    addEventListener('resize', () => plots.forEach((plot) => plot.setSize(
      { width: Math.max(240, box.clientWidth - 42), height: plot.height })));
  }

  const start = element('button', { type: 'button', className: 'explore-start', onclick: explore }, say.start);
  section.querySelector('h2').after(start);
})();
