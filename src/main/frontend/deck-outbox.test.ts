import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnswerBody, type Entry, type NewEntry, Outbox, type Reply, type Sender } from './deck-outbox.ts';
import { PageStore } from './deck-store.ts';

/** A server that can be down, signed out or picky. */
class FakeServer implements Sender {
  mode: 'up' | 'down' | 'signed-out' | 'malformed-batch' = 'up';
  log: string[] = [];
  refuse = new Map<string, string>();
  gate: Promise<void> = Promise.resolve();

  async answers(bodies: AnswerBody[]): Promise<Reply> {
    await this.gate;
    return this.reply(bodies.map((body) => body.clientId), 'answer');
  }

  async undo(body: { clientId: string }): Promise<Reply> {
    await this.gate;
    return this.reply([body.clientId], 'undo');
  }

  private reply(ids: string[], what: string): Reply {
    if (this.mode === 'down') {
      return { kind: 'unreachable' };
    }
    if (this.mode === 'signed-out') {
      return { kind: 'signed-out' };
    }
    if (this.mode === 'malformed-batch' && ids.some((id) => this.refuse.has(id))) {
      return { kind: 'malformed', problem: 'not valid' };
    }
    this.log.push(`${what}:${ids.join('+')}`);
    return { kind: 'taken', results: ids.map((id) => (this.refuse.has(id) ? { problem: this.refuse.get(id) } : {})) };
  }
}

function entry(clientId: string, taskId = 1, userId = 1): NewEntry {
  return {
    userId,
    projectId: 9,
    text: 'text',
    type: 'answer',
    body: {
      clientId,
      taskId,
      kind: 'LABEL',
      classId: 3,
      comment: null,
      activeMillis: 10,
      answeredAt: '2030-01-01T00:00:00Z',
      guidelineNumber: null,
    },
  };
}

test('an answer kept without a connection keeps its reason', async () => {
  const store = new PageStore();
  const kept = entry('a');
  (kept.body as AnswerBody).reason = 'BAD_DATA';
  await store.add(kept);
  assert.equal(((await store.all(1))[0].body as AnswerBody).reason, 'BAD_DATA');
});

const undo = (clientId: string, taskId = 1): NewEntry => ({
  userId: 1,
  projectId: 9,
  text: 'text',
  type: 'undo',
  body: { clientId, taskId, deck: 'd' },
});

function outbox(server: Sender, store = new PageStore(), userId = 1) {
  const later: (() => void)[] = [];
  const acknowledged: string[] = [];
  const box = new Outbox(userId, store, server, {
    changed: () => undefined,
    acknowledged: (one: Entry) => acknowledged.push(one.body.clientId),
    later: (_millis, work) => later.push(work),
    alone: (work) => work(),
  });
  return { box, store, later, acknowledged };
}

test('an answer is kept before it is sent and forgotten when it is acknowledged', async () => {
  const server = new FakeServer();
  const { box, store, acknowledged } = outbox(server);
  await box.put(entry('a'));
  assert.equal((await store.all(1)).length, 1);
  await box.flush();
  assert.deepEqual(acknowledged, ['a']);
  assert.deepEqual(await store.all(1), []);
  assert.equal(box.state, 'idle');
});

test('answers wait while the server is down and go in order when it is back', async () => {
  const server = new FakeServer();
  server.mode = 'down';
  const { box, later, acknowledged } = outbox(server);
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    await box.put(entry(id, id.charCodeAt(0)));
    await box.flush();
  }
  assert.equal(box.state, 'offline');
  assert.equal(box.waiting.length, 5);
  assert.ok(later.length > 0, 'it tries again by itself');
  server.mode = 'up';
  later.at(-1)?.();
  await box.flush();
  assert.deepEqual(acknowledged, ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(server.log, ['answer:a+b+c+d+e']);
});

test('what a page left behind is sent by the next page of the same person only', async () => {
  const server = new FakeServer();
  server.mode = 'down';
  const store = new PageStore();
  const first = outbox(server, store);
  await first.box.put(entry('a'));
  await first.box.flush();
  server.mode = 'up';
  const other = outbox(server, store, 2);
  await other.box.open();
  await other.box.flush();
  assert.deepEqual(other.box.waiting, []);
  assert.deepEqual(server.log, []);
  const again = outbox(server, store);
  await again.box.open();
  await again.box.flush();
  assert.deepEqual(again.acknowledged, ['a']);
  assert.deepEqual(await store.all(1), []);
});

test('while signed out everything stays', async () => {
  const server = new FakeServer();
  server.mode = 'signed-out';
  const { box, store } = outbox(server);
  await box.put(entry('a'));
  await box.flush();
  assert.equal(box.state, 'signed-out');
  assert.equal((await store.all(1)).length, 1);
});

test('an answer that was not sent yet is taken back without the server', async () => {
  const server = new FakeServer();
  server.mode = 'down';
  const { box, store } = outbox(server);
  await box.put(entry('a'));
  await box.flush();
  assert.equal(await box.cancel('a'), true);
  assert.deepEqual(await store.all(1), []);
  assert.equal(await box.cancel('a'), false);
});

test('an answer that is being sent cannot be taken back here; its undo follows it', async () => {
  const server = new FakeServer();
  let open = () => {};
  server.gate = new Promise((resolve) => (open = resolve));
  const { box } = outbox(server);
  await box.put(entry('a'));
  assert.equal(await box.cancel('a'), false);
  await box.put(undo('u'));
  await box.put(entry('b'));
  open();
  await box.flush();
  await box.flush();
  assert.deepEqual(server.log, ['answer:a', 'undo:u', 'answer:b']);
});

test('a refused answer is set aside with its reason and the others go on', async () => {
  const server = new FakeServer();
  server.refuse.set('b', 'The class is gone.');
  const store = new PageStore();
  const { box, acknowledged } = outbox(server, store);
  server.mode = 'down';
  for (const id of ['a', 'b', 'c']) {
    await box.put(entry(id));
  }
  await box.flush();
  server.mode = 'up';
  await box.flush();
  assert.deepEqual(acknowledged, ['a', 'c']);
  assert.equal(box.refused[0].problem, 'The class is gone.');
  const next = outbox(server, store);
  await next.box.open();
  assert.equal(next.box.refused.length, 1, 'it is still told after a reload');
  await next.box.dismiss('b');
  assert.deepEqual(await store.all(1), []);
});

test('one malformed answer does not hold up its batch', async () => {
  const server = new FakeServer();
  server.refuse.set('b', 'x');
  server.mode = 'down';
  const { box, acknowledged } = outbox(server);
  for (const id of ['a', 'b', 'c']) {
    await box.put(entry(id));
  }
  await box.flush();
  server.mode = 'malformed-batch';
  await box.flush();
  assert.deepEqual(acknowledged, ['a', 'c']);
  assert.deepEqual(box.refused.map((one) => one.body.clientId), ['b']);
});

test('tasks with unsent answers are known, so that they are not handed out again', async () => {
  const server = new FakeServer();
  server.mode = 'down';
  const { box } = outbox(server);
  const kept = box.put(entry('a', 41));
  assert.deepEqual(box.taskIds(), [41], 'already while it is being kept');
  await kept;
  assert.deepEqual(box.taskIds(), [41]);
});

test('an answer that the full store cannot keep is sent all the same', async () => {
  const server = new FakeServer();
  const store = new PageStore();
  store.add = () => Promise.reject(new Error('quota'));
  const { box, acknowledged } = outbox(server, store);
  await box.put(entry('a'));
  await box.flush();
  assert.deepEqual(acknowledged, ['a']);
  assert.equal(box.waiting.length, 0);
});
