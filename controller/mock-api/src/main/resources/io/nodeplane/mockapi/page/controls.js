// What the page does to the mock: faults, events, the answer to heartbeats. All of it goes through the same /test routes that tests use.

import {byId, clock, differs, h, say} from './draw.js';

const ROUTES = {
  'everything of the contract': '* /v1/**',
  'registration': 'POST /v1/register',
  'heartbeats': 'POST /v1/nodes/*/heartbeat',
  'state': 'GET /v1/nodes/*/state',
  'event stream': 'GET /v1/nodes/*/events',
  'metrics': 'POST /v1/nodes/*/metrics',
  'logs': 'POST /v1/nodes/*/logs',
  'audit': 'POST /v1/nodes/*/audit',
  'drift': 'POST /v1/nodes/*/drift',
  'secrets': 'GET /v1/nodes/*/secrets/*',
  'execution results': 'POST /v1/nodes/*/executions/*/result',
  'local endpoints': 'POST /local/*',
};

const EVENTS = {
  'action_request': () => ({execution_id: `exec-${random()}`, action: 'system.info', parameters: {}, timeout: '30s'}),
  'node_state_updated': () => ({}),
  'policy_updated': () => ({}),
  'node_secrets_updated': () => ({}),
  'peer_added': () => ({}),
  'peer_removed': () => ({peer_id: 'peer-001'}),
  'rotate_keys': () => ({}),
  'an_unknown_event': () => ({}),
};

/** Not crypto.randomUUID: that exists on localhost and https only. */
function random() {
  return [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

let changed = () => {};

/** Makes the forms live; `poll` is called after each change so that it is seen at once. */
export function startControls(poll) {
  changed = poll;
  fillSelect('fault-which', Object.keys(ROUTES));
  fillSelect('event-type', Object.keys(EVENTS));
  const follow = () => { byId('fault-route').value = ROUTES[byId('fault-which').value]; };
  byId('fault-which').addEventListener('change', follow);
  byId('fault-which').value = 'heartbeats';
  follow();
  for (const [field, kind] of [['fault-delay', 'kind-delay'], ['fault-status', 'kind-status'], ['fault-cut', 'kind-cut']]) {
    byId(field).addEventListener('focus', () => { byId(kind).checked = true; });
  }
  const payload = () => { byId('event-payload').value = JSON.stringify(EVENTS[byId('event-type').value]()).replaceAll(/([,:])/g, '$1 '); };
  byId('event-type').addEventListener('change', payload);
  payload();
  onSubmit('fault-form', 'fault-said', () => call('POST', 'test/faults', fault()), 'switched on');
  onSubmit('event-form', 'event-said', async () => {
    await sendEvent();
    // The next one is another execution.
    if (byId('event-type').value === 'action_request') payload();
  }, 'signed and sent');
  onClick('outage', 'fault-said', () => call('POST', 'test/outage', {duration: '30s'}), 'an outage of 30 s began');
  onClick('faults-off', 'fault-said', () => call('DELETE', 'test/faults'), 'all faults are off');
  onClick('close-streams', 'event-said', () => call('POST', 'test/close-streams'), 'all streams ended; the agents connect again');
  for (const id of ['reconcile', 'rotate-keys']) {
    byId(id).addEventListener('change', () => attempt('heartbeat-said', configureHeartbeat, 'from the next heartbeat on'));
  }
}

function fillSelect(id, values) {
  byId(id).replaceChildren(...values.map((value) => h('option', {value}, value)));
}

function fault() {
  const kind = document.querySelector('input[name=kind]:checked').value;
  const wanted = {route: byId('fault-route').value.trim()};
  if (kind === 'delay') wanted.delay = byId('fault-delay').value.trim();
  if (kind === 'status') wanted.status = Number(byId('fault-status').value);
  if (kind === 'cut') wanted.cut = byId('fault-cut').value;
  if (byId('fault-times').value) wanted.times = Number(byId('fault-times').value);
  return wanted;
}

function sendEvent() {
  let payload;
  try {
    payload = JSON.parse(byId('event-payload').value || '{}');
  } catch (error) {
    throw new Error(`payload: ${error.message}`);
  }
  const node = byId('event-node').value;
  const event = {event_type: byId('event-type').value, event_id: `evt-${random()}`, nonce: random(), payload};
  return call('POST', `test/inject-event${node ? `?node=${encodeURIComponent(node)}` : ''}`, event);
}

function configureHeartbeat() {
  return call('POST', 'test/configure-heartbeat', {reconcile: byId('reconcile').checked, rotate_keys: byId('rotate-keys').checked});
}

async function call(method, path, body) {
  const answer = await fetch(path, {method, body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(5000)});
  if (!answer.ok) {
    const told = await answer.json().catch(() => ({}));
    throw new Error(told.error ?? `status ${answer.status}`);
  }
}

function onSubmit(form, said, action, done) {
  byId(form).addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(said, action, done);
  });
}

