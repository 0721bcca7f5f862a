/**
 * What a person answered and the server has not acknowledged yet. Every entry is stored before it is sent and stays until
 * its acknowledgement; entries of other people in the same browser are never read. Pure: store, network and clock come in.
 */

export interface AnswerBody {
  clientId: string;
  taskId: number;
  kind: 'LABEL' | 'NONE' | 'SKIP' | 'FLAG';
  classId: number | null;
  comment: string | null;
  activeMillis: number;
  answeredAt: string;
  guidelineNumber: number | null;
  /** The piece of a series the answer is about; null with texts. */
  interval?: { from: number; to: number; channels: number[] | null } | null;
  /** Why it was skipped or flagged; missing without a reason. */
  reason?: string;
}

export interface UndoBody {
  clientId: string;
  taskId: number;
  deck: string;
}

/** Something to send. `seq` is given by the store and keeps the order. */
export type Entry = { seq: number; userId: number; projectId: number; text: string; problem?: string } & (
  | { type: 'answer'; body: AnswerBody }
  | { type: 'undo'; body: UndoBody }
);
export type NewEntry = Entry extends infer E ? (E extends Entry ? Omit<E, 'seq'> : never) : never;

export interface EntryStore {
  /** Keeps the entry for good and gives it the next number. */
  add(entry: NewEntry): Promise<Entry>;
  /** All entries of this person, in order. */
  all(userId: number): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  remove(seq: number): Promise<void>;
}

/** What the server said to one sending. */
export type Reply =
  /** One result for each entry sent, in order; `problem` if it will never be taken. */
  | { kind: 'taken'; results: { problem?: string; task?: unknown }[] }
  /** No answer, or the server cannot now: try again. */
  | { kind: 'unreachable' }
  /** Nobody is signed in, or somebody else. */
  | { kind: 'signed-out' }
  /** The whole sending is malformed for the server. */
  | { kind: 'malformed'; problem: string };

export interface Sender {
  answers(bodies: AnswerBody[]): Promise<Reply>;
  undo(body: UndoBody): Promise<Reply>;
}

export type OutboxState = 'idle' | 'sending' | 'offline' | 'signed-out';

const BATCH = 50;
const WAITS = [1_000, 2_000, 5_000, 10_000, 20_000];

export interface OutboxHooks {
  changed(): void;
  acknowledged(entry: Entry, result: { task?: unknown }): void;
  /** Calls back after so many milliseconds. */
  later(millis: number, work: () => void): void;
  /** Runs the work while no other tab of this person sends. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

export class Outbox {
  state: OutboxState = 'idle';
  waiting: Entry[] = [];
  refused: Entry[] = [];
  /** Whether what an earlier page left is known. */
  read = false;
  private readonly userId: number;
  private readonly store: EntryStore;
  private readonly sender: Sender;
  private readonly hooks: OutboxHooks;
  private inFlight = new Set<string>();
  private arriving: number[] = [];
  private unkept = -1;
  private running: Promise<void> | null = null;
  private again = false;
  private failures = 0;

  constructor(userId: number, store: EntryStore, sender: Sender, hooks: OutboxHooks) {
    this.userId = userId;
    this.store = store;
    this.sender = sender;
    this.hooks = hooks;
  }

  /** Reads what an earlier page left, and sends it. */
  async open(): Promise<void> {
    await this.reload();
    void this.flush();
  }

  /** Keeps an entry, then sends it. Resolves when it is kept. */
  async put(entry: NewEntry): Promise<void> {
    this.arriving.push(entry.body.taskId);
    const kept = await this.keep(entry);
    this.arriving.splice(this.arriving.indexOf(entry.body.taskId), 1);
    this.waiting.push(kept);
    this.hooks.changed();
    void this.flush();
  }

  /** A full or broken store must not swallow an answer: then it waits in the page, and is sent all the same. */
  private async keep(entry: NewEntry): Promise<Entry> {
    try {
      return await this.store.add(entry);
    } catch {
      return { ...entry, seq: this.unkept-- } as Entry;
    }
  }

