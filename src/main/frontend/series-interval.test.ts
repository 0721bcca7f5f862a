import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brushed, chartCommand, context, nudged, toggled } from './series-interval.ts';

test('an edge moves by its steps and never past the other or the series', () => {
  const interval = { from: 10, to: 20, channels: null };
  assert.deepEqual(nudged(interval, 'from', 3, 100), { from: 13, to: 20, channels: null });
  assert.equal(nudged(interval, 'from', 50, 100).from, 19);
  assert.equal(nudged(interval, 'from', -50, 100).from, 0);
  assert.equal(nudged(interval, 'to', -50, 100).to, 11);
  assert.equal(nudged(interval, 'to', 500, 100).to, 100);
});

test('brushing takes in both ends in either direction', () => {
  assert.deepEqual(brushed(12.4, 7.6, 100), { from: 8, to: 13 });
  assert.deepEqual(brushed(5, 5, 100), { from: 5, to: 6 });
  assert.deepEqual(brushed(-9, 300, 100), { from: 0, to: 100 });
});

test('naming no or every channel means all', () => {
  assert.deepEqual(toggled(null, 2, [0, 1, 2]), [2]);
  assert.deepEqual(toggled([2], 0, [0, 1, 2]), [0, 2]);
  assert.equal(toggled([0, 2], 1, [0, 1, 2]), null);
  assert.equal(toggled([2], 2, [0, 1, 2]), null);
});

test('the context stays within the series', () => {
  assert.deepEqual(context({ from: 5, to: 8 }, 10, 12), { from: 0, to: 12 });
});

test('arrows move an edge while there is an interval, else the view', () => {
  assert.deepEqual(chartCommand({ key: 'ArrowRight', shiftKey: true }, true), { kind: 'nudge', by: 10 });
  assert.deepEqual(chartCommand({ key: 'ArrowLeft' }, true), { kind: 'nudge', by: -1 });
  assert.deepEqual(chartCommand({ key: 'ArrowLeft' }, false), { kind: 'pan', share: -0.15 });
  assert.equal(chartCommand({ key: 'ArrowUp' }, false), null);
  assert.equal(chartCommand({ key: '+', ctrlKey: true }, true), null, 'the browser zooms');
});
