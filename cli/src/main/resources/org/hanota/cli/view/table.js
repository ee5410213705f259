// SPDX-License-Identifier: Apache-2.0
/* What the pages of hub and head end share. */
'use strict';

const at = id => document.getElementById(id);

function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

/** Makes the children those of the items, each kept under its key: focus, selection and a reader's place stay. */
function rows(body, items, name, make, fill) {
  const old = new Map([...body.children].map(row => [row.dataset.key, row]));
  let place = body.firstElementChild;
  for (const item of items) {
    let row = old.get(name(item));
    if (row) {
      old.delete(row.dataset.key);
    } else {
      row = make(item);
      row.dataset.key = name(item);
    }
    if (row === place) place = place.nextElementSibling;
    else body.insertBefore(row, place);
    fill(row, item);
  }
  for (const row of old.values()) row.remove();
}

/** A row of a table, which stays one for a screen reader where a narrow page shows it as a card. */
function row(heading, cells) {
  const made = document.createElement('tr');
  made.setAttribute('role', 'row');
  const head = document.createElement('th');
  head.scope = 'row';
  head.setAttribute('role', 'rowheader');
  head.className = 'code';
  head.textContent = heading;
  made.append(head);
  for (const { name, kind } of cells) {
    const cell = made.insertCell();
    cell.setAttribute('role', 'cell');
    cell.className = kind || '';
    cell.dataset.label = name;
  }
  return made;
}

function utc(time) {
  return time.replace('T', ' ').replace(/(:\d\d)?(\.\d+)?Z$/, ' UTC');
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
