// Elements and small charts. Text always becomes a text node and no markup is parsed anywhere: what a node sends can only be read.

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element with attributes and children; undefined attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Sets a text only when it differs: an unchanged page stays still for screen readers and selections. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const drawn = new Map();

/** True when a value is not the one of the last call: what did not change is not drawn anew, so that it can be selected and read. */
export function differs(name, ...values) {
  const text = JSON.stringify(values);
  const other = drawn.get(name) !== text;
  drawn.set(name, text);
  return other;
}

export function byId(id) {
  return document.getElementById(id);
}

// ---- the score: one track per kind of request, one tick per request ----

export const WINDOW = 5 * 60_000;
const TRACKS = ['heartbeat', 'state', 'metrics', 'logs', 'audit'];
const OTHERS = 'other';
const WIDE = 1000;
const PITCH = 11;
const HIGH = PITCH * (TRACKS.length + 1);
const QUIET = new Set(['events']);

/** Requests of the last minutes as ticks: [[time, endpoint], ...]; `silentFrom` shades the time since the last heartbeat. */
export function score(requests, now, silentFrom) {
  const x = (time) => ((WIDE - 8) * (1 - (now - time) / WINDOW)).toFixed(1);
  const recent = requests.filter(([time]) => time > now - WINDOW && time <= now + 1000);
  // As wide as its cell: the strokes do not scale, and the labels stand beside it as text of their own size.
  const picture = s('svg', {viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': told(recent)});
  const labels = h('div', {class: 'tracks', 'aria-hidden': 'true'});
  if (silentFrom !== undefined) {
    const from = Math.max(0, x(silentFrom));
    picture.append(s('rect', {class: 'silence', x: from, y: 0, width: WIDE - from, height: HIGH}));
  }
  for (let minute = 0; minute <= 5; minute++) {
    picture.append(s('path', {class: 'minute', d: `M${x(now - minute * 60_000)} 0V${HIGH}`}));
  }
  [...TRACKS, OTHERS].forEach((track, row) => {
    const mine = recent.filter(([, endpoint]) => trackOf(endpoint) === track);
    const ticks = mine.map(([time]) => `M${x(time)} ${row * PITCH + 1.5}v8`).join('');
    labels.append(h('span', {class: mine.length ? '' : 'unused'}, track));
    picture.append(s('path', {class: `ticks ${track}`, d: ticks || 'M0 0'}));
  });
  return h('div', {class: 'score'}, labels, picture);
}

function trackOf(endpoint) {
  if (QUIET.has(endpoint)) return undefined;
  return TRACKS.includes(endpoint) ? endpoint : OTHERS;
}

function told(recent) {
  const counts = new Map();
  recent.forEach(([, endpoint]) => counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1));
  const parts = [...counts].map(([endpoint, count]) => `${count} ${endpoint.replaceAll('_', ' ')}`);
  return parts.length ? `Last five minutes: ${parts.join(', ')}` : 'Nothing in the last five minutes';
}

// ---- the line of a metric ----

const SPARK_WIDE = 84;
const SPARK_HIGH = 28;

/** Points [[time, value], ...] of the last minutes from 0 to `top`, which all nodes share: heights can be compared. */
export function sparkline(points, now, top, label) {
  const x = (time) => (SPARK_WIDE - 3) * (1 - (now - time) / WINDOW);
  const y = (value) => SPARK_HIGH - 2 - (SPARK_HIGH - 5) * Math.min(1, Math.max(0, value / top));
  const line = points.map(([time, value], i) => `${i ? 'L' : 'M'}${x(time).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const [lastTime, lastValue] = points.at(-1);
  const area = `${line}L${x(lastTime).toFixed(1)} ${SPARK_HIGH}L${x(points[0][0]).toFixed(1)} ${SPARK_HIGH}Z`;
  return s('svg', {viewBox: `0 0 ${SPARK_WIDE} ${SPARK_HIGH}`, preserveAspectRatio: 'xMinYMid', role: 'img', class: 'spark', 'aria-label': label},
    s('path', {class: 'base', d: `M0 ${SPARK_HIGH - 0.5}H${SPARK_WIDE}`}),
    s('path', {class: 'area', d: area}),
    s('path', {class: 'value', d: line}),
    s('circle', {class: 'end', cx: x(lastTime).toFixed(1), cy: y(lastValue).toFixed(1), r: 2}));
}

// ---- numbers and times as people say them ----

export function ago(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds === 0 ? 'now' : `${span(seconds)} ago`;
}

/** 8 s, 4 min, 3 h, 2 d. */
export function span(seconds) {
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

export function clock(milliseconds) {
  const time = new Date(milliseconds);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function times(count) {
  return count === 1 ? 'once' : `${count} times`;
}

/** 1 node, 2 nodes. */
export function many(count, one, more = `${one}s`) {
  return `${count} ${count === 1 ? one : more}`;
}
