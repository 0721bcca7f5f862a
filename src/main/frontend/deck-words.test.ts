import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filled, originOf, percent, points } from './deck-words.ts';

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
