// SPDX-License-Identifier: Apache-2.0
'use strict';

const PERIOD = 1000;
const PERIOD_IN_TROUBLE = 3000;
const WINDOW = 10000;
const ROWS_PER_PAGE = 50;
const NEWS_MAX = 3;
const PHASES = ['failed', 'transferring', 'verifying', 'paused', 'queued', 'notified', 'waiting',
  'activating', 'confirmed', 'idle'];
const UNDER_WAY = ['queued', 'notified', 'transferring', 'paused', 'verifying'];
const RECEIVED = ['waiting', 'activating'];
const CAUSES = {
  INVALID_IMAGE: 'The image did not pass its checks',
  ABORTED: 'The device gave it up',
  STOPPED: 'Stopped',
  WITHDRAWN: 'The image is offered no more',
  INSUFFICIENT_SPACE: 'No room on the device',
  REFUSED: 'Refused',
  EXPIRED: 'Took longer than it may',
  ROLLED_BACK: 'The new image did not confirm itself; the old one runs',
  ACTIVATION_FAILED: 'Could not be put in place',
};

/** The columns of the devices: name, class, what a row is ordered by. */
const COLUMNS = [
  { name: 'Device', by: device => device.device },
  { name: 'Phase', by: device => PHASES.indexOf(device.phase) },
  { name: 'Progress', by: device => share(device) },
  { name: 'Rate', kind: 'number', by: (device, speeds) => speeds.get(key(device)) || 0 },
  { name: 'Time left', kind: 'number', by: device => device.remainingMillis || 0 },
  { name: 'Runs', kind: 'code', by: device => device.running || '' },
  { name: 'Offered', kind: 'code', by: device => device.image || '' },
  { name: 'Says', kind: 'words', by: device => said(device) },
];

const samples = new Map();
const view = { phase: '', cause: '', column: 1, down: false, page: 0 };
let phases = new Map();
let last;

/** A device with two processors has two updates. */
function key(device) {
  return `${device.device}-${device.endpoint}-${(device.running || device.image || '').slice(5, 9)}`;
}

