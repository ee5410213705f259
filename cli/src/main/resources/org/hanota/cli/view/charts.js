// SPDX-License-Identifier: Apache-2.0
// Draws the charts, and anew where the width, the colours or the paper change.
'use strict';
const drawn = [];
{
  const clock = seconds => {
    const whole = Math.round(seconds);
    const two = number => String(number).padStart(2, '0');
    return Math.floor(whole / 3600) + ':' + two(Math.floor(whole / 60) % 60) + ':' + two(whole % 60);
  };
  const span = seconds => {
    const units = [[1e-3, 'ms'], [1, 's'], [60, 'min'], [3600, 'h'], [86400, 'd']];
    if (seconds === 0) return '0';
    const [size, unit] = seconds < 1 ? units[0] : seconds < 120 ? units[1] : seconds < 3600 ? units[2] : seconds < 172800 ? units[3] : units[4];
    return (Math.round(seconds / size * 10) / 10).toLocaleString('en') + ' ' + unit;
  };
  const words = { clock, span, span_decades: span, number: number => number.toLocaleString('en') };
  // Round spans: an axis of them is not divided by tens of seconds.
  const spans = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 432000, 864000, 1728000, 4320000, 8640000, 31536000];
  const ends = (self, low, high) => [spans.filter(each => each <= low).at(-1) ?? low / 2, spans.find(each => each >= high) ?? high * 2];
  const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
  const draw = () => {
    drawn.splice(0).forEach(each => each.destroy());
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    charts.forEach((chart, number) => {
      const place = document.getElementById('chart' + number);
      const decades = chart.axis === 'span_decades';
      const said = words[chart.axis];
      const axis = { stroke: colour('--ink'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
      drawn.push(new uPlot({
        width: Math.max(280, Math.min(place.clientWidth, 1200)),
        height: chart.height,
        scales: { x: { time: false, distr: decades ? 3 : 1, ...(decades ? { range: ends } : {}) }, y: { range: (self, low, high) => [0, Math.max(1, high)] } },
        axes: [
          {
            ...axis,
            space: 70,
            values: (self, ticks) => ticks.map(tick => tick == null ? '' : said(tick)),
            ...(chart.axis === 'span' ? { incrs: spans } : {}),
            ...(decades ? { splits: (self, index, low, high) => spans.filter(each => each >= low && each <= high).filter((each, i, all) => i % Math.ceil(all.length * 70 / self.width) === 0), filter: (self, splits) => splits } : {}),
          },
          { ...axis, size: 64, label: chart.unit, labelSize: 22, values: (self, ticks) => ticks.map(each => each.toLocaleString('en')) },
        ],
        series: [
          { label: chart.axis === 'number' ? 'at' : 'time', value: (self, at) => at == null ? '' : said(at) },
          ...chart.lines.map(line => ({
            label: line.name,
            stroke: colour('--series' + line.colour % 6),
            // Where lines of spans lie on each other, both are seen.
            dash: dashes[(chart.axis === 'clock' ? Math.floor(line.colour / 6) : line.colour) % dashes.length],
            width: 2,
            points: { show: false },
            value: (self, value) => value == null ? '' : value.toLocaleString('en'),
          })),
        ],
        cursor: { drag: { x: true, y: false } },
      }, chart.columns, place));
    });
  };
  draw();
  const paper = isPaper => {
    document.documentElement.classList.toggle('paper', isPaper);
    draw();
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  matchMedia('print').addEventListener('change', event => paper(event.matches));
  addEventListener('beforeprint', () => paper(true));
  addEventListener('afterprint', () => paper(false));
  addEventListener('resize', draw);
}
