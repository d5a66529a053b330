// Polls the overview, keeps what the page shows, and says when the mock is gone. It rests while nobody looks.

import {ago, byId, clock, say, WINDOW} from './draw.js';
import {showNodes, tickNodes} from './nodes.js';
import {auditRow, logRow, showCounters, showEvents, showExecutions, showRefusals, showSummary, showTail} from './view.js';
import {showFaults, showHeartbeat, showReceivers, startControls} from './controls.js';

const PERIOD = 2000;
const PATIENCE = 5000;
const MOST_LINES = 150;
/** A rate needs the point before the window. */
const KEPT = WINDOW + 90_000;

const state = {cursor: '', activity: new Map(), series: new Map(), logs: [], audit: [], host: (id) => hosts.get(id) ?? id};
const hosts = new Map();
let answered;
let failingSince;
let restarted = '';
let timer;
let polling = false;

/** The mock's time now; its clock and ours may differ. */
function now() {
  return answered ? state.now + (performance.now() - answered) : Date.now();
}

async function poll() {
  clearTimeout(timer);
  if (polling || document.hidden) return;
  polling = true;
  try {
    const answer = await fetch(`test/overview?since=${encodeURIComponent(state.cursor)}`,
      {cache: 'no-store', signal: AbortSignal.timeout(PATIENCE)});
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    take(await answer.json());
    failingSince = undefined;
    show();
    tick();
  } catch {
    failingSince ??= Date.now();
  } finally {
    polling = false;
  }
  showLife();
  if (!document.hidden) timer = setTimeout(poll, PERIOD);
}

function take(overview) {
  if (overview.reset) {
    if (state.started !== undefined && state.started !== overview.started) {
      restarted = `The mock restarted at ${clock(overview.started)}; its counters began anew.`;
    }
    state.activity.clear();
    state.series.clear();
    state.logs = [];
    state.audit = [];
  }
  const {activity, series, logs, audit, reset, ...whole} = overview;
  Object.assign(state, whole);
  answered = performance.now();
  state.nodes.rows.forEach((node) => hosts.set(node.id, node.host || node.id));
  for (const [time, node, endpoint] of activity) grown(state.activity, node, () => []).push([time, endpoint]);
  for (const [node, metrics] of Object.entries(series)) {
    const mine = grown(state.series, node, () => ({}));
    for (const [name, points] of Object.entries(metrics)) mine[name] = (mine[name] ?? []).concat(points);
  }
  const named = (line) => ({...line, host: state.host(line.node)});
  state.logs = state.logs.concat(logs.map(named)).slice(-MOST_LINES);
  state.audit = state.audit.concat(audit.map(named)).slice(-MOST_LINES);
  prune(overview.now - KEPT);
}

function grown(map, key, fresh) {
  if (!map.has(key)) map.set(key, fresh());
  return map.get(key);
}

/** The page may stay open for days. */
function prune(oldest) {
  for (const [node, requests] of state.activity) state.activity.set(node, requests.filter(([time]) => time > oldest));
  for (const metrics of state.series.values()) {
    for (const name of Object.keys(metrics)) metrics[name] = metrics[name].filter(([time]) => time > oldest).sort((a, b) => a[0] - b[0]);
  }
}

function show() {
  showSummary(state);
  showNodes(state, now());
  showTails();
  showExecutions(state);
  showEvents(state);
  showFaults(state);
  showHeartbeat(state);
  showReceivers(state);
  showCounters(state);
  showRefusals(state);
}

function showTails() {
  const hold = byId('hold').getAttribute('aria-pressed') === 'true';
  if (hold) return;
  const find = byId('find').value.trim().toLowerCase();
  showTail('log', state.logs, find, logRow);
  showTail('audit', state.audit, find, auditRow);
}

function showLife() {
  const live = byId('live');
  live.dataset.live = failingSince ? 'gone' : 'yes';
  say(live, failingSince ? 'mock gone' : 'live');
  document.body.classList.toggle('stale', failingSince !== undefined);
  const gone = byId('gone');
  gone.hidden = !failingSince && !restarted;
  say(gone, failingSince ? `The mock has not answered since ${clock(failingSince)}. `
    + `${answered ? 'What you see is from before. ' : ''}Asking again every 2 s.` : restarted);
  gone.dataset.note = String(!failingSince);
}

function tick() {
  if (document.hidden) return;
  say(byId('age'), answered ? ago(performance.now() - answered) : '');
  if (answered && !failingSince) tickNodes(state, now());
}

byId('hold').addEventListener('click', (event) => {
  const pressed = event.target.getAttribute('aria-pressed') !== 'true';
  event.target.setAttribute('aria-pressed', String(pressed));
  if (!pressed) showTails();
});
byId('find').addEventListener('input', () => answered && showTails());
document.addEventListener('visibilitychange', () => {
  if (document.hidden) clearTimeout(timer);
  else poll();
});
startControls(poll);
setInterval(tick, 1000);
poll();
