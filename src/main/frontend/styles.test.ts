import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const folder = 'src/main/resources/META-INF/resources/styles/';

/** Browsers take CSS with a brace missing as nested rules, and silently style nothing that follows. */
for (const file of readdirSync(folder).filter((name) => name.endsWith('.css'))) {
  test(`every rule of ${file} is closed before the next begins`, () => {
    const text = readFileSync(folder + file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    const open: string[] = [];
    for (const [, prelude, brace] of text.matchAll(/([^{};]*)([{};])/g)) {
      if (brace === '{') {
        assert.ok(open.every((outer) => outer.startsWith('@')), `${prelude.trim()} stands inside of ${open.at(-1)}`);
        open.push(prelude.trim());
      } else if (brace === '}') {
        assert.ok(open.pop() !== undefined, `a brace too many after ${prelude.trim()}`);
      }
    }
    assert.deepEqual(open, []);
  });
}
