import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeckSession, type DeckTask } from './deck-session.ts';

const task = (id: number): DeckTask => ({
  id,
  text: `text ${id}`,
  suggestion: null,
  likely: [],
  reason: '',
  leaseUntil: '',
  activeMillis: 0,
});

test('the next task is there the moment one is decided', () => {
  const session = new DeckSession();
  session.add([task(1), task(2), task(3)]);
  assert.equal(session.wanted, 0);
  session.decide('a', 'LABEL', 7, 100);
  assert.equal(session.current?.id, 2);
  assert.equal(session.wanted, 1);
});

test('a task in hand is not added twice', () => {
  const session = new DeckSession();
  session.add([task(1), task(2)]);
  session.add([task(2), task(3)]);
  assert.deepEqual(session.taskIds(), [1, 2, 3]);
});

test('a hundred decisions can be undone, newest first, each with its time', () => {
  const session = new DeckSession();
  for (let id = 1; id <= 130; id++) {
    session.add([task(id)]);
    session.decide(`c${id}`, 'LABEL', 1, id);
  }
  for (let id = 130; id > 30; id--) {
    assert.equal(session.undo()?.clientId, `c${id}`);
    assert.equal(session.current?.id, id);
    assert.equal(session.current?.activeMillis, id);
  }
  assert.equal(session.undo(), null);
});

test('an ended lease drops its task, but never the one being read', () => {
  const session = new DeckSession();
  session.add([task(1), task(2), task(3)]);
  session.keep(new Set([3]));
  assert.deepEqual(session.taskIds(), [1, 3]);
});

test('recent classes are the newest first, each once', () => {
  const session = new DeckSession();
  session.add([task(1), task(2), task(3), task(4)]);
  session.decide('a', 'LABEL', 5, 0);
  session.decide('b', 'LABEL', 6, 0);
  session.decide('c', 'NONE', null, 0);
  session.decide('d', 'LABEL', 5, 0);
  assert.deepEqual(session.recent(), [5, 6]);
});

test('leaving gives everything back', () => {
  const session = new DeckSession();
  session.add([task(1), task(2)]);
  assert.deepEqual(session.clear(), [1, 2]);
  assert.equal(session.current, null);
});

test('those looked at beside the shown task are leased too, decided one by one, and the rest goes back', () => {
  const session = new DeckSession();
  session.add([task(1), task(2)]);
  session.setAside([task(2), task(7), task(8), task(9)]);
  assert.deepEqual(session.taskIds(), [1, 2, 7, 8, 9], 'what is in the queue is not beside it');
  assert.equal(session.decideAside(8, 'x', 'LABEL', 3, 500)?.task.activeMillis, 500);
  assert.equal(session.decideAside(8, 'y', 'LABEL', 3, 500), null);
  assert.deepEqual(session.dropAside(), [7, 9]);
  assert.equal(session.current?.id, 1);
  assert.equal(session.undo()?.task.id, 8);
  assert.equal(session.current?.id, 8);
});

test('an undone window comes back with the interval that was drawn', () => {
  const session = new DeckSession();
  session.add([task(1)]);
  session.decide('x', 'LABEL', 3, 10, { from: 4, to: 9, channels: [1] });
  session.undo();
  assert.deepEqual(session.current?.drawn, { from: 4, to: 9, channels: [1] });
});