function duration(millis) {
  if (millis === undefined) return '';
  const s = Math.round(millis / 1000);
  if (s < 100) return `${s} s`;
  if (s < 6000) return `${Math.round(s / 60)} min`;
  return s < 172800 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86400)} days`;
}

/** Octets per second over the last few seconds, or undefined. */
function rate(device, now) {
  if (device.phase !== 'transferring') {
    samples.delete(key(device));
    return undefined;
  }
  const seen = (samples.get(key(device)) || []).filter(
    sample => now - sample.time <= WINDOW && sample.offset <= device.fileOffset);
  seen.push({ time: now, offset: device.fileOffset });
  samples.set(key(device), seen);
  const first = seen[0];
  return now - first.time < PERIOD / 2
    ? undefined : (device.fileOffset - first.offset) * 1000 / (now - first.time);
}

function perSecond(octets) {
  if (octets === undefined) return '';
  if (octets < 1000) return `${Math.round(octets)} B/s`;
  return octets < 1e6 ? `${(octets / 1e3).toFixed(1)} kB/s` : `${(octets / 1e6).toFixed(1)} MB/s`;
}

/** How much of its image a device has, 0 to 1. */
function share(device) {
  if (RECEIVED.includes(device.phase) || device.phase === 'confirmed') return 1;
  return device.imageSizeOctets ? device.fileOffset / device.imageSizeOctets : 0;
}

/** When it runs its image, or why it failed. */
function said(device) {
  if (device.upgradeTime && device.phase === 'waiting') return `runs it at ${utc(device.upgradeTime)}`;
  if (device.upgradeTime && device.phase === 'activating') return `was to run it at ${utc(device.upgradeTime)}`;
  if (device.phase === 'waiting') return 'waits for a command';
  if (!device.failure) return '';
  const why = `${cause(device)}: ${device.failure.detail}`;
  return device.phase === 'failed' ? why : `before: ${why}`;
}

function cause(device) {
  return CAUSES[device.failure.cause] || device.failure.cause;
}

function showProgress(cell, device) {
  const words = RECEIVED.includes(device.phase) ? 'received' : '';
  if (words || !UNDER_WAY.includes(device.phase) || !device.imageSizeOctets) {
    text(cell, words);
    return;
  }
  const part = Math.floor(100 * share(device));
  if (!cell.firstElementChild) {
    const bar = document.createElement('progress');
    bar.max = 100;
    bar.setAttribute('aria-label', `Progress of ${device.device}`);
    cell.replaceChildren(bar, document.createElement('span'));
  }
  const [bar, number] = cell.children;
  // Without the attribute, as at the beginning, the bar would say that nothing is known.
  if (bar.getAttribute('value') !== String(part)) bar.value = part;
  text(number, `${part} %`);
}

function wanted(devices, speeds) {
  const address = at('address').value.trim().toUpperCase();
  const { by } = COLUMNS[view.column];
  const sign = view.down ? -1 : 1;
  return devices
    .filter(device => (!view.phase || device.phase === view.phase)
      && (!view.cause || (device.phase === 'failed' && said(device) === view.cause))
      && device.device.includes(address))
    .sort((a, b) => sign * compare(by(a, speeds), by(b, speeds)) || compare(key(a), key(b)));
}

function showDevices(devices, speeds) {
  const chosen = wanted(devices, speeds);
  const pages = Math.max(1, Math.ceil(chosen.length / ROWS_PER_PAGE));
  view.page = Math.min(view.page, pages - 1);
  const from = view.page * ROWS_PER_PAGE;
  const isFiltered = Boolean(view.phase || view.cause || at('address').value.trim());
  at('filter').hidden = devices.length === 0;
  at('no-devices').hidden = chosen.length > 0;
  at('devices-table').hidden = chosen.length === 0;
  text(at('shown'), isFiltered ? `${chosen.length} of ${devices.length} devices`
    : `${devices.length} device${devices.length === 1 ? '' : 's'}`);
  at('all').hidden = !isFiltered;
  at('pages').hidden = pages === 1;
  text(at('page'), `Page ${view.page + 1} of ${pages}`);
  at('previous').disabled = view.page === 0;
  at('next').disabled = view.page === pages - 1;
  rows(at('devices'), chosen.slice(from, from + ROWS_PER_PAGE), key,
    device => {
      const made = row(device.device, COLUMNS.slice(1));
      made.cells[1].append(document.createElement('span'));
      return made;
    },
    (made, device) => {
      const tag = made.cells[1].firstElementChild;
      text(tag, device.phase);
      tag.className = `tag ${device.phase}`;
      showProgress(made.cells[2], device);
      text(made.cells[3], perSecond(speeds.get(key(device))));
      text(made.cells[4], device.phase === 'transferring' ? duration(device.remainingMillis) : '');
      text(made.cells[5], device.running || '');
      text(made.cells[6], device.image || '');
      text(made.cells[7], said(device));
    });
}

function chooser(name, choose) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.append(document.createElement('b'), name);
  button.addEventListener('click', () => {
    choose();
    view.page = 0;
    show(last);
  });
  item.append(button);
  return item;
}

function fill(item, count, isChosen, kind) {
  text(item.querySelector('b'), String(count));
  item.firstElementChild.setAttribute('aria-pressed', String(isChosen));
  if (kind) item.className = item.firstElementChild.className = kind;
}

/** What went wrong, and how often; each shows its devices. */
function showFailures(devices) {
  const counts = new Map();
  for (const device of devices.filter(each => each.phase === 'failed' && each.failure)) {
    counts.set(said(device), (counts.get(said(device)) || 0) + 1);
  }
  if (view.cause && !counts.has(view.cause)) view.cause = '';
  at('failures-section').hidden = counts.size === 0;
  rows(at('failures'), [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])), ([why]) => why,
    ([why]) => chooser(why, () => {
      view.cause = view.cause === why ? '' : why;
      view.phase = '';
    }),
    (item, [why, count]) => fill(item, count, view.cause === why));
}

const IMAGE_CELLS = [
  { name: 'Manufacturer, type, version', kind: 'code' }, { name: 'Octets', kind: 'number' },
  { name: 'State', kind: 'words' }, { name: 'SHA-256', kind: 'code' },
];

function showImages(images) {
  at('no-images').hidden = images.length > 0;
  at('images-table').hidden = images.length === 0;
  rows(at('images'), images, image => image.sha256,
    image => row(image.name, IMAGE_CELLS),
    (made, image) => {
      text(made.cells[1], image.image);
      text(made.cells[2], image.sizeOctets.toLocaleString('en'));
      const held = image.quarantined ? `quarantined: ${image.quarantined}`
          : image.order ? `${image.order.kind}: ${image.order.said}` : '';
      text(made.cells[3], held || 'offered');
      made.cells[3].className = held ? 'words quarantined' : 'words';
      text(made.cells[4], `${image.sha256.slice(0, 16)}…`);
      made.cells[4].title = image.sha256;
    });
}

/** How far all updates are together, and when the last octet is out at the speed of now. */
function showWhole(devices, total) {
  const updates = devices.filter(device => device.phase !== 'idle');
  const ended = updates.filter(device => device.phase === 'confirmed' || device.phase === 'failed');
  at('whole').hidden = updates.length === 0;
  at('no-overview').hidden = devices.length > 0;
  if (updates.length === 0) return;
  const part = updates.reduce(
    (sum, device) => sum + (device.phase === 'failed' ? 1 : share(device)), 0) / updates.length;
  const left = devices.filter(device => UNDER_WAY.includes(device.phase))
    .reduce((sum, device) => sum + device.imageSizeOctets - device.fileOffset, 0);
  const percent = Math.floor(100 * part);
  at('whole').firstElementChild.value = percent;
  text(at('whole-words'), `${percent} %, ${ended.length} of ${updates.length} updates have ended`
    + (left && total ? `, about ${duration(1000 * left / total)} left to transfer` : ''));
}

function showPhases(devices) {
  const counts = new Map(PHASES.map(phase => [phase, 0]));
  for (const device of devices) counts.set(device.phase, (counts.get(device.phase) || 0) + 1);
  rows(at('phases'), [...counts], ([phase]) => phase,
    ([phase]) => chooser(phase, () => {
      view.phase = view.phase === phase ? '' : phase;
      view.cause = '';
    }),
    (item, [phase, count]) => fill(item, count, view.phase === phase,
      count || view.phase === phase ? phase : 'none'));
}

/** Tells, for those who listen to the page, what ended since the last look. */
function tell(devices) {
  const news = devices.filter(device => phases.has(key(device))
    && phases.get(key(device)) !== device.phase
    && (device.phase === 'confirmed' || device.phase === 'failed'));
  phases = new Map(devices.map(device => [key(device), device.phase]));
  const lines = news.length <= NEWS_MAX
    ? news.map(device => `${device.device} ${device.phase}`)
    : [`${news.length} updates ended`];
  for (const line of lines) {
    const made = document.createElement('p');
    made.textContent = line;
    at('news').append(made);
  }
  while (at('news').childElementCount > 20) at('news').firstElementChild.remove();
}

function show(status) {
  last = status;
  const now = performance.now();
  const speeds = new Map(status.devices.map(device => [key(device), rate(device, now)]));
  const total = [...speeds.values()].reduce((sum, speed) => sum + (speed || 0), 0);
  text(at('hub'), status.hub);
  text(at('summary'), `${status.transferring} of at most ${status.concurrentTransfers} transfers` +
    (total ? ` at ${perSecond(total)}` : '') + `, ${status.queued} queued` +
    (status.headEnd && status.headEnd.connected ? `; head end at ${status.headEnd.address}` : ''));
  showWhole(status.devices, total);
  showPhases(status.devices);
  showFailures(status.devices);
  showImages(status.images);
  showDevices(status.devices, speeds);
  tell(status.devices);
  document.title = `${status.transferring} transferring, hub ${status.hub}`;
  at('as-of').dateTime = new Date().toISOString();
  text(at('as-of'), at('as-of').dateTime.replace('T', ' ').replace(/\..*/, ' UTC'));
  text(at('trouble'), status.outage ? 'Out of service: ' + status.outage
    : status.doubtedClock ? `The hub's clock shows ${status.doubtedClock}, which is doubted: it brings nothing forward`
    : status.headEnd && !status.headEnd.connected ? `The head end at ${status.headEnd.address} is not connected: ${status.headEnd.reason}`
    : '');
}