function onClick(button, said, action, done) {
  byId(button).addEventListener('click', () => attempt(said, action, done));
}

async function attempt(said, action, done) {
  const output = byId(said);
  try {
    await action();
    output.dataset.bad = 'false';
    say(output, `${clock(Date.now())}: ${done}`);
    changed();
  } catch (error) {
    output.dataset.bad = 'true';
    say(output, `${clock(Date.now())}: not done, ${error.message}`);
  }
}

// ---- what is shown of it ----

export function showFaults(state) {
  if (!differs('faults', state.faults)) return;
  byId('fault-rows').replaceChildren(...state.faults.map((fault) => {
    const off = h('button', {type: 'button', 'aria-label': `Switch off ${fault.route}`}, 'Off');
    off.addEventListener('click', () => attempt('fault-said',
      () => call('DELETE', `test/faults?route=${encodeURIComponent(fault.route)}`), `off: ${fault.route}`));
    const spent = fault.hits === fault.times;
    return h('tr', {'data-spent': String(spent)}, h('td', {class: 'text'}, fault.route), h('td', {}, words(fault)),
      h('td', {class: 'number'}, fault.times ? `${fault.hits} of ${fault.times}` : String(fault.hits)), h('td', {}, off));
  }));
  byId('faults-empty').hidden = state.faults.length > 0;
  byId('fault-rows').parentElement.hidden = state.faults.length === 0;
}

function words(fault) {
  const parts = [];
  if (fault.delay) parts.push(`late by ${seconds(fault.delay)}`);
  if (fault.status) parts.push(`status ${fault.status}`);
  if (fault.cut) parts.push({before: 'cut before', half: 'cut in the middle', after: 'cut after'}[fault.cut] ?? fault.cut);
  if (fault.body !== undefined) parts.push('another body');
  if (fault.body_size !== undefined) parts.push(`${fault.body_size} bytes`);
  if (fault.truncate !== undefined) parts.push(`only ${fault.truncate} bytes`);
  if (fault.duration) parts.push(`for ${seconds(fault.duration)}`);
  return parts.join(', ') || 'nothing';
}

function seconds(milliseconds) {
  const value = Number.parseInt(milliseconds, 10);
  return value >= 1000 ? `${value / 1000} s` : `${value} ms`;
}

export function showHeartbeat(state) {
  // Not while somebody is at it.
  if (byId('heartbeat').contains(document.activeElement)) return;
  byId('reconcile').checked = state.heartbeat.reconcile;
  byId('rotate-keys').checked = state.heartbeat.rotate_keys;
}

/** The nodes an event can go to. */
export function showReceivers(state) {
  const select = byId('event-node');
  const known = new Set([...select.options].map((option) => option.value));
  for (const node of state.nodes.rows) {
    if (!known.has(node.id)) select.append(h('option', {value: node.id}, node.host || node.id));
  }
}
