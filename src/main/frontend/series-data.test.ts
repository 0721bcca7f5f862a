import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alone, extremes, figure, laneScale, lanes, lines, momentLabels, onto, type RangeReply } from './series-data.ts';

function reply(part: Partial<RangeReply>, ...channels: { min: (number | null)[]; max?: (number | null)[] }[]): RangeReply {
  return {
    from: 0,
    to: 100,
    stride: 1,
    step: 1,
    times: [],
    ...part,
    channels: channels.map((one, ordinal) => ({ ordinal, name: `c${ordinal}`, unit: '', constant: false, min: one.min, max: one.max ?? one.min })),
  };
}

test('raw values are drawn as they are, in the order asked for', () => {
  const drawn = lines(reply({ times: [0, 1, 2] }, { min: [1, null, 3] }, { min: [4, 5, 6] }), [1, 0, 7]);
  assert.deepEqual(drawn.x, [0, 1, 2]);
  assert.deepEqual(drawn.y, [[4, 5, 6], [1, null, 3], [null, null, null]]);
});

test('a bucket is a stroke between its extremes, the nearer one first', () => {
  const drawn = lines(reply({ stride: 10, times: [0, 10, 20] }, { min: [0, 1, null], max: [2, 9, null] }), [0]);
  assert.deepEqual(drawn.x, [0, 5, 10, 15, 20, 25]);
  assert.deepEqual(drawn.y[0], [0, 2, 1, 9, null, null]);
});

test('a gap in time breaks the line, uneven sampling does not', () => {
  const gap = lines(reply({ times: [0, 1, 2, 50, 51, 52, 53, 54, 55, 56, 57, 58] }, { min: Array.from({ length: 12 }, (_, i) => i) }), [0]);
  assert.deepEqual(gap.x.slice(2, 5), [2, 3, 50]);
  assert.deepEqual(gap.y[0].slice(2, 5), [2, null, 3]);
  const uneven = lines(reply({ times: [0, 1, 6, 7, 12, 13, 18] }, { min: [0, 1, 2, 3, 4, 5, 6] }), [0]);
  assert.ok(!uneven.y[0].includes(null));
});

test('a gap within buckets keeps both lists as long as each other', () => {
  const drawn = lines(reply({ stride: 10, times: [0, 10, 500, 510, 520, 530, 540, 550, 560, 570, 580, 590] }, { min: Array(12).fill(1), max: Array(12).fill(2) }), [0]);
  assert.equal(drawn.x.length, drawn.y[0].length);
  assert.equal(drawn.y[0][4], null);
  assert.equal(drawn.y[0][5], 1);
  assert.ok(drawn.x.every((x, i) => i === 0 || x >= drawn.x[i - 1]));
});

test('what the detector says is put onto the axis of the values', () => {
  assert.deepEqual(onto([-1, 0, 5, 10, 15, 40], [0, 10, 20], [1, null, 3]), [null, 1, 1, null, null, null]);
  assert.deepEqual(onto([20, 25], [0, 10, 20], [1, 2, 3]), [3, 3]);
  assert.deepEqual(onto([1], [], []), [null]);
});

test('points without neighbours are found', () => {
  assert.deepEqual(alone([1, null, 2, null, 3, 4], 0, 5), [0, 2]);
});

test('lanes fill the plot from the top and a scale puts the values into its lane', () => {
  const [first, second] = lanes([1, 1]);
  assert.ok(first.bottom > second.top);
  const [min, max] = laneScale({ min: 10, max: 20 }, second);
  const at = (value: number) => (value - min) / (max - min);
  assert.ok(Math.abs(at(10) - second.bottom) < 1e-9);
  assert.ok(Math.abs(at(20) - second.top) < 1e-9);
  const flat = laneScale({ min: 5, max: 5 }, first);
  assert.ok(Math.abs((5 - flat[0]) / (flat[1] - flat[0]) - (first.bottom + first.top) / 2) < 1e-9, 'a constant is in the middle');
  assert.deepEqual(extremes([null, null]), null);
});

test('figures are short, and missing ones a dash', () => {
  assert.equal(figure('en', 1234.567), '1,234.6');
  assert.equal(figure('de', 0.5), '0,5');
  assert.equal(figure('en', 12_345_678), '1.23E7');
  assert.equal(figure('en', null), '–');
});

test('moments name the day where it begins only, in the series\' zone', () => {
  const labels = momentLabels([0, 43_200, 86_400].map((s) => 1_767_225_600 + s), 'en', 'Europe/Berlin');
  assert.deepEqual(labels, ['01:00\nJan 1', '13:00', '01:00\nJan 2']);
});
