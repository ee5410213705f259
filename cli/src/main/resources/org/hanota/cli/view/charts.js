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
  const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
  const draw = () => {
    drawn.splice(0).forEach(each => each.destroy());
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    charts.forEach((chart, number) => {
      const place = document.getElementById('chart' + number);
      const axis = { stroke: colour('--ink'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
      drawn.push(new uPlot({
        width: Math.max(280, Math.min(place.clientWidth, 1200)),
        height: 240,
        scales: { x: { time: false }, y: { range: (self, low, high) => [0, Math.max(1, high)] } },
        axes: [
          { ...axis, values: (self, ticks) => ticks.map(clock), space: 70 },
          { ...axis, size: 64, label: chart.unit, labelSize: 22, values: (self, ticks) => ticks.map(each => each.toLocaleString('en')) },
        ],
        series: [
          { label: 'time', value: (self, seconds) => seconds == null ? '' : clock(seconds) },
          ...chart.lines.map(line => ({
            label: line.name,
            stroke: colour('--series' + line.colour % 6),
            dash: dashes[Math.floor(line.colour / 6) % dashes.length],
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
