import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, worthALook } from './series-place.ts';

test('a window is shown with what surrounds it, a long one with more', () => {
  const short = { seriesId: 1, point: 1000, suggestedFrom: 990, suggestedTo: 1001 };
  assert.deepEqual(around(short, 100_000), { from: 740, to: 1251 });
  const long = { seriesId: 1, point: 1000, suggestedFrom: 500, suggestedTo: 1500 };
  assert.deepEqual(around(long, 100_000), { from: 0, to: 4500 });
  assert.deepEqual(around(short, 1005), { from: 740, to: 1005 });
});

test('three channels to six are worth a look, constant ones are not', () => {
  const odd = (sizes: number[]) => sizes.map((size, ordinal) => ({ ordinal, size, shape: 'stretch' as const }));
  assert.deepEqual(worthALook(odd([9, 1, 1, 1, 1]), new Set()), [0, 1, 2]);
  assert.deepEqual(worthALook(odd([9, 8, 7, 6, 5, 4, 3, 3]), new Set([1])), [0, 2, 3, 4, 5, 6]);
  assert.deepEqual(worthALook(odd([1]), new Set()), [0]);
  assert.deepEqual(worthALook(odd([0]), new Set([0])), [0], 'a constant is better than nothing');
});
