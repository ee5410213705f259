// SPDX-License-Identifier: Apache-2.0
'use strict';

const period = 1000;
const before = new Map();

function cell(row, text, kind) {
  const made = row.insertCell();
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function seconds(millis) {
  if (millis === undefined) return '';
  const s = Math.round(millis / 1000);
  return s < 100 ? `${s} s` : `${Math.round(s / 60)} min`;
}

function rate(device, now) {
  const last = before.get(device.device);
  before.set(device.device, { offset: device.fileOffset, time: now });
  if (!last || device.phase !== 'transferring' || now <= last.time) return '';
  return `${Math.max(0, Math.round((device.fileOffset - last.offset) * 1000 / (now - last.time)))} octets/s`;
}

function progress(row, device) {
  const made = row.insertCell();
  if (!device.imageSizeOctets) return;
  const bar = document.createElement('progress');
  bar.max = device.imageSizeOctets;
  bar.value = device.fileOffset;
  bar.setAttribute('aria-label', `progress of ${device.device}`);
  made.append(bar, ` ${Math.floor(100 * device.fileOffset / device.imageSizeOctets)} %`);
}

function show(status) {
  const now = performance.now();
  document.getElementById('hub').textContent = status.hub;
  const counts = {};
  for (const device of status.devices) counts[device.phase] = (counts[device.phase] || 0) + 1;
  const summary = `${status.devices.length} devices, ${status.transferring} of at most ` +
    `${status.concurrentTransfers} transfers, ${status.queued} queued, ` +
    `${counts.confirmed || 0} confirmed, ${counts.failed || 0} failed`;
  const line = document.getElementById('summary');
  if (line.textContent !== summary) line.textContent = summary;

  const images = document.createDocumentFragment();
  for (const image of status.images) {
    const row = document.createElement('tr');
    cell(row, image.image);
    cell(row, image.name);
    cell(row, image.sizeOctets, 'number');
    cell(row, image.quarantined ? `quarantined: ${image.quarantined}` : 'offered');
    images.append(row);
  }
  document.getElementById('images').replaceChildren(images);

  const wanted = document.getElementById('phase').value;
  const devices = document.createDocumentFragment();
  for (const device of status.devices) {
    const speed = rate(device, now);
    if (wanted && device.phase !== wanted) continue;
    const row = document.createElement('tr');
    cell(row, device.device);
    cell(row, device.phase, device.phase === 'failed' ? 'failed' : '');
    progress(row, device);
    cell(row, speed, 'number');
    cell(row, seconds(device.remainingMillis), 'number');
    cell(row, device.running || '');
    cell(row, device.image || '');
    cell(row, device.failure ? `${device.failure.cause}: ${device.failure.detail}` : '');
    devices.append(row);
  }
  document.getElementById('devices').replaceChildren(devices);
}

async function refresh() {
  try {
    const response = await fetch('status.json');
    show(await response.json());
  } catch (fault) {
    document.getElementById('summary').textContent = 'The hub does not answer.';
  }
  setTimeout(refresh, period);
}

refresh();
