import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeckSession, type DeckTask } from './deck-session.ts';
import { REASONS, reasonCommand } from './deck-reasons.ts';

const key = (name: string, more: object = {}) => ({ key: name, ...more });

test('a digit chooses its reason', () => {
  REASONS.forEach((reason, i) => assert.deepEqual(reasonCommand(key(String(i + 1)), 'SKIP'), { kind: 'reason', reason }));
  assert.equal(reasonCommand(key(String(REASONS.length + 1)), 'SKIP'), null);
  assert.equal(reasonCommand(key('0'), 'SKIP'), null);
});

test('the key that asked, or Enter, goes on without a reason, Escape goes back', () => {
  assert.equal(reasonCommand(key('s'), 'SKIP')?.kind, 'without');
  assert.equal(reasonCommand(key('f'), 'FLAG')?.kind, 'without');
  assert.equal(reasonCommand(key('f'), 'SKIP'), null);
  assert.equal(reasonCommand(key('Enter'), 'FLAG')?.kind, 'without');
  assert.equal(reasonCommand(key('Escape'), 'SKIP')?.kind, 'leave');
});

test('a key held down passes nothing on', () => {
  assert.equal(reasonCommand(key('s', { repeat: true }), 'SKIP'), null);
  assert.equal(reasonCommand(key('1', { ctrlKey: true }), 'SKIP'), null);
});

test('a decision remembers its reason until it is undone', () => {
  const task: DeckTask = { id: 1, text: 'text', suggestion: null, likely: [], reason: '', leaseUntil: '', activeMillis: 0 };
  const session = new DeckSession();
  session.add([task]);
  assert.equal(session.decide('a', 'SKIP', null, 10, null, 'BAD_DATA')?.reason, 'BAD_DATA');
  assert.equal(session.undo()?.reason, 'BAD_DATA');
  assert.equal(session.decide('b', 'LABEL', 3, 10)?.reason, null);
});
