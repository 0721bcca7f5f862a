import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filled, newId, originOf, percent, points } from './deck-words.ts';

test('texts take their arguments in any order and keep unknown places', () => {
  assert.equal(filled('{1} of {0}, {2}', 25, 18), '18 of 25, {2}');
});

test('figures read as the language writes them', () => {
  assert.equal(percent('en', 0.8613), '86.1%');
  assert.equal(percent('de', 0.8613).replace(/\s/u, ' '), '86,1 %');
  assert.equal(points('en', 0.019), '+1.9');
  assert.equal(points('de', -0.004), '-0,4');
});

test('a suggestion has the origin its source names', () => {
  assert.equal(originOf('zero-shot'), 'model');
  assert.equal(originOf('model v3'), 'model');
  assert.equal(originOf('LLM gpt'), 'llm');
});

test('ids are random UUIDs of version 4, all different', () => {
  const ids = new Set(Array.from({ length: 1000 }, newId));
  assert.equal(ids.size, 1000);
  for (const id of ids) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});
