import assert from 'node:assert/strict';
import { test } from 'node:test';
import { panned, plan, suffices, TimeMap, zoomed } from './series-time.ts';

const whole = { min: 0, max: 1000 };

test('a map of an even series finds points and moments, also beyond its ends', () => {
  const map = new TimeMap(101, 1000, 2000, 10);
  assert.equal(map.time(50), 1500);
  assert.equal(map.point(1505), 50.5);
  assert.equal(map.time(101), 2010);
  assert.equal(map.edge(0), 995);
  assert.deepEqual(map.view({ from: 0, to: 101 }), { min: 995, max: 2005 });
  assert.deepEqual(map.span({ min: 995, max: 2005 }), { from: 0, to: 101 });
});

test('what is loaded finely goes before what is known coarsely, and is forgotten for the next stretch', () => {
  const map = new TimeMap(1000, 0, 9990, 10);
  map.learn(0, 100, Array.from({ length: 10 }, (_, i) => i * 1000));
  map.learn(100, 1, [1000, 1001, 1500, 1510]);
  assert.equal(map.time(101), 1001);
  assert.equal(map.point(1500), 102);
  map.learn(300, 1, [3000, 3100]);
  assert.equal(map.time(101), 1010, 'the coarse one again');
  assert.equal(map.time(301), 3100);
});

test('edges round-trip through moments', () => {
  const map = new TimeMap(10, 0, 90, 10);
  for (let from = 0; from < 10; from++) {
    for (let to = from + 1; to <= 10; to++) {
      assert.deepEqual(map.span(map.view({ from, to })), { from, to });
    }
  }
});

test('a series of one point has a view', () => {
  const map = new TimeMap(1, 500, 500, 60);
  const view = map.view({ from: 0, to: 1 });
  assert.ok(view.max > view.min);
  assert.deepEqual(map.span(view), { from: 0, to: 1 });
});

test('panning stops at the ends and keeps the width', () => {
  assert.deepEqual(panned({ min: 100, max: 300 }, 50, whole), { min: 150, max: 350 });
  assert.deepEqual(panned({ min: 100, max: 300 }, -500, whole), { min: 0, max: 200 });
  assert.deepEqual(panned({ min: 100, max: 300 }, 5000, whole), { min: 800, max: 1000 });
});

test('zooming keeps the moment under the pointer where it is', () => {
  const view = zoomed({ min: 0, max: 400 }, 100, 0.5, whole, 1);
  assert.equal((100 - view.min) / (view.max - view.min), 0.25);
  assert.equal(view.max - view.min, 200);
  assert.deepEqual(zoomed({ min: 0, max: 400 }, 100, 100, whole, 1), whole);
  assert.equal(zoomed({ min: 0, max: 400 }, 100, 1e-9, whole, 20).max - zoomed({ min: 0, max: 400 }, 100, 1e-9, whole, 20).min, 20);
});

test('a plan holds the view with room around, and stays the same over a little panning', () => {
  const one = plan({ from: 10_000, to: 12_000 }, 1_000_000, 1000);
  assert.ok(one.from <= 9_000 && one.to >= 13_000);
  assert.deepEqual(plan({ from: 10_020, to: 12_020 }, 1_000_000, 1000), one);
  assert.deepEqual(plan({ from: 0, to: 50 }, 50, 800), { from: 0, to: 50, width: 640 });
});

test('what is loaded suffices if it covers the view sharply', () => {
  assert.ok(suffices({ from: 0, to: 4000, stride: 2 }, { from: 1000, to: 3000 }, 1000));
  assert.ok(!suffices({ from: 0, to: 4000, stride: 2 }, { from: 3000, to: 4001 }, 1000), 'not there');
  assert.ok(!suffices({ from: 0, to: 4000, stride: 8 }, { from: 1000, to: 3000 }, 1000), 'not sharp');
  assert.ok(suffices({ from: 0, to: 4000, stride: 1 }, { from: 1000, to: 1010 }, 1000), 'there is no sharper');
});
