// SPDX-License-Identifier: Apache-2.0
'use strict';

const PERIOD = 2000;
const PERIOD_IN_TROUBLE = 4000;
const LOOKS_PER_CHART = 5;
const ROWS_PER_PAGE = 300;
const FAILED = ['failed', 'wrong version', 'silent', 'refused', 'superseded'];
const STATES = ['waiting', 'deferred', 'ordered', 'requested', 'held', 'updated', ...FAILED, 'current'];
const STOPPABLE = ['created', 'running', 'paused'];
const view = { campaign: '', state: '', from: 0 };
let states = new Map();
let looks = 0;

const CAMPAIGN_CELLS = [
  { name: 'State' }, { name: 'Ended' }, { name: 'Updated', kind: 'number' },
  { name: 'Not updated', kind: 'number' }, { name: 'Under way', kind: 'number' },
  { name: 'Why', kind: 'words' }, { name: 'Stop' },
];
const GROUP_CELLS = [{ name: 'State' }, { name: 'Devices' }, { name: 'Waits for', kind: 'words' }];
const DEVICE_CELLS = [
  { name: 'Group' }, { name: 'State' }, { name: 'Request put' }, { name: 'Says', kind: 'words' },
];
const REQUEST_CELLS = [{ name: 'Service' }, { name: 'State' }, { name: 'Code', kind: 'code' }];
const ALERT_CELLS = [{ name: 'Kind' }, { name: 'What', kind: 'words' }];
const REGION_CELLS = [
  { name: 'A day', kind: 'number' }, { name: 'Promised today' }, { name: 'Next six days', kind: 'words' },
];

function count(counts, wanted) {
  return wanted.reduce((sum, state) => sum + (counts[state] || 0), 0);
}

/** Counts in the order in which devices go through states. */
function counted(counts, order) {
  return order.filter(state => counts[state]).map(state => `${counts[state].toLocaleString('en')} ${state}`)
    .join(', ');
}

function tag(cell, state) {
  if (!cell.firstElementChild) cell.append(document.createElement('span'));
  text(cell.firstElementChild, state);
  cell.firstElementChild.className = `tag ${state.replace(' ', '-')}`;
}

function bar(cell, value, max, words, label) {
  if (!cell.firstElementChild) {
    const made = document.createElement('progress');
    made.max = 100;
    made.setAttribute('aria-label', label);
    cell.replaceChildren(made, document.createElement('span'));
  }
  const [made, said] = cell.children;
  const part = max ? Math.min(100, Math.floor(100 * value / max)) : 0;
  if (made.getAttribute('value') !== String(part)) made.value = part;
  text(said, words(part));
}

async function stop(campaign, button) {
  button.disabled = true;
  try {
    const response = await fetch('campaigns/stop', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ campaign, reason: 'stop button of the page' }),
    });
    const answer = await response.json();
    if (!response.ok || !answer.done) throw new Error(answer.error || answer.reason);
    say(`${campaign} is ${answer.state}`);
  } catch (fault) {
    text(at('trouble'), `${campaign} was not stopped: ${fault.message}`);
  }
  button.disabled = false;
  await look();
}

function showCampaigns(campaigns) {
  at('no-campaigns').hidden = campaigns.length > 0;
  at('campaigns-table').hidden = campaigns.length === 0;
  rows(at('campaigns'), campaigns, each => each.campaign,
    each => {
      const made = row(each.campaign, CAMPAIGN_CELLS);
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'stop';
      button.textContent = 'Stop';
      button.setAttribute('aria-label', `Stop ${each.campaign}`);
      button.addEventListener('click', () => stop(each.campaign, button));
      made.cells[7].append(button);
      return made;
    },
    (made, each) => {
      tag(made.cells[1], each.state);
      bar(made.cells[2], each.ended, each.devices,
        part => `${each.ended.toLocaleString('en')} of ${each.devices.toLocaleString('en')}, ${part} %`,
        `Ended of ${each.campaign}`);
      text(made.cells[3], count(each.counts, ['updated']).toLocaleString('en'));
      text(made.cells[4], count(each.counts, FAILED).toLocaleString('en'));
      text(made.cells[5], each.underWay.toLocaleString('en'));
      text(made.cells[6], each.reason + (each.reason && each.by ? `, by ${each.by}` : ''));
      made.cells[7].firstElementChild.hidden = !STOPPABLE.includes(each.state);
    });
}

function waits(waiting) {
  if (!waiting) return '';
  return waiting.kind + (waiting.detail ? `: ${waiting.detail}` : '')
    + (waiting.until ? `, until ${utc(waiting.until)}` : '');
}

function showGroups(campaigns) {
  const groups = campaigns.flatMap(each => each.groups.map(group => ({ campaign: each.campaign, ...group })));
  at('groups-section').hidden = groups.length === 0;
  rows(at('groups'), groups, each => `${each.campaign} ${each.group}`,
    each => row(`${each.campaign}, ${each.group}`, GROUP_CELLS),
    (made, each) => {
      tag(made.cells[1], each.state);
      text(made.cells[2], counted(each.counts, STATES));
      text(made.cells[3], waits(each.waits));
    });
}

function showRequests(status) {
  const counts = Object.entries(status.requests).filter(([, number]) => number)
    .map(([state, number]) => `${number.toLocaleString('en')} ${state}`).join(', ');
  text(at('request-counts'), counts || 'None.');
  const latest = [...status.latestRequests].reverse();
  at('requests-table').hidden = latest.length === 0;
  rows(at('requests'), latest, each => each.request, each => row(each.request, REQUEST_CELLS),
    (made, each) => {
      text(made.cells[1], each.service);
      tag(made.cells[2], each.state);
      text(made.cells[3], each.code || '');
    });
}

