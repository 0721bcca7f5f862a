import type { Ranked } from './deck-keys.ts';
import type { Reason } from './deck-reasons.ts';
import type { Interval } from './series-interval.ts';

/** A question as the server hands it out. */
export interface DeckTask {
  id: number;
  text: string;
  suggestion: Ranked | null;
  likely: number[];
  reason: string;
  leaseUntil: string;
  activeMillis: number;
  /** The window of a series it is about; texts have none. */
  window?: SeriesWindow | null;
  /** A reviewer's note if the answer shall be given again. */
  sentBack?: { note: string; by: string; kind: 'LABEL' | 'NONE' | 'SKIP' | 'FLAG'; classId: number | null } | null;
  /** What the person had drawn before an undo. */
  drawn?: Interval | null;
}

/** A window of a series that ends in a point, and where its odd part seems to be. */
export interface SeriesWindow {
  seriesId: number;
  point: number;
  suggestedFrom: number;
  suggestedTo: number;
}

export interface Decision {
  task: DeckTask;
  clientId: string;
  /** The class chosen, or null. */
  classId: number | null;
  kind: 'LABEL' | 'NONE' | 'SKIP' | 'FLAG';
  /** The piece of a series it is about, as the person drew it. */
  interval?: Interval | null;
  /** Why it was skipped or flagged, if the person said. */
  reason?: Reason | null;
}

/** How many tasks the deck holds: the shown one and those ready behind it. */
export const PREFETCH = 3;
const UNDO_DEPTH = 100;

/** The tasks in hand and what was decided last: what is shown next never waits for the network. */
export class DeckSession {
  private queue: DeckTask[] = [];
  private decided: Decision[] = [];
  private beside: DeckTask[] = [];

  get current(): DeckTask | null {
    return this.queue[0] ?? null;
  }

  get ahead(): number {
    return this.queue.length;
  }

  get wanted(): number {
    return Math.max(0, PREFETCH - this.queue.length);
  }

  get last(): Decision | null {
    return this.decided.at(-1) ?? null;
  }

  /** The tasks behind the shown one. */
  next(): readonly DeckTask[] {
    return this.queue.slice(1);
  }

  /** Tasks looked at beside the shown one, to be decided in one pass. */
  get aside(): readonly DeckTask[] {
    return this.beside;
  }

  taskIds(): number[] {
    return [...this.queue, ...this.beside].map((task) => task.id);
  }

  setAside(tasks: readonly DeckTask[]): void {
    this.beside = tasks.filter((task) => !this.queue.some((one) => one.id === task.id));
  }

  /** One of those beside is decided. */
  decideAside(taskId: number, clientId: string, kind: Decision['kind'], classId: number | null, activeMillis: number): Decision | null {
    const task = this.beside.find((one) => one.id === taskId);
    if (!task) {
      return null;
    }
    this.beside = this.beside.filter((one) => one !== task);
    return this.noted({ task: { ...task, activeMillis }, clientId, kind, classId, interval: null });
  }

  /** The pass is over: those not decided go back. */
  dropAside(): number[] {
    const ids = this.beside.map((task) => task.id);
    this.beside = [];
    return ids;
  }

  /** Adds what the server handed out; a task in hand is not added twice. */
  add(tasks: readonly DeckTask[]): void {
    for (const task of tasks) {
      if (!this.queue.some((one) => one.id === task.id)) {
        this.queue.push(task);
      }
    }
  }

  /** What an earlier page of this tab decided. */
  remember(decisions: readonly Decision[]): void {
    this.decided = [...decisions];
  }

  decisions(): readonly Decision[] {
    return this.decided;
  }

  /** The shown task is decided; the next one takes its place. */
  decide(
    clientId: string,
    kind: Decision['kind'],
    classId: number | null,
    activeMillis: number,
    interval: Interval | null = null,
    reason: Reason | null = null,
  ): Decision | null {
    const task = this.queue.shift();
    if (!task) {
      return null;
    }
    return this.noted({ task: { ...task, activeMillis }, clientId, kind, classId, interval, reason });
  }

  private noted(decision: Decision): Decision {
    this.decided = [...this.decided, decision].slice(-UNDO_DEPTH);
    return decision;
  }

  /** The last decision is taken back: its task is shown again. */
  undo(): Decision | null {
    const decision = this.decided.pop() ?? null;
    if (decision) {
      this.queue = this.queue.filter((task) => task.id !== decision.task.id);
      this.queue.unshift(decision.interval ? { ...decision.task, drawn: decision.interval } : decision.task);
    }
    return decision;
  }

  /** Leases that ended: their tasks are dropped, but never the one the person is reading. */
  keep(leased: ReadonlySet<number>): void {
    this.queue = this.queue.filter((task, i) => i === 0 || leased.has(task.id));
    this.beside = this.beside.filter((task) => leased.has(task.id));
  }

  /** Everything in hand goes back to the server. */
  clear(): number[] {
    const ids = this.taskIds();
    this.queue = [];
    this.beside = [];
    return ids;
  }

  /** What was chosen lately, newest first, each class once. */
  recent(): number[] {
    const chosen = this.decided.map((one) => one.classId).filter((id): id is number => id !== null);
    return [...new Set(chosen.reverse())];
  }
}
