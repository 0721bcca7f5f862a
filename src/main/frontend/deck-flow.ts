import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { CallFailed, DeckApi, type DeckState, type Progress } from './deck-api.ts';
import type { DeckClass } from './deck-keys.ts';
import { type Entry, Outbox } from './deck-outbox.ts';
import { deckId, History } from './deck-page.ts';
import { DeckSession, type Decision, type DeckTask } from './deck-session.ts';
import { BrowserStore, PageStore } from './deck-store.ts';
import { ActiveMeter } from './deck-time.ts';
import { newId } from './deck-words.ts';
import type { Interval } from './series-interval.ts';

/** What the page gives the deck; set anew when classes or guidelines change. */
export interface DeckConfig {
  projectId: number;
  userId: number;
  userName: string;
  csrf: string;
  locale: string;
  signIn: string;
  classes: DeckClass[];
  guidelineNumber: number | null;
  leaseMinutes: number;
  /** Whether this person may add events to series. */
  mayAddEvents?: boolean;
  texts: Record<string, string>;
}

/** What the flow tells the element. */
export interface FlowHost extends ReactiveControllerHost {
  readonly config: DeckConfig | null;
  readonly isConnected: boolean;
  /** Another task is in front. */
  shown(): void;
  /** A few words by which the person knows a task again. */
  named(task: DeckTask): string;
}

const RENEW_MILLIS = 30_000;
const PROGRESS_MILLIS = 15_000;
const NOTE_MILLIS = 12_000;

/**
 * How work comes and decisions go: leases kept ahead and alive, answers into the outbox, progress read from time to time.
 * The element only draws what is here.
 */
export class DeckFlow implements ReactiveController {
  condition: DeckState | 'LOADING' | 'UNREACHABLE' | 'FORBIDDEN' = 'LOADING';
  progress: Progress | null = null;
  news: NonNullable<Progress['model']> | null = null;
  signedOut = false;
  outbox: Outbox | null = null;
  readonly session = new DeckSession();
  private readonly meter = new ActiveMeter(() => performance.now());
  private readonly host: FlowHost;
  private api!: DeckApi;
  private history!: History;
  private deck = '';
  private opened = false;
  private asking = false;
  private askAgain = false;
  private askTimer = 0;
  private timers: number[] = [];
  private progressTimer = 0;
  private progressKnown = false;
  private stop = new AbortController();

  constructor(host: FlowHost) {
    this.host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.stop = new AbortController();
    const signal = this.stop.signal;
    for (const sign of ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const) {
      window.addEventListener(sign, () => this.meter.sign(), { signal, passive: true });
    }
    window.addEventListener('online', () => this.wake(), { signal });
    window.addEventListener('pagehide', () => this.leave(), { signal });
    window.addEventListener('pageshow', (event) => event.persisted && void this.ask(), { signal });
    document.addEventListener('visibilitychange', () => this.onVisibility(), { signal });
    if (this.outbox) {
      this.begin();
    }
  }

  hostDisconnected(): void {
    this.stop.abort();
    this.timers.forEach((timer) => clearInterval(timer));
    this.timers = [];
    clearTimeout(this.askTimer);
    this.leave();
  }

  hostUpdate(): void {
    if (this.config && !this.opened) {
      this.opened = true;
      void this.open(this.config);
    }
  }

  get unsent(): number {
    return this.outbox?.waiting.length ?? 0;
  }

  dismissNews(): void {
    this.news = null;
    this.host.requestUpdate();
  }

  private get config(): DeckConfig | null {
    return this.host.config;
  }

  private async open(config: DeckConfig): Promise<void> {
    this.api = new DeckApi(config.csrf);
    const hooks = {
      changed: () => {
        this.signedOut = this.outbox?.state === 'signed-out';
        this.host.requestUpdate();
      },
      acknowledged: (entry: Entry) => this.acknowledged(entry),
      later: (millis: number, work: () => void) => void setTimeout(work, millis),
      alone: <T>(work: () => Promise<T>): Promise<T> =>
        navigator.locks ? (navigator.locks.request(`laudable-outbox-${config.userId}`, work) as Promise<T>) : work(),
    };
    let store: BrowserStore | PageStore = new BrowserStore();
    try {
      await store.all(config.userId);
    } catch {
      store = new PageStore();
    }
    const outbox = new Outbox(config.userId, store, this.api, hooks);
    this.outbox = outbox;
    this.deck = await deckId(config.projectId, config.userId);
    this.history = new History(config.projectId, config.userId);
    this.session.remember(this.history.read());
    await outbox.open();
    this.begin();
  }

