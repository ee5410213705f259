// SPDX-License-Identifier: Apache-2.0
'use strict';

const PERIOD = 1000;
const PERIOD_IN_TROUBLE = 3000;
const WINDOW = 10000;
const ROWS_MAX = 500;
const NEWS_MAX = 3;
const PHASES = ['idle', 'queued', 'notified', 'transferring', 'paused', 'verifying', 'waiting',
  'activating', 'confirmed', 'failed'];
const WHOLE = ['verifying', 'waiting', 'activating', 'confirmed'];
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

const at = id => document.getElementById(id);
const samples = new Map();
let phases = new Map();
let last;

function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

/** Makes the rows those of the items, each kept under its key: focus, selection and a reader's place stay. */
function rows(body, items, key, make, fill) {
  const old = new Map([...body.rows].map(row => [row.dataset.key, row]));
  let place = body.firstElementChild;
  for (const item of items) {
    let row = old.get(key(item));
    if (row) {
      old.delete(row.dataset.key);
    } else {
      row = make(item);
      row.dataset.key = key(item);
    }
    if (row === place) place = place.nextElementSibling;
    else body.insertBefore(row, place);
    fill(row, item);
  }
  for (const row of old.values()) row.remove();
}

function row(heading, classes) {
  const made = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = heading;
  made.append(head);
  for (const name of classes) made.insertCell().className = name;
  return made;
}

function duration(millis) {
  if (millis === undefined) return '';
  const s = Math.round(millis / 1000);
  if (s < 100) return `${s} s`;
  return s < 6000 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3600)} h`;
}

/** Octets per second over the last few seconds, or undefined. */
function rate(device, now) {
  if (device.phase !== 'transferring') {
    samples.delete(device.device);
    return undefined;
  }
  const seen = (samples.get(device.device) || []).filter(
    sample => now - sample.time <= WINDOW && sample.offset <= device.fileOffset);
  seen.push({ time: now, offset: device.fileOffset });
  samples.set(device.device, seen);
  const first = seen[0];
  return now - first.time < PERIOD / 2
    ? undefined : (device.fileOffset - first.offset) * 1000 / (now - first.time);
}

function perSecond(octets) {
  if (octets === undefined) return '';
  return octets < 1000 ? `${Math.round(octets)} B/s` : `${(octets / 1000).toFixed(1)} kB/s`;
}

function percent(device) {
  if (WHOLE.includes(device.phase)) return 100;
  return device.imageSizeOctets ? Math.floor(100 * device.fileOffset / device.imageSizeOctets) : undefined;
}

function showProgress(cell, device) {
  const part = percent(device);
  if (part === undefined) {
    cell.replaceChildren();
    return;
  }
  if (!cell.firstElementChild) {
    const bar = document.createElement('progress');
    bar.max = 100;
    bar.setAttribute('aria-label', `Progress of ${device.device}`);
    cell.append(bar, document.createElement('span'));
  }
  const [bar, words] = cell.children;
  // Without the attribute, as at the beginning, the bar would say that nothing is known.
  if (bar.getAttribute('value') !== String(part)) bar.value = part;
  text(words, `${part} %`);
}

function showDevices(devices, speeds) {
  const phase = at('phase').value;
  const address = at('address').value.trim().toUpperCase();
  const wanted = devices.filter(
    device => (!phase || device.phase === phase) && device.device.includes(address));
  text(at('shown'), wanted.length <= ROWS_MAX
    ? `${wanted.length} of ${devices.length} devices`
    : `the first ${ROWS_MAX} of ${wanted.length} devices`);
  rows(at('devices'), wanted.slice(0, ROWS_MAX), device => device.device,
    device => {
      const made = row(device.device, ['', '', 'number', 'number', 'code', 'code']);
      made.cells[1].append(document.createElement('span'));
      return made;
    },
    (made, device) => {
      const tag = made.cells[1].firstElementChild;
      text(tag, device.phase);
      tag.className = `tag ${device.phase}`;
      showProgress(made.cells[2], device);
      text(made.cells[3], perSecond(speeds.get(device.device)));
      text(made.cells[4], device.phase === 'transferring' ? duration(device.remainingMillis) : '');
      text(made.cells[5], device.running || '');
      text(made.cells[6], device.image || '');
    });
}

function showFailures(devices) {
  const failed = devices.filter(device => device.failure);
  at('no-failures').hidden = failed.length > 0;
  at('failures-table').hidden = failed.length === 0;
  rows(at('failures'), failed.slice(0, ROWS_MAX), device => device.device,
    device => row(device.device, ['', 'words']),
    (made, device) => {
      text(made.cells[1], CAUSES[device.failure.cause] || device.failure.cause);
      text(made.cells[2], device.failure.detail);
    });
}

function showImages(images) {
  at('no-images').hidden = images.length > 0;
  at('images-table').hidden = images.length === 0;
  rows(at('images'), images, image => image.sha256,
    image => row(image.name, ['code', 'number', 'words', 'code']),
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

function showPhases(devices) {
  const counts = new Map(PHASES.map(phase => [phase, 0]));
  for (const device of devices) counts.set(device.phase, (counts.get(device.phase) || 0) + 1);
  const list = at('phases');
  for (const [phase, count] of counts) {
    let item = list.querySelector(`[data-phase="${phase}"]`);
    if (!item) {
      item = document.createElement('li');
      item.dataset.phase = phase;
      item.append(document.createElement('b'), phase);
      list.append(item);
      at('phase').add(new Option(phase));
    }
    text(item.firstElementChild, String(count));
    item.className = count ? phase : 'none';
  }
}

/** Tells, for those who listen to the page, what ended since the last look. */
function tell(devices) {
  const news = devices.filter(device => phases.has(device.device)
    && phases.get(device.device) !== device.phase
    && (device.phase === 'confirmed' || device.phase === 'failed'));
  phases = new Map(devices.map(device => [device.device, device.phase]));
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
  const speeds = new Map(status.devices.map(device => [device.device, rate(device, now)]));
  const total = [...speeds.values()].reduce((sum, speed) => sum + (speed || 0), 0);
  text(at('hub'), status.hub);
  text(at('summary'), `${status.devices.length} devices, ${status.transferring} of at most ` +
    `${status.concurrentTransfers} transfers at ${perSecond(total)}, ${status.queued} queued`);
  showPhases(status.devices);
  showDevices(status.devices, speeds);
  showFailures(status.devices);
  showImages(status.images);
  tell(status.devices);
  document.title = `${status.transferring} transferring, hub ${status.hub}`;
  at('as-of').dateTime = new Date().toISOString();
  text(at('as-of'), at('as-of').dateTime.replace('T', ' ').replace(/\..*/, ' UTC'));
  text(at('trouble'), status.outage ? 'Out of service: ' + status.outage : '');
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

at('filter').addEventListener('submit', event => event.preventDefault());
for (const id of ['phase', 'address']) {
  at(id).addEventListener('input', () => {
    if (last) show(last);
  });
}
refresh();