  /** Takes an entry back that was not sent yet; false if it is (being) sent. */
  async cancel(clientId: string): Promise<boolean> {
    const entry = this.waiting.find((one) => one.body.clientId === clientId);
    if (!entry || this.inFlight.has(clientId)) {
      return false;
    }
    this.waiting = this.waiting.filter((one) => one !== entry);
    await this.store.remove(entry.seq);
    this.hooks.changed();
    return true;
  }

  /** The person read why an entry was refused. */
  async dismiss(clientId: string): Promise<void> {
    const entry = this.refused.find((one) => one.body.clientId === clientId);
    if (entry) {
      this.refused = this.refused.filter((one) => one !== entry);
      await this.store.remove(entry.seq);
      this.hooks.changed();
    }
  }

  /** Tasks that have an answer here which the server does not know yet. */
  taskIds(): number[] {
    return [...this.arriving, ...this.waiting.map((entry) => entry.body.taskId)];
  }

  /** Sends all that waits, in order; one sending at a time. */
  flush(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running.then(() => this.running ?? undefined);
    }
    this.running = this.hooks
      .alone(() => this.sendAll())
      .finally(() => {
        this.running = null;
        if (this.again) {
          this.again = false;
          void this.flush();
        }
      });
    return this.running;
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.nextBatch();
      this.become('sending');
      batch.forEach((entry) => this.inFlight.add(entry.body.clientId));
      const reply = await this.send(batch);
      batch.forEach((entry) => this.inFlight.delete(entry.body.clientId));
      if (reply.kind === 'malformed') {
        await this.settleMalformed(batch, reply.problem);
      } else if (reply.kind === 'taken') {
        this.failures = 0;
        for (let i = 0; i < batch.length; i++) {
          await this.settle(batch[i], reply.results[i] ?? {});
        }
      } else {
        this.become(reply.kind === 'signed-out' ? 'signed-out' : 'offline');
        const wait = WAITS[Math.min(this.failures++, WAITS.length - 1)];
        this.hooks.later(wait, () => void this.flush());
        return;
      }
    }
    this.become('idle');
  }

  /** Answers up to the next undo go together, an undo by itself. */
  private nextBatch(): Entry[] {
    if (this.waiting[0].type === 'undo') {
      return [this.waiting[0]];
    }
    const undo = this.waiting.findIndex((entry) => entry.type === 'undo');
    return this.waiting.slice(0, Math.min(BATCH, undo < 0 ? this.waiting.length : undo));
  }

  private async send(batch: Entry[]): Promise<Reply> {
    try {
      const first = batch[0];
      return first.type === 'undo'
        ? await this.sender.undo(first.body)
        : await this.sender.answers(batch.map((entry) => entry.body as AnswerBody));
    } catch {
      return { kind: 'unreachable' };
    }
  }

  /** One malformed entry must not hold up the others: each is sent by itself, and the bad one is set aside. */
  private async settleMalformed(batch: Entry[], problem: string): Promise<void> {
    if (batch.length === 1) {
      await this.settle(batch[0], { problem });
      return;
    }
    for (const entry of batch) {
      const reply = await this.send([entry]);
      if (reply.kind === 'taken') {
        await this.settle(entry, reply.results[0] ?? {});
      } else if (reply.kind === 'malformed') {
        await this.settle(entry, { problem: reply.problem });
      }
    }
  }

  private async settle(entry: Entry, result: { problem?: string; task?: unknown }): Promise<void> {
    this.waiting = this.waiting.filter((one) => one !== entry);
    if (result.problem === undefined) {
      await this.store.remove(entry.seq);
      this.hooks.acknowledged(entry, result);
    } else {
      const refused = { ...entry, problem: result.problem };
      await this.store.put(refused);
      this.refused.push(refused);
    }
    this.hooks.changed();
  }

  private async reload(): Promise<void> {
    const mine = (await this.store.all(this.userId)).filter((entry) => entry.userId === this.userId);
    this.waiting = mine.filter((entry) => entry.problem === undefined);
    this.refused = mine.filter((entry) => entry.problem !== undefined);
    this.read = true;
    this.hooks.changed();
  }

  private become(state: OutboxState): void {
    if (this.state !== state) {
      this.state = state;
      this.hooks.changed();
    }
  }
}