function showAlerts(events) {
  const latest = [...events].reverse();
  at('no-alerts').hidden = latest.length > 0;
  at('alerts-table').hidden = latest.length === 0;
  rows(at('alerts'), latest, each => String(each.number), each => row(utc(each.time), ALERT_CELLS),
    (made, each) => {
      text(made.cells[1], each.kind);
      text(made.cells[2], each.what);
    });
}

function showCapacity(regions) {
  rows(at('capacity'), regions, each => each.region, each => row(each.region, REGION_CELLS),
    (made, each) => {
      const [today, ...later] = each.promised;
      text(made.cells[1], each.cellOctetsPerDay.toLocaleString('en'));
      bar(made.cells[2], today, each.cellOctetsPerDay,
        part => `${today.toLocaleString('en')}, ${part} %`, `Promised today in ${each.region}`);
      text(made.cells[3], later.some(octets => octets) ? later.map(octets => octets.toLocaleString('en')).join(', ')
        : 'nothing');
    });
}

function showChoice(campaigns) {
  const names = campaigns.map(each => each.campaign);
  if (!names.includes(view.campaign)) view.campaign = names[0] || '';
  const select = at('campaign');
  if ([...select.options].map(each => each.value).join('\n') !== names.join('\n')) {
    select.replaceChildren(...names.map(name => new Option(name, name)));
  }
  select.value = view.campaign;
  at('filter').hidden = names.length === 0;
}

function showDevices(part) {
  at('no-devices').hidden = part.devices.length > 0;
  at('devices-table').hidden = part.devices.length === 0;
  text(at('shown'), `${part.of.toLocaleString('en')} device${part.of === 1 ? '' : 's'}`);
  const pages = Math.max(1, Math.ceil(part.of / ROWS_PER_PAGE));
  at('pages').hidden = pages === 1;
  text(at('page'), `Page ${Math.floor(view.from / ROWS_PER_PAGE) + 1} of ${pages}`);
  at('previous').disabled = view.from === 0;
  at('next').disabled = view.from + ROWS_PER_PAGE >= part.of;
  rows(at('devices'), part.devices, each => each.device, each => row(each.device, DEVICE_CELLS),
    (made, each) => {
      text(made.cells[1], each.group);
      tag(made.cells[2], each.state);
      text(made.cells[3], each.ordered ? utc(each.ordered) : '');
      text(made.cells[4], each.cause);
    });
}

function say(line) {
  const made = document.createElement('p');
  made.textContent = line;
  at('news').append(made);
  while (at('news').childElementCount > 20) at('news').firstElementChild.remove();
}

/** Tells, for those who listen to the page, which campaigns are in another state. */
function tell(campaigns) {
  for (const each of campaigns) {
    const before = states.get(each.campaign);
    if (before && before !== each.state) say(`${each.campaign} is ${each.state}`);
  }
  states = new Map(campaigns.map(each => [each.campaign, each.state]));
}

async function fetched(what) {
  const response = await fetch(what);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

async function look() {
  const status = await fetched('status.json');
  const { campaigns } = status;
  text(at('supplier'), status.supplier);
  const running = campaigns.filter(each => each.state === 'running').length;
  const underWay = campaigns.reduce((sum, each) => sum + each.underWay, 0);
  text(at('summary'), `${running} of ${campaigns.length} campaign${campaigns.length === 1 ? '' : 's'} running, `
    + `${underWay.toLocaleString('en')} requests under way`);
  showCampaigns(campaigns);
  showGroups(campaigns);
  showChoice(campaigns);
  showRequests(status);
  showAlerts(status.events);
  showCapacity(status.capacity);
  showDevices(view.campaign
    ? await fetched(`devices.json?${new URLSearchParams(view)}`) : { of: 0, devices: [] });
  if (looks % LOOKS_PER_CHART === 0) {
    showCharts(await fetched(`charts.json?${new URLSearchParams({ campaign: view.campaign })}`));
  }
  looks += 1;
  tell(campaigns);
  document.title = `${running} running, head end of ${status.supplier}`;
  at('as-of').dateTime = new Date().toISOString();
  text(at('as-of'), utc(at('as-of').dateTime));
}

async function refresh() {
  let pause = PERIOD;
  try {
    await look();
    if (at('trouble').dataset.from === 'refresh') text(at('trouble'), '');
    delete at('trouble').dataset.from;
  } catch (fault) {
    text(at('trouble'), 'The head end does not answer, or another process acts; what is shown is old.');
    at('trouble').dataset.from = 'refresh';
    pause = PERIOD_IN_TROUBLE;
  }
  setTimeout(refresh, pause);
}

at('state').replaceChildren(new Option('any', ''), ...STATES.map(state => new Option(state, state)));
at('filter').addEventListener('submit', event => event.preventDefault());
for (const name of ['campaign', 'state']) {
  at(name).addEventListener('input', () => {
    view[name] = at(name).value;
    view.from = 0;
    looks = 0;
    look().catch(() => {});
  });
}
for (const [id, step] of [['previous', -ROWS_PER_PAGE], ['next', ROWS_PER_PAGE]]) {
  at(id).addEventListener('click', () => {
    view.from = Math.max(0, view.from + step);
    look().catch(() => {});
  });
}
refresh();
