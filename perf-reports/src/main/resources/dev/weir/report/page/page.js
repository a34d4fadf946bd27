// Draws every .chart from the numbers in #charts. Lines are medians, dots are rounds.
(function () {
  'use strict';
  var charts = JSON.parse(document.getElementById('charts').textContent);
  var plots = [];

  function color(name) {
    var style = getComputedStyle(document.documentElement);
    return style.getPropertyValue('--' + name).trim() || style.getPropertyValue('--soft').trim();
  }

  function short(value) {
    if (value === null || value === undefined) return '';
    var size = Math.abs(value);
    if (size >= 1e6) return +(value / 1e6).toPrecision(3) + ' M';
    if (size >= 1e4) return +(value / 1e3).toPrecision(3) + ' k';
    return '' + +value.toPrecision(3);
  }

  // Dots of one product stand beside those of the others, not upon them.
  function beside(chart, x, product) {
    var shift = (product - (chart.lines.length - 1) / 2);
    if (chart.kind === 'PRODUCTS') return x;
    return x * (1 + 0.03 * shift);
  }

  // uPlot wants one list of x for all series: the union, with gaps.
  function columns(chart) {
    var xs = new Set();
    chart.lines.forEach(function (line, product) {
      line.points.forEach(function (point) { xs.add(point[0]); });
      line.dots.forEach(function (dot, i) { xs.add(dotX(chart, dot, product, i)); });
    });
    var x = Array.from(xs).sort(function (a, b) { return a - b; });
    var place = new Map(x.map(function (value, i) { return [value, i]; }));
    var data = [x];
    chart.lines.forEach(function (line, product) {
      var medians = new Array(x.length).fill(null), dots = new Array(x.length).fill(null);
      line.points.forEach(function (point) { medians[place.get(point[0])] = point[1]; });
      line.dots.forEach(function (dot, i) { dots[place.get(dotX(chart, dot, product, i))] = dot[1]; });
      data.push(medians, dots);
    });
    return data;
  }

  // Rounds at one place are spread a little, each on an x of its own.
  function dotX(chart, dot, product, i) {
    var many = chart.lines[product].dots.length;
    if (chart.kind === 'PRODUCTS') return dot[0] + (many > 1 ? 0.5 * (i / (many - 1)) - 0.25 : 0) + 1e-6 * (i + 1);
    return beside(chart, dot[0], product) * (1 + 1e-4 * (i + 1));
  }

  function series(chart) {
    var all = [{ label: chart.x || 'product', value: function (plot, value) { return value === null ? '' : xText(chart, value); } }];
    chart.lines.forEach(function (line) {
      var ink = color(line.product);
      all.push(chart.kind === 'PRODUCTS'
        ? { label: line.product, stroke: ink, fill: ink + '55', width: 1.5, points: { show: false }, value: text,
            paths: uPlot.paths.bars({ size: [0.7, 90, 44], align: 0 }) }
        : { label: line.product, stroke: ink, width: 2, spanGaps: true, value: text,
            points: { show: chart.kind === 'LOG', size: 6, fill: ink } });
      all.push({ label: line.product + ' rounds', stroke: ink, paths: function () { return null; },
        points: { show: true, size: 5, width: 1, stroke: ink, fill: color('back') }, value: text });
    });
    return all;
  }

  function text(plot, value) { return short(value); }

  function xText(chart, value) {
    if (chart.kind === 'PRODUCTS') return (chart.lines[Math.round(value)] || { product: '' }).product;
    if (chart.kind === 'PERCENTILES') return +(100 * (1 - 1 / value)).toFixed(4) + ' %';
    return short(value);
  }

  function xAxis(chart, xs) {
    var axis = { stroke: color('ink'), grid: { stroke: color('line'), width: 1 }, ticks: { stroke: color('line') }, font: '12px sans-serif',
      label: chart.x || undefined, labelFont: '12px sans-serif', labelSize: 20 };
    var at;
    if (chart.kind === 'PRODUCTS') at = chart.lines.map(function (line, i) { return i; });
    if (chart.kind === 'PERCENTILES') at = [1, 10, 100, 1000, 10000, 100000, 1000000];
    if (chart.kind === 'LOG') at = Array.from(new Set([].concat.apply([], chart.lines.map(function (line) {
      return line.points.map(function (point) { return point[0]; }); })))).sort(function (a, b) { return a - b; });
    var low = xs[0], high = xs[xs.length - 1];
    axis.splits = function () { return at.filter(function (x) { return chart.kind !== 'PERCENTILES' || x <= high * 1.01; }); };
    axis.filter = function (plot, splits) { return splits; };
    axis.values = function (plot, splits) { return splits.map(function (x) { return xText(chart, x); }); };
    return axis;
  }

  function options(chart, width, data) {
    var high = 0, low = Infinity;
    data.slice(1).forEach(function (column) { column.forEach(function (y) {
      if (y !== null) { high = Math.max(high, y); low = Math.min(low, y > 0 ? y : low); } }); });
    var isTall = chart.kind !== 'PRODUCTS' && high / low > 30; // a linear axis would hide the small ones
    var xs = data[0], first = xs[0], last = xs[xs.length - 1];
    return {
      width: width, height: 300, legend: { show: chart.kind !== 'PRODUCTS' }, cursor: { points: { size: 8 } },
      scales: {
        x: { time: false, distr: chart.kind === 'PRODUCTS' ? 1 : 3, log: 10,
          range: chart.kind === 'PRODUCTS' ? [-0.6, chart.lines.length - 0.4] : [first * 0.8, last * 1.25] },
        y: isTall ? { distr: 3, log: 10 } : { range: [0, high * 1.08 || 1] }
      },
      axes: [xAxis(chart, xs),
        { stroke: color('ink'), grid: { stroke: color('line'), width: 1 }, ticks: { stroke: color('line') }, font: '12px sans-serif', size: 62,
          values: function (plot, splits) { return splits.map(function (y) { return y === null ? '' : short(y); }); } }],
      series: series(chart)
    };
  }

  // A legend entry for each product is enough: its dots come and go with its line.
  function tidyLegend(plot, chart) {
    if (chart.kind === 'PRODUCTS') return;
    var rows = plot.root.querySelectorAll('.u-legend .u-series');
    for (var i = 2; i < rows.length; i += 2) rows[i].style.display = 'none';
    var follow = plot.setSeries.bind(plot);
    plot.root.querySelectorAll('.u-legend .u-series').forEach(function (row, i) {
      if (i > 0 && i % 2 === 1) row.addEventListener('click', function () { follow(i + 1, { show: plot.series[i].show }); });
    });
  }

  function draw() {
    plots.forEach(function (plot) { plot.destroy(); });
    plots = [];
    document.querySelectorAll('.chart').forEach(function (place) {
      var chart = charts[+place.dataset.chart];
      var data = columns(chart);
      var plot = new uPlot(options(chart, place.clientWidth || 380, data), data, place);
      tidyLegend(plot, chart);
      plots.push(plot);
    });
  }

  draw();
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  var waiting;
  window.addEventListener('resize', function () { clearTimeout(waiting); waiting = setTimeout(draw, 150); });
})();
