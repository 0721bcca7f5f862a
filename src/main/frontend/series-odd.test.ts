import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oddest } from './series-odd.ts';

const noise = (i: number) => Math.sin(i * 12.9898) * 0.5;

function channels(...shapes: ((i: number) => number | null)[]) {
  const times = Array.from({ length: 200 }, (_, i) => i);
  return {
    from: 1000,
    to: 1200,
    stride: 1,
    step: 1,
    times,
    channels: shapes.map((shape, ordinal) => {
      const values = times.map(shape);
      return { ordinal, name: '', unit: '', constant: false, min: values, max: values };
    }),
  };
}

const within = (i: number) => i >= 100 && i < 120;

test('the channel that leaves its usual level comes first, with the word for it', () => {
  const found = oddest(channels(noise, (i) => noise(i) - (within(i) ? 8 : 0), (i) => noise(i) + (within(i) ? 3 : 0)), { from: 1100, to: 1120 });
  assert.deepEqual(found.map((one) => one.ordinal), [1, 2, 0]);
  assert.equal(found[0].shape, 'drop');
  assert.equal(found[1].shape, 'rise');
  assert.equal(found[2].shape, 'stretch');
});

test('a single high point is a spike, low ones are a dip', () => {
  assert.equal(oddest(channels((i) => noise(i) + (i === 110 ? 20 : 0)), { from: 1100, to: 1120 })[0].shape, 'spike');
  assert.equal(oddest(channels((i) => noise(i) - (i === 110 ? 20 : 0)), { from: 1108, to: 1112 })[0].shape, 'dip');
});

test('unrest, stillness and missing values have their words', () => {
  assert.equal(oddest(channels((i) => (within(i) ? (i % 2 ? 1.4 : -1.4) : noise(i) * 0.9)), { from: 1100, to: 1120 })[0].shape, 'unrest');
  assert.equal(oddest(channels((i) => (within(i) ? 0.2 : noise(i))), { from: 1100, to: 1120 })[0].shape, 'stillness');
  assert.equal(oddest(channels((i) => (within(i) ? null : noise(i))), { from: 1100, to: 1120 })[0].shape, 'gap');
});

test('a constant channel is not odd', () => {
  const found = oddest(channels(() => 5, (i) => noise(i) + (within(i) ? 4 : 0)), { from: 1100, to: 1120 });
  assert.equal(found[0].ordinal, 1);
  assert.equal(found[1].size, 0);
});