async function refresh() {
  let pause = PERIOD;
  try {
    const response = await fetch('status.json');
    if (!response.ok) throw new Error(`status ${response.status}`);
    show(await response.json());
  } catch (fault) {
    text(at('trouble'), 'The hub does not answer; what is shown is old.');
    pause = PERIOD_IN_TROUBLE;
  }
  setTimeout(refresh, pause);
}

function sortBy(column, down) {
  view.column = column;
  view.down = down;
  [...document.querySelectorAll('#devices-table thead th')].forEach((head, i) => {
    if (i === column) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    else head.removeAttribute('aria-sort');
  });
  at('order').value = String(column);
  if (last) show(last);
}

COLUMNS.forEach(({ name, kind }, i) => {
  const head = document.createElement('th');
  head.scope = 'col';
  head.setAttribute('role', 'columnheader');
  head.className = kind === 'number' ? kind : '';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = name;
  button.addEventListener('click', () => sortBy(i, view.column === i && !view.down));
  head.append(button);
  document.querySelector('#devices-table thead tr').append(head);
  at('order').add(new Option(name.toLowerCase(), String(i)));
});
sortBy(view.column, false);

at('filter').addEventListener('submit', event => event.preventDefault());
at('order').addEventListener('input', () => sortBy(Number(at('order').value), false));
at('address').addEventListener('input', () => {
  view.page = 0;
  if (last) show(last);
});
at('all').addEventListener('click', () => {
  Object.assign(view, { phase: '', cause: '', page: 0 });
  at('address').value = '';
  show(last);
  at('address').focus();
});
for (const [id, step] of [['previous', -1], ['next', 1]]) {
  at(id).addEventListener('click', () => {
    view.page += step;
    show(last);
  });
}
refresh();
