// The table of nodes: one row each, and a second one with details when its name is pressed.

import {ago, byId, bytes, clock, h, many, say, score, span, sparkline, times, WINDOW} from './draw.js';

const WORDS = {healthy: 'healthy', degraded: 'degraded', late: 'late', silent: 'silent', new: 'registered', left: 'left'};

const CHARTS = {
  cpu: {
    points: (series) => series.cpu_usage_percent ?? [],
    top: (highest) => Math.max(10, highest),
    value: (now) => `${now.toFixed(now < 10 ? 1 : 0)} %`,
  },
  memory: {
    points: (series) => ratio(series.memory_used_bytes, series.memory_total_bytes),
    top: () => 100,
    value: (now, series) => `${bytes(series.memory_used_bytes?.at(-1)?.[1] ?? 0)}`,
    under: (series) => `of ${bytes(series.memory_total_bytes?.at(-1)?.[1] ?? 0)}`,
  },
  load: {
    points: (series) => series.load_avg_1 ?? [],
    top: (highest) => Math.max(1, highest),
    value: (now) => now.toFixed(2),
  },
  network: {
    points: (series) => rate(series.network_rx_bytes, series.network_tx_bytes),
    top: (highest) => Math.max(1024, highest),
    value: (now) => `${bytes(now)}/s`,
  },
};

function ratio(used = [], total = []) {
  const totals = new Map(total);
  return used.filter(([time]) => totals.get(time) > 0).map(([time, value]) => [time, 100 * value / totals.get(time)]);
}

/** Bytes per second between two readings; a counter that fell began anew. */
function rate(received = [], sent = []) {
  const sums = new Map(received);
  const both = sent.filter(([time]) => sums.has(time)).map(([time, value]) => [time, value + sums.get(time)]);
  return both.slice(1).map(([time, value], i) => [time, 1000 * (value - both[i][1]) / (time - both[i][0])])
    .filter(([, value]) => Number.isFinite(value) && value >= 0);
}

const rows = new Map();

/** Draws all rows anew where they differ. */
export function showNodes(state, now) {
  const shown = state.nodes.rows;
  const scales = chartScales(state, shown, now);
  for (const [name, scale] of Object.entries(scales)) {
    // A column that no node fills is left out, except the first two: these are empty only for a moment.
    const unused = scale.highest === undefined && (name === 'load' || name === 'network');
    document.querySelectorAll(`[data-chart="${name}"]`).forEach((cell) => { cell.hidden = unused; });
    scale.unused = unused;
  }
  const ids = new Set(shown.map((node) => node.id));
  for (const [id, row] of rows) {
    if (!ids.has(id)) {
      row.main.remove();
      row.more.remove();
      rows.delete(id);
    }
  }
  const body = byId('node-rows');
  shown.forEach((node) => {
    if (!rows.has(node.id)) {
      const row = newRow(node);
      rows.set(node.id, row);
      body.append(row.main, row.more);
    }
    fill(rows.get(node.id), node, state, scales, now);
  });
  byId('nodes-empty').hidden = shown.length > 0;
  document.querySelector('table.nodes').hidden = shown.length === 0;
  const missing = state.nodes.total - shown.length;
  say(byId('nodes-note'), missing > 0 ? `${shown.length} of ${state.nodes.total}: those that need attention first`
    : shown.length ? 'a tick is a request; press a name for more' : '');
}

function chartScales(state, shown, now) {
  const scales = {};
  for (const [name, chart] of Object.entries(CHARTS)) {
    let highest;
    const points = new Map();
    for (const node of shown) {
      const mine = chart.points(state.series.get(node.id) ?? {}).filter(([time]) => time > now - WINDOW);
      points.set(node.id, mine);
      for (const [, value] of mine) highest = Math.max(highest ?? 0, value);
    }
    scales[name] = {highest, points, top: chart.top(highest ?? 0)};
  }
  return scales;
}