  private begin(): void {
    if (!this.host.isConnected || this.timers.length > 0) {
      return;
    }
    this.timers = [
      window.setInterval(() => void this.renew(), RENEW_MILLIS),
      window.setInterval(() => !document.hidden && void this.readProgress(), PROGRESS_MILLIS),
    ];
    void this.ask();
    void this.readProgress();
  }

  private async ask(): Promise<void> {
    const config = this.config;
    if (!config || !this.outbox || this.session.wanted === 0 || !this.host.isConnected) {
      return;
    }
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    this.askAgain = false;
    clearTimeout(this.askTimer);
    try {
      const reply = await this.api.lease({
        projectId: config.projectId,
        deck: this.deck,
        count: this.session.wanted,
        ahead: this.session.ahead,
        shown: [...this.session.taskIds(), ...this.outbox.taskIds()],
      });
      if (!this.host.isConnected) {
        this.api.giveBack(reply.tasks.map((task) => task.id));
        return;
      }
      this.signedOut = false;
      this.take(reply.tasks);
      if (!this.session.current) {
        this.condition = reply.state;
      }
      this.askLater(this.session.current ? 10_000 : reply.state === 'TRAINING' || reply.state === 'PREPARING' ? 2_000 : 5_000);
    } catch (error) {
      const kind = error instanceof CallFailed ? error.kind : 'unreachable';
      this.signedOut ||= kind === 'signed-out';
      if (!this.session.current) {
        this.condition = kind === 'forbidden' ? 'FORBIDDEN' : 'UNREACHABLE';
      }
      this.askLater(4_000);
    } finally {
      this.asking = false;
      this.host.requestUpdate();
      if (this.askAgain) {
        void this.ask();
      }
    }
  }

  private askLater(millis: number): void {
    clearTimeout(this.askTimer);
    this.askTimer = window.setTimeout(() => (document.hidden ? this.askLater(millis) : void this.ask()), millis);
  }

  private take(tasks: readonly DeckTask[]): void {
    const before = this.session.current;
    this.session.add(tasks);
    if (!before && this.session.current) {
      this.show();
    }
  }

  /** The task in front changed. */
  private show(): void {
    const task = this.session.current;
    this.condition = task ? 'READY' : 'LOADING';
    if (task) {
      this.meter.start(task.activeMillis, !document.hidden);
    }
    this.host.shown();
    this.host.requestUpdate();
  }

  private async renew(): Promise<void> {
    const ids = [...this.session.taskIds(), ...(this.outbox?.taskIds() ?? [])];
    if (ids.length === 0 || !this.config) {
      return;
    }
    try {
      this.session.keep(await this.api.renew(this.config.projectId, ids));
      this.host.requestUpdate();
    } catch {
      // not reached: the lease may end, and a late answer is kept
    }
  }

  private leave(): void {
    const ids = this.session.clear();
    if (ids.length > 0) {
      this.api.giveBack(ids);
    }
    this.condition = 'LOADING';
  }

  /** The connection, the window or the person is back. */
  wake(): void {
    void this.outbox?.flush();
    void this.ask();
  }

  private onVisibility(): void {
    if (document.hidden) {
      this.meter.hidden();
    } else {
      this.meter.visible();
      this.wake();
      void this.renew();
      void this.readProgress();
    }
  }

  private async readProgress(): Promise<void> {
    if (!this.config) {
      return;
    }
    const midnight = new Date();
    midnight.setHours(0, 0, 0, 0);
    try {
      const before = this.progress?.model?.version;
      const progress = await this.api.progress(this.config.projectId, midnight.toISOString());
      this.progress = progress;
      const model = progress.model;
      if (model && this.progressKnown && model.version > 0 && model.version !== before) {
        this.news = model;
        setTimeout(() => this.dismissNews(), NOTE_MILLIS);
      }
      this.progressKnown = true;
      this.host.requestUpdate();
    } catch {
      // the bar keeps what it showed
    }
  }

