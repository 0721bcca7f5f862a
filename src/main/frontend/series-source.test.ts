import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotLoaded, SeriesSource } from './series-source.ts';

/** A server whose answers come when the test says so. */
function server() {
  const asked: { url: string; signal: AbortSignal; answer: (value: unknown, status?: number) => void }[] = [];
  const fetch = (url: string, init: RequestInit) =>
    new Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>((resolve, reject) => {
      init.signal!.addEventListener('abort', () => reject(init.signal!.reason));
      asked.push({ url, signal: init.signal!, answer: (value, status = 200) => resolve({ ok: status === 200, status, json: async () => value }) });
    });
  return { asked, fetch };
}

const stretch = { from: 0, to: 100, width: 640 };

test('two who want the same wait for one request, and later ones get what is kept', async () => {
  const { asked, fetch } = server();
  const source = new SeriesSource(fetch);
  const signal = new AbortController().signal;
  const both = [source.range('/s', 1, stretch, [3, 1], signal), source.range('/s', 1, stretch, [1, 3], signal)];
  assert.equal(asked.length, 1);
  assert.equal(asked[0].url, '/s/1/range?from=0&to=100&width=640&channels=1,3');
  asked[0].answer('a');
  assert.deepEqual(await Promise.all(both), ['a', 'a']);
  assert.equal(await source.range('/s', 1, stretch, [1, 3]), 'a');
  assert.equal(asked.length, 1);
});

test('a request is aborted when the last who waits leaves, not before', async () => {
  const { asked, fetch } = server();
  const source = new SeriesSource(fetch);
  const one = new AbortController();
  const other = new AbortController();
  const first = source.range('/s', 1, stretch, null, one.signal);
  const second = source.range('/s', 1, stretch, null, other.signal);
  one.abort();
  await assert.rejects(first);
  assert.ok(!asked[0].signal.aborted);
  other.abort();
  await assert.rejects(second);
  assert.ok(asked[0].signal.aborted);
  assert.equal(source.size, 0);
});

test('a refusal is told and not kept', async () => {
  const { asked, fetch } = server();
  const source = new SeriesSource(fetch);
  const refused = source.info('/s', 1);
  asked[0].answer({}, 403);
  await assert.rejects(refused, (error: NotLoaded) => error.status === 403);
  void source.info('/s', 1).catch(() => undefined);
  assert.equal(asked.length, 2);
});

test('only the newest are kept, and what the detector says for a short time', async () => {
  const { asked, fetch } = server();
  let now = 0;
  const source = new SeriesSource(fetch, 2, () => now);
  for (let i = 0; i < 3; i++) {
    const read = source.info('/s', i);
    asked[i].answer(i);
    await read;
  }
  assert.equal(source.size, 2);
  const layers = source.layers('/s', 9, stretch);
  asked[3].answer('old');
  assert.equal(await layers, 'old');
  now = 20_000;
  const again = source.layers('/s', 9, stretch);
  asked[4].answer('new');
  assert.equal(await again, 'new');
});
