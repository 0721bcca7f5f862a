import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classOf, seriesCommand, stripCommand } from './series-keys.ts';

test('each answer has its letter, and holding it down answers once', () => {
  assert.deepEqual(seriesCommand({ key: 'a' }), { kind: 'say', meaning: 'ANOMALY' });
  assert.deepEqual(seriesCommand({ key: 'N' }), { kind: 'say', meaning: 'NORMAL' });
  assert.deepEqual(seriesCommand({ key: 'e' }), { kind: 'say', meaning: 'EXPECTED' });
  assert.deepEqual(seriesCommand({ key: 'u' }), { kind: 'none' });
  assert.equal(seriesCommand({ key: 'a', repeat: true }), null);
  assert.equal(seriesCommand({ key: 'a', ctrlKey: true }), null);
});

test('what all decks share works here too', () => {
  assert.deepEqual(seriesCommand({ key: 'Backspace' }), { kind: 'undo' });
  assert.deepEqual(seriesCommand({ key: 's' }), { kind: 'skip' });
  assert.deepEqual(seriesCommand({ key: 'v' }), { kind: 'similar' });
  assert.equal(seriesCommand({ key: 'ArrowLeft' }), null, 'arrows are the chart\'s');
});

test('a pass over similar windows is walked, toggled and sent', () => {
  assert.deepEqual(stripCommand({ key: 'ArrowDown' }, 4), { kind: 'move', by: 4 });
  assert.deepEqual(stripCommand({ key: ' ' }, 4), { kind: 'toggle' });
  assert.deepEqual(stripCommand({ key: 'Enter' }, 4), { kind: 'send' });
  assert.deepEqual(stripCommand({ key: 'n' }, 4), { kind: 'say', meaning: 'NORMAL' });
  assert.equal(stripCommand({ key: 'Enter', repeat: true }, 4), null);
});

test('classes are found by what they mean, not by their name', () => {
  const classes = [
    { id: 5, name: 'Störung', description: '', meaning: 'ANOMALY' as const },
    { id: 6, name: 'x', description: '' },
  ];
  assert.equal(classOf(classes, 'ANOMALY')?.id, 5);
  assert.equal(classOf(classes, 'NORMAL'), undefined);
});
