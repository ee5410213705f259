// SPDX-License-Identifier: Apache-2.0
// Draws the charts with uPlot, and anew where the width, the colours or the paper change.
'use strict';

const CHART_HEIGHT = 220;
const DAY_SECONDS = 86_400;
const plots = new Map();
let isPaper = false;

/** A point of time on the axis: the day, the minute or the second, as much as the chart shows. */
function tick(seconds, span) {
  const iso = new Date(seconds * 1000).toISOString();
  if (span >= 3 * DAY_SECONDS) return iso.slice(5, 10);
  return span >= 600 ? iso.slice(11, 16) : iso.slice(11, 19);
}

function options(place, chart, width) {
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--ink'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 },
  };
  const times = chart.columns[0];
  const span = times.length ? times[times.length - 1] - times[0] : 0;
  return {
    width,
    height: CHART_HEIGHT,
    scales: { x: { time: false }, y: { range: (self, low, high) => [0, Math.max(1, high * 1.05)] } },
    axes: [
      { ...axis, space: 60, incrs: [1, 5, 15, 60, 300, 900, 3_600, 10_800, 21_600, 43_200, DAY_SECONDS, 2 * DAY_SECONDS, 7 * DAY_SECONDS, 30 * DAY_SECONDS],
        values: (self, ticks) => ticks.map(each => tick(each, span)) },
      { ...axis, values: (self, ticks) => ticks.map(each => each.toLocaleString('en', { notation: 'compact' })) },
    ],
    series: [
      {},
      ...chart.lines.map(line => ({
        label: line.name, stroke: colour(line.colour), dash: line.dash, width: 2, points: { show: times.length < 2 },
      })),
    ],
    legend: { live: false },
    cursor: { show: false },
  };
}

/** What decides how a chart looks, beside its values. */
function chartStyle(place) {
  return [Math.max(240, Math.min(place.clientWidth, 1200)), isPaper,
    matchMedia('(prefers-color-scheme: dark)').matches].join(' ');
}

function draw(id, chart) {
  const place = at(id);
  place.setAttribute('aria-label', chart.summary);
  const style = chartStyle(place);
  const before = plots.get(id);
  if (before && before.style === style && before.name === chart.name) {
    before.chart = chart;
    before.plot.setData(chart.columns);
    return;
  }
  if (before) before.plot.destroy();
  const plot = new uPlot(options(place, chart, Number(style.split(' ')[0])), chart.columns, place);
  plots.set(id, { plot, chart, style, name: chart.name });
}

function drawAgain() {
  for (const [id, { chart }] of [...plots]) draw(id, chart);
}

function paper(now) {
  isPaper = now;
  document.documentElement.classList.toggle('paper', now);
  drawAgain();
}

function last(values) {
  return values.length ? values[values.length - 1] : 0;
}

function showProgress(campaign, progress) {
  at('progress-section').hidden = !progress || progress.times.length === 0;
  if (at('progress-section').hidden) return;
  text(at('progress-of'), campaign);
  const said = [`${last(progress.put).toLocaleString('en')} devices have been sent their request`,
    `${last(progress.updated).toLocaleString('en')} are updated`,
    `${last(progress.notUpdated).toLocaleString('en')} have ended otherwise`].join(', ');
  const since = utc(new Date(progress.times[0] * 1000).toISOString());
  text(at('progress-summary'), `Devices since the first request, ${since}: ${said}. Times are UTC.`);
  draw('progress', {
    name: campaign,
    summary: `Progress of ${campaign}: ${said}`,
    columns: [progress.times, progress.put, progress.updated, progress.notUpdated],
    lines: [
      { name: 'request put', colour: '--blue', dash: [] },
      { name: 'updated', colour: '--green', dash: [8, 3] },
      { name: 'ended otherwise', colour: '--red', dash: [2, 3] },
    ],
  });
}

function showRegions(capacity) {
  rows(at('regions'), capacity.regions, each => each.region,
    each => {
      const made = document.createElement('figure');
      made.append(document.createElement('figcaption'), document.createElement('div'));
      made.lastChild.className = 'chart';
      made.lastChild.id = `region-${each.region}`;
      made.lastChild.setAttribute('role', 'img');
      return made;
    },
    (made, each) => {
      const today = capacity.today;
      const said = `${each.region}, octets of a cell and day; today ${each.promised[today].toLocaleString('en')} promised, `
        + `${each.used[today].toLocaleString('en')} used, of ${each.cellOctetsPerDay.toLocaleString('en')}`;
      text(made.firstChild, said);
      draw(`region-${each.region}`, {
        name: each.region,
        summary: said,
        columns: [capacity.days, capacity.days.map(() => each.cellOctetsPerDay), each.promised, each.used],
        lines: [
          { name: 'a cell carries', colour: '--soft', dash: [] },
          { name: 'promised', colour: '--amber', dash: [8, 3] },
          { name: 'used', colour: '--blue', dash: [2, 3] },
        ],
      });
    });
}

function showCharts(charts) {
  showProgress(charts.campaign, charts.progress);
  showRegions(charts.capacity);
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAgain);
matchMedia('print').addEventListener('change', event => paper(event.matches));
addEventListener('beforeprint', () => paper(true));
addEventListener('afterprint', () => paper(false));
addEventListener('resize', drawAgain);
