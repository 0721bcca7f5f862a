import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joined, range, type Step } from './training-data.ts';

const step = (at: number, loss: number | null): Step => ({ step: at, loss, reward: 0.5, lambda: 1, beta: 0.8, epsilon: 0 });

test('trainings follow one another and their lines do not run into each other', () => {
  const all = joined([
    { round: 1, series: 'a', steps: [step(25, 3), step(50, 2)] },
    { round: 2, series: 'a', steps: [] },
    { round: 3, series: 'a', steps: [step(25, 1)] },
  ]);
  assert.deepEqual(all.x, [0, 25, 50, 50, 75]);
  assert.deepEqual(all.loss, [null, 3, 2, null, 1]);
  assert.deepEqual(all.starts, [{ at: 0, round: 1 }, { at: 50, round: 3 }]);
});

test('a range holds every known value and is never empty', () => {
  assert.deepEqual(range([null, null]), [0, 1]);
  assert.deepEqual(range([0.2, null, 0.4]), [0, 1.05]);
  const [low, high] = range([-2, 4]);
  assert.ok(low === -2 && high > 4);
});
