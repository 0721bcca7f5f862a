import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveMeter } from './deck-time.ts';

function meter(idleAfter = 30_000) {
  const clock = { now: 1_000 };
  return { clock, meter: new ActiveMeter(() => clock.now, idleAfter) };
}

test('time runs while the person looks and works', () => {
  const { clock, meter: m } = meter();
  m.start(0, true);
  clock.now += 5_000;
  assert.equal(m.read(), 5_000);
});

test('idle time is cut thirty seconds after the last sign', () => {
  const { clock, meter: m } = meter();
  m.start(0, true);
  clock.now += 10_000;
  m.sign();
  clock.now += 3_600_000;
  assert.equal(m.read(), 40_000);
  m.sign();
  clock.now += 2_000;
  assert.equal(m.read(), 42_000);
});

test('a hidden page does not count', () => {
  const { clock, meter: m } = meter();
  m.start(0, true);
  clock.now += 4_000;
  m.hidden();
  clock.now += 20_000;
  m.visible();
  clock.now += 1_000;
  assert.equal(m.read(), 5_000);
});

test('a task that comes back after an undo goes on from its time', () => {
  const { clock, meter: m } = meter();
  m.start(7_000, true);
  clock.now += 1_000;
  assert.equal(m.read(), 8_000);
});

test('a task that begins on a hidden page counts from when it is seen', () => {
  const { clock, meter: m } = meter();
  m.start(0, false);
  clock.now += 9_000;
  assert.equal(m.read(), 0);
  m.visible();
  clock.now += 1_000;
  assert.equal(m.read(), 1_000);
});
