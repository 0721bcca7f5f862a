import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figure, nearest, percent, series, timeUnit, xRange, yRange, type RoundPoint } from './curve-data.ts';

const round = (number: number, labels: number, seconds: number, value: number | null): RoundPoint => ({
  number,
  labels,
  cost: labels * 0.1,
  seconds,
  reported: value === null ? 0 : 80,
  accuracy: value === null ? null : { value, low: value - 0.05, high: value + 0.04 },
  macroF1: value === null ? null : { value: value - 0.1, low: value - 0.2, high: value },
});

test('the curve has one value per round and the zero-shot start as its baseline', () => {
  const s = series([round(0, 0, 30, 0.76), round(1, 25, 300, 0.83), round(2, 50, 700, 0.88)], 'labels', 0.9);

  assert.deepEqual(s.x, [0, 25, 50]);
  assert.deepEqual(s.accuracy, [0.76, 0.83, 0.88]);
  assert.equal(s.zeroShot, 0.76);
  assert.equal(s.target, 0.9);
});

test('a round without audit answers leaves a gap, not a zero', () => {
  const s = series([round(0, 0, 30, null), round(1, 25, 300, 0.83)], 'cost', null);

  assert.deepEqual(s.accuracy, [null, 0.83]);
  assert.deepEqual(s.accuracyLow[0], null);
  assert.equal(s.zeroShot, null);
  assert.deepEqual(s.x, [0, 2.5]);
});

test('undone answers do not turn the line back', () => {
  assert.deepEqual(series([round(0, 0, 1, 0.7), round(1, 26, 2, 0.8), round(2, 24, 3, 0.8)], 'labels', null).x, [0, 26, 26]);
});

test('time is told in the largest unit that fits', () => {
  assert.equal(timeUnit([round(1, 1, 7_000, 0.5)]).unit, 'minute');
  assert.equal(timeUnit([round(1, 1, 7_200, 0.5)]).unit, 'hour');
  assert.equal(timeUnit([round(1, 1, 200_000, 0.5)]).unit, 'day');
  assert.deepEqual(series([round(1, 1, 7_200, 0.5)], 'time', null).x, [2]);
});

test('axes never collapse and never leave 0 to 1', () => {
  assert.deepEqual(xRange([], 'labels'), [0, 25]);
  assert.deepEqual(xRange([0, 0], 'cost'), [0, 1]);
  assert.deepEqual(xRange([0, 100], 'labels'), [0, 102]);
  assert.deepEqual(yRange([null]), [0, 1]);
  const [low, high] = yRange([0.99, 0.98]);
  assert.ok(high === 1 && Math.abs(low - 0.8) < 1e-9);
});

test('the nearest round is found', () => {
  assert.equal(nearest([0, 25, 50], 30), 1);
  assert.equal(nearest([], 3), -1);
});

test('figures carry unit and doubt in the reader’s language', () => {
  assert.equal(figure({ value: 0.872, low: 0.841, high: 0.899 }, 'en'), '87.2 % (84–90)');
  assert.equal(percent(0.872, 'de'), '87,2 %');
});

test('the forecast goes on from the last round, where it has a place on the axis', () => {
  const rounds = [round(1, 25, 300, 0.83), round(2, 50, 700, 0.88)];
  const ahead = [
    { labels: 50, cost: 5, seconds: null, accuracy: { value: 0.88, low: 0.85, high: 0.9 } },
    { labels: 150, cost: 15, seconds: null, accuracy: { value: 0.92, low: 0.88, high: 0.94 } },
  ];
  const s = series(rounds, 'labels', null, ahead);

  assert.deepEqual(s.x, [25, 50, 50, 150]);
  assert.deepEqual(s.accuracy, [0.83, 0.88, null, null]);
  assert.deepEqual(s.ahead, [null, null, 0.88, 0.92]);
  assert.deepEqual(s.aheadLow, [null, null, 0.85, 0.88]);
  assert.deepEqual(series(rounds, 'cost', null, ahead).x, [2.5, 5, 5, 15]);
  assert.deepEqual(series(rounds, 'time', null, ahead).ahead, [null, null]);
});
