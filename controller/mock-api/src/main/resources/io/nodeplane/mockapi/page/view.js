// Everything that is only shown: the sentence on top, the tails, executions, counters, refused requests.

import {byId, clock, differs, h, many, say} from './draw.js';

const URGENT = new Set(['emerg', 'alert', 'crit', 'err']);

/** The whole in one sentence: what a person wants to know first. */
export function summary(state) {
  const {total, conditions} = state.nodes;
  if (total === 0) return 'No node has registered yet.';
  const healthy = conditions.healthy ?? 0;
  const others = Object.entries(conditions).filter(([name]) => name !== 'healthy').map(([name, count]) => `${count} ${name}`);
  const nodes = others.length === 0 ? `${many(total, 'node')}, ${total === 1 ? '' : 'all '}healthy`
    : `${many(total, 'node')}: ${healthy ? `${healthy} healthy, ` : ''}${others.join(', ')}`;
  const on = state.faults.filter((fault) => fault.hits !== fault.times).length;
  const faults = on === 0 ? 'No fault is on' : `${many(on, 'fault')} ${on === 1 ? 'is' : 'are'} on`;
  return `${nodes}. ${many(state.streams.open, 'event stream')} open. ${faults}.`;
}

export function showSummary(state) {
  const [first, ...rest] = summary(state).split(/(?<=\.) /);
  const text = rest.join(' ');
  const title = byId('summary');
  if (title.textContent === `${first} ${text}`) return;
  title.replaceChildren(first, ' ', h('span', {}, text));
}

/** Lines of one tail, newest first; `find` leaves out those without the text. */
export function showTail(name, lines, find, row) {
  if (!differs(name, lines, find)) return;
  const body = byId(`${name}-rows`);
  const wanted = find ? lines.filter((line) => JSON.stringify(Object.values(line)).toLowerCase().includes(find)) : lines;
  body.replaceChildren(...wanted.map(row).reverse());
  const none = byId(`${name}-empty`);
  none.hidden = wanted.length > 0;
  if (lines.length > 0 && wanted.length === 0) say(none, 'No line has this text.');
  say(byId(`${name}-note`), lines.length ? `the newest ${lines.length}` : '');
  body.parentElement.hidden = wanted.length === 0;
}

export function logRow(line) {
  return h('tr', {'data-severity': URGENT.has(line.severity) ? 'urgent' : line.severity},
    h('td', {class: 'time'}, clock(line.at)),
    h('td', {class: 'node', title: line.node}, line.host),
    h('td', {class: 'word'}, line.severity || '–'),
    h('td', {class: 'text'}, line.unit ? h('span', {class: 'unit'}, `${line.unit} `) : '', h('bdi', {}, line.text)));
}

export function auditRow(line) {
  return h('tr', {'data-severity': line.result === 'failure' ? 'urgent' : 'info'},
    h('td', {class: 'time'}, clock(line.at)),
    h('td', {class: 'node', title: line.node}, line.host),
    h('td', {class: 'word'}, line.result || '–'),
    h('td', {class: 'text'}, h('bdi', {}, line.subject), ' ', h('strong', {}, line.action), ' ', h('bdi', {}, line.object)));
}

export function showExecutions(state) {
  if (!differs('executions', state.executions)) return;
  const bad = new Set(['failed', 'timeout', 'error', 'rejected']);
  byId('execution-rows').replaceChildren(...state.executions.map((one) =>
    h('tr', {'data-severity': bad.has(one.status) ? 'urgent' : 'info'},
      h('td', {class: 'time'}, clock(one.at)),
      h('td', {class: 'node', title: one.node}, one.node ? state.host(one.node) : 'all'),
      h('td', {class: 'word'}, one.status || '–'),
      h('td', {class: 'text'}, h('strong', {title: one.id}, one.action || one.id),
        one.exit ? h('span', {class: 'unit'}, ` exit ${one.exit}${one.duration ? ` after ${one.duration}` : ''}`) : '',
        ' ', h('bdi', {}, one.output ?? '')))));
  empty('executions', 'execution-rows', state.executions);
}

export function showEvents(state) {
  const dropped = state.streams.dropped > 0 ? `, ${many(state.streams.dropped, 'event')} lost to slow readers` : '';
  say(byId('events-note'), `${many(state.streams.open, 'stream')} open${dropped}`);
  if (!differs('events', state.events)) return;
  byId('event-rows').replaceChildren(...state.events.slice(0, 4).map((one) =>
    h('li', {title: one.id}, h('span', {class: 'time'}, clock(one.at)), ' sent ', h('strong', {}, one.type))));
}

export function showCounters(state) {
  say(byId('started'), ` at ${clock(state.started)}, in ${state.mode} mode`);
  if (!differs('counters', state.counters)) return;
  const counters = Object.entries(state.counters).map(([name, count]) => [name.replace(/_count$/, '').replaceAll('_', ' '), count]);
  byId('counter-rows').replaceChildren(...counters.map(([name, count]) =>
    h('div', {'data-zero': String(count === 0)}, h('dt', {}, name), h('dd', {}, String(count)))));
}

export function showRefusals(state) {
  if (!differs('refusals', state.refusals)) return;
  byId('refusal-rows').replaceChildren(...state.refusals.map((one) => h('tr', {},
    h('td', {class: 'time'}, clock(one.at)), h('td', {class: 'word'}, String(one.status)),
    h('td', {class: 'text'}, one.request), h('td', {class: 'text'}, one.reason))));
  empty('refusals', 'refusal-rows', state.refusals);
}

function empty(name, rows, list) {
  byId(`${name}-empty`).hidden = list.length > 0;
  byId(rows).parentElement.hidden = list.length === 0;
}
