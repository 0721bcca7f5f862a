import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command, type DeckClass, filtered, folded, keyed, likeliest } from './deck-keys.ts';

const classes = (count: number): DeckClass[] =>
  Array.from({ length: count }, (_, i) => ({ id: 100 + i, name: `class ${i}`, description: '' }));

const key = (name: string, more: object = {}) => ({ key: name, ...more });

test('few classes have the keys 1 to 9, then letters that are no commands', () => {
  const keys = keyed(classes(12), [105]).map((one) => one.key);
  assert.deepEqual(keys, ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'd']);
});

test('few classes keep their keys whatever is suggested', () => {
  assert.deepEqual(keyed(classes(3), [102, 100]), keyed(classes(3), []));
});

test('no key of a class is a command', () => {
  for (const { key: letter } of keyed(classes(12), [])) {
    assert.equal(command(key(letter), [])?.kind, undefined, letter);
  }
});

test('of many classes the five likeliest have the keys 1 to 5, the suggestion first', () => {
  const many = classes(77);
  const likely = likeliest({ classId: 130, confidence: 0.4, source: 'model v2' }, [130, 120], [101, 120], many);
  assert.deepEqual(likely, [130, 120, 101, 100, 102]);
  assert.deepEqual(
    keyed(many, likely).map((one) => [one.key, one.cls.id]),
    [['1', 130], ['2', 120], ['3', 101], ['4', 100], ['5', 102]],
  );
});

test('a class that is gone is never offered', () => {
  assert.deepEqual(likeliest({ classId: 9, confidence: 1, source: '' }, [9], [9], classes(2)), [100, 101]);
});

test('keys mean what the shortcuts say', () => {
  const keys = keyed(classes(3), []);
  assert.deepEqual(command(key('2'), keys), { kind: 'class', classId: 101 });
  assert.deepEqual(command(key('Enter'), keys), { kind: 'accept' });
  assert.deepEqual(command(key('0'), keys), { kind: 'none' });
  assert.deepEqual(command(key('S'), keys), { kind: 'skip' });
  assert.deepEqual(command(key('Backspace'), keys), { kind: 'undo' });
  assert.deepEqual(command(key('z', { ctrlKey: true }), keys), { kind: 'undo' });
  assert.deepEqual(command(key('Z', { metaKey: true }), keys), { kind: 'undo' });
  assert.deepEqual(command(key('/'), keys), { kind: 'filter' });
  assert.equal(command(key('9'), keys), null);
});

test('keys of the browser and keys held down decide nothing', () => {
  const keys = keyed(classes(3), []);
  assert.equal(command(key('1', { ctrlKey: true }), keys), null);
  assert.equal(command(key('1', { altKey: true }), keys), null);
  assert.equal(command(key('Enter', { repeat: true }), keys), null);
  assert.deepEqual(command(key('Backspace', { repeat: true }), keys), { kind: 'undo' });
});

test('typing finds by the start of words in name and description, best first', () => {
  const found = (typed: string) => filtered(bank, typed).map((cls) => cls.name);
  const bank: DeckClass[] = [
    { id: 1, name: 'lost_or_stolen_card', description: 'the card is gone' },
    { id: 2, name: 'card_arrival', description: 'where is my card' },
    { id: 3, name: 'exchange_rate', description: 'currencies, cards abroad' },
    { id: 4, name: 'Überweisung', description: 'transfer' },
  ];
  assert.deepEqual(found('card'), ['card_arrival', 'lost_or_stolen_card', 'exchange_rate']);
  assert.deepEqual(found('card lost'), ['lost_or_stolen_card']);
  assert.deepEqual(found('rate ex'), ['exchange_rate']);
  assert.deepEqual(found('uberw'), ['Überweisung']);
  assert.deepEqual(found('transfer'), ['Überweisung']);
  assert.deepEqual(found('zzz'), []);
  assert.equal(found('  ').length, 4);
});

test('folding drops accents, case and separators', () => {
  assert.equal(folded(' Crème_Brûlée-Top '), 'creme brulee top');
});