function newRow(node) {
  const details = `more-${rows.size}-${node.id.replaceAll(/[^A-Za-z0-9]/g, '-')}`;
  const name = h('button', {type: 'button', class: 'open', 'aria-expanded': 'false', 'aria-controls': details});
  const row = {name, key: h('small'), mark: h('span', {class: 'mark'}), word: h('strong'), beat: h('span'), stream: h('small'),
    score: h('div'), drift: h('span'), drifted: h('small'), pulled: h('small'), registered: h('span'), contract: h('small'), charts: {}};
  const cell = (label, kind, ...children) => h('td', {role: 'cell', 'data-label': label, class: kind}, ...children);
  row.main = h('tr', {role: 'row', 'data-node': node.id},
    h('th', {role: 'rowheader', scope: 'row', class: 'who'}, name, row.key),
    cell('State', 'state', h('span', {class: 'word'}, row.mark, row.word), row.beat, row.stream),
    cell('What it sends', 'sends', row.score));
  for (const chart of Object.keys(CHARTS)) {
    const parts = {value: h('span', {class: 'reading'}), picture: h('div')};
    row.charts[chart] = parts;
    const label = chart === 'cpu' ? 'CPU' : chart[0].toUpperCase() + chart.slice(1);
    const one = cell(label, 'chart', parts.value, parts.picture);
    one.dataset.chart = chart;
    row.main.append(one);
  }
  row.main.append(cell('Drift', 'drift', row.drift, row.drifted, row.pulled), cell('Registered', 'registered', row.registered, row.contract));
  row.list = h('dl');
  row.more = h('tr', {role: 'row', class: 'more', id: details, hidden: ''}, h('td', {role: 'cell', colspan: '9'}, row.list));
  name.addEventListener('click', () => {
    row.more.hidden = !row.more.hidden;
    name.setAttribute('aria-expanded', String(!row.more.hidden));
  });
  return row;
}

function fill(row, node, state, scales, now) {
  say(row.name, node.host || node.id);
  say(row.key, node.mesh);
  row.mark.dataset.state = node.state;
  row.main.dataset.state = node.state;
  say(row.word, WORDS[node.state] ?? node.state);
  say(row.stream, node.streams > 0 ? 'stream open' : 'no stream');
  row.stream.dataset.warn = String(node.streams === 0 && node.state !== 'left');
  say(row.contract, node.contract ? `${node.contract} contract` : 'contract not known yet');
  say(row.drift, node.drift ? many(node.drift.size, 'correction') : 'none');
  say(row.registered, node.registered ? clock(node.registered) : 'before this run');
  const registrations = node.counts.registration ?? 0;
  if (registrations > 1) say(row.registered, `${clock(node.registered)}, ${times(registrations)}`);
  const silent = ['late', 'silent'].includes(node.state) ? node.heartbeat : undefined;
  row.score.replaceChildren(score(state.activity.get(node.id) ?? [], now, silent));
  for (const [name, chart] of Object.entries(CHARTS)) {
    if (!scales[name].unused) draw(row.charts[name], name, chart, state.series.get(node.id) ?? {}, scales[name], node.id, now);
  }
  showDetails(row, node);
  showAges(row, node, now);
}

function draw(parts, name, chart, series, scale, id, now) {
  const points = scale.points.get(id);
  if (points.length === 0) {
    say(parts.value, 'no data yet');
    parts.value.classList.add('none');
    parts.picture.replaceChildren();
    return;
  }
  const values = points.map(([, value]) => value);
  const last = values.at(-1);
  const said = (value) => chart.under ? `${Math.round(value)} %` : chart.value(value, series);
  const label = `${name}: now ${said(last)}, from ${said(Math.min(...values))} to ${said(Math.max(...values))} in five minutes`;
  parts.value.classList.remove('none');
  const under = chart.under ? h('small', {}, ` ${chart.under(series)}`) : '';
  parts.value.replaceChildren(chart.value(last, series), under);
  parts.picture.replaceChildren(sparkline(points, now, scale.top, label));
}

function showDetails(row, node) {
  const parts = [
    ['Node id', node.id],
    ['Version', node.version || 'not told'],
    ['Up for', node.uptime.replace(/\.\d+s$/, 's') || 'not told'],
    ['Actions', named(node.actions)],
    ['Hooks', named(node.hooks)],
    ['Last drift', node.drift ? `${clock(node.drift.at)}: ${node.drift.corrections.join('; ')}` : 'none reported'],
    ['Counts', Object.entries(node.counts).sort().map(([name, count]) => `${name.replaceAll('_', ' ')} ${count}`).join(', ')],
  ];
  const text = JSON.stringify(parts);
  if (row.text === text) return;
  row.text = text;
  row.list.replaceChildren(...parts.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))));
}

function named(list) {
  if (list.size === 0) return 'none declared';
  const more = list.size - list.names.length;
  return list.names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function showAges(row, node, now) {
  say(row.beat, node.heartbeat ? `heartbeat ${ago(now - node.heartbeat)}` : 'no heartbeat yet');
  row.beat.title = node.heartbeat ? `last heartbeat; it sends one every ${span(Math.round(node.rhythm / 1000))}` : '';
  say(row.drifted, node.drift ? ago(now - node.drift.at) : '');
  say(row.pulled, node.pulled ? `state pulled ${ago(now - node.pulled)}` : 'state not pulled yet');
}

/** Between two answers only the ages move. */
export function tickNodes(state, now) {
  state.nodes.rows.forEach((node) => rows.has(node.id) && showAges(rows.get(node.id), node, now));
}