  /** The shown task is decided: the next one is there at once, the answer goes by itself. */
  decide(
    kind: Decision['kind'],
    classId: number | null,
    comment: string | null,
    interval: Interval | null = null,
    reason: Decision['reason'] = null,
  ): boolean {
    if (!this.config || !this.outbox) {
      return false;
    }
    const decision = this.session.decide(newId(), kind, classId, Math.round(this.meter.read()), interval, reason);
    if (!decision) {
      return false;
    }
    this.show();
    this.send(decision, comment);
    void this.ask();
    return true;
  }

  /** The shown task and some of those beside it get the same answer; the others beside go back. */
  decideTogether(taskIds: readonly number[], kind: Decision['kind'], classId: number | null, comment: string | null, interval: Interval | null): void {
    const front = this.session.current;
    const withFront = front !== null && taskIds.includes(front.id);
    const each = Math.round(this.meter.read() / Math.max(1, taskIds.length));
    for (const id of taskIds) {
      const decision = this.session.decideAside(id, newId(), kind, classId, each);
      if (decision) {
        this.send(decision, comment);
      }
    }
    this.leaveAside();
    if (withFront) {
      const decision = this.session.decide(newId(), kind, classId, each, interval);
      if (decision) {
        this.show();
        this.send(decision, comment);
      }
    }
    void this.ask();
  }

  /** Asks for windows like the shown one; the problem in words if there are none. */
  async findSimilar(count: number): Promise<string | null> {
    const task = this.session.current;
    if (!task) {
      return null;
    }
    try {
      const reply = await this.api.similar({ taskId: task.id, deck: this.deck, count });
      if (this.session.current?.id !== task.id || !this.host.isConnected) {
        this.api.giveBack(reply.tasks.map((one) => one.id));
        return null;
      }
      this.session.setAside(reply.tasks);
      this.host.requestUpdate();
      return null;
    } catch (error) {
      return error instanceof CallFailed ? error.message : '';
    }
  }

  leaveAside(): void {
    const ids = this.session.dropAside();
    if (ids.length > 0) {
      this.api.giveBack(ids);
    }
    this.host.requestUpdate();
  }

  private send(decision: Decision, comment: string | null): void {
    const config = this.config!;
    void this.outbox!.put({
      userId: config.userId,
      projectId: config.projectId,
      text: this.host.named(decision.task).slice(0, 200),
      type: 'answer',
      body: {
        clientId: decision.clientId,
        taskId: decision.task.id,
        kind: decision.kind,
        classId: decision.classId,
        comment,
        activeMillis: decision.task.activeMillis,
        answeredAt: new Date().toISOString(),
        guidelineNumber: config.guidelineNumber,
        ...(decision.interval ? { interval: decision.interval } : {}),
        ...(decision.reason ? { reason: decision.reason } : {}),
      },
    }).then(() => this.history.write(this.session.decisions()));
  }

  /** The last decision is taken back and its task shown again; false if there is none. */
  undo(): boolean {
    const config = this.config;
    const undone = config && this.outbox ? this.session.undo() : null;
    if (!undone || !config || !this.outbox) {
      return false;
    }
    this.show();
    void this.takeBack(config, this.outbox, undone);
    return true;
  }

  private async takeBack(config: DeckConfig, outbox: Outbox, undone: Decision): Promise<void> {
    this.history.write(this.session.decisions());
    if (!(await outbox.cancel(undone.clientId))) {
      await outbox.put({
        userId: config.userId,
        projectId: config.projectId,
        text: this.host.named(undone.task).slice(0, 200),
        type: 'undo',
        body: { clientId: newId(), taskId: undone.task.id, deck: this.deck },
      });
    }
  }

  private acknowledged(entry: Entry): void {
    clearTimeout(this.progressTimer);
    this.progressTimer = window.setTimeout(() => void this.readProgress(), 300);
    if (entry.projectId === this.config?.projectId && !this.session.current) {
      void this.ask();
    }
  }
}
