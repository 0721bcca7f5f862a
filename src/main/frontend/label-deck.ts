import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import './deck-finder.ts';
import type { DeckFinder } from './deck-finder.ts';
import { CallFailed, DeckApi, type DeckState, type Progress } from './deck-api.ts';
import { command, type Command, type DeckClass, keyed, likeliest, MOST_KEYED } from './deck-keys.ts';
import { type Entry, Outbox } from './deck-outbox.ts';
import * as parts from './deck-parts.ts';
import { deckId, History } from './deck-page.ts';
import { DeckSession, type Decision, type DeckTask } from './deck-session.ts';
import { BrowserStore, PageStore } from './deck-store.ts';
import { deckStyles } from './deck-styles.ts';
import { ActiveMeter } from './deck-time.ts';
import { filled } from './deck-words.ts';

/** What the page gives the deck; set anew when classes or guidelines change. */
interface DeckConfig {
  projectId: number;
  userId: number;
  userName: string;
  csrf: string;
  locale: string;
  signIn: string;
  classes: DeckClass[];
  guidelineNumber: number | null;
  leaseMinutes: number;
  texts: Record<string, string>;
}

const RENEW_MILLIS = 30_000;
const PROGRESS_MILLIS = 15_000;
const NOTE_MILLIS = 12_000;

/**
 * The labelling page: one item, its classes as keys. It holds the next items and shows the next one without waiting for
 * the network; answers go through the outbox.
 */
@customElement('label-deck')
export class LabelDeck extends LitElement {
  static override styles = deckStyles;

  @property({ attribute: false }) config: DeckConfig | null = null;

  @state() private condition: DeckState | 'LOADING' | 'UNREACHABLE' | 'FORBIDDEN' = 'LOADING';
  @state() private progress: Progress | null = null;
  @state() private news: NonNullable<Progress['model']> | null = null;
  @state() private whyOpen = false;
  @state() private drawerOpen = false;
  @state() private commentOpen = false;
  @state() private comment = '';
  @state() private announcement = '';
  @state() private signedOut = false;

  @query('.item') private itemElement!: HTMLElement | null;
  @query('dialog') private dialog!: HTMLDialogElement | null;
  @query('textarea') private commentField!: HTMLTextAreaElement | null;
  @query('deck-finder') private finder!: DeckFinder | null;

  private readonly session = new DeckSession();
  private readonly meter = new ActiveMeter(() => performance.now());
  private api!: DeckApi;
  private outbox: Outbox | null = null;
  private history!: History;
  private deck = '';
  private asking = false;
  private askAgain = false;
  private askTimer = 0;
  private timers: number[] = [];
  private progressTimer = 0;
  private progressKnown = false;
  private stop = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = new AbortController();
    const signal = this.stop.signal;
    window.addEventListener('keydown', (event) => this.onKey(event), { signal });
    for (const sign of ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const) {
      window.addEventListener(sign, () => this.meter.sign(), { signal, passive: true });
    }
    window.addEventListener('online', () => this.wake(), { signal });
    window.addEventListener('pagehide', () => this.leave(), { signal });
    window.addEventListener('pageshow', (event) => event.persisted && this.ask(), { signal });
    document.addEventListener('visibilitychange', () => this.onVisibility(), { signal });
    if (this.outbox) {
      this.begin();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop.abort();
    this.timers.forEach((timer) => clearInterval(timer));
    this.timers = [];
    clearTimeout(this.askTimer);
    this.leave();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('config') && this.config && !this.outbox) {
      void this.open(this.config);
    }
  }

  private async open(config: DeckConfig): Promise<void> {
    this.api = new DeckApi(config.csrf);
    const hooks = {
      changed: () => {
        this.signedOut = this.outbox?.state === 'signed-out';
        this.requestUpdate();
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
    if (!this.isConnected || this.timers.length > 0) {
      return;
    }
    this.timers = [
      window.setInterval(() => void this.renew(), RENEW_MILLIS),
      window.setInterval(() => !document.hidden && void this.readProgress(), PROGRESS_MILLIS),
    ];
    void this.ask();
    void this.readProgress();
  }

  /* ---- Work comes ---- */

  private async ask(): Promise<void> {
    const config = this.config;
    if (!config || !this.outbox || this.session.wanted === 0 || !this.isConnected) {
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
      if (!this.isConnected) {
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
    this.whyOpen = false;
    this.commentOpen = false;
    this.comment = '';
    if (task) {
      this.meter.start(task.activeMillis, !document.hidden);
    }
    this.finder?.clear();
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const item = this.itemElement;
      if (item) {
        item.scrollTop = 0;
        item.focus({ preventScroll: true });
      }
    });
  }

  private async renew(): Promise<void> {
    const ids = [...this.session.taskIds(), ...(this.outbox?.taskIds() ?? [])];
    if (ids.length === 0 || !this.config) {
      return;
    }
    try {
      this.session.keep(await this.api.renew(this.config.projectId, ids));
      this.requestUpdate();
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

  private wake(): void {
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
        setTimeout(() => (this.news = null), NOTE_MILLIS);
      }
      this.progressKnown = true;
    } catch {
      // the bar keeps what it showed
    }
  }

  /* ---- Decisions go ---- */

  private decide(kind: Decision['kind'], classId: number | null): void {
    const config = this.config;
    if (!config || !this.outbox || !this.session.current) {
      return;
    }
    const activeMillis = Math.round(this.meter.read());
    const comment = this.comment.trim() || null;
    const clientId = crypto.randomUUID();
    const decision = this.session.decide(clientId, kind, classId, activeMillis);
    if (!decision) {
      return;
    }
    this.announcement = this.words('last', classId === null ? this.words(`said.${kind}`) : this.name(classId));
    this.show();
    void this.outbox
      .put({
        userId: config.userId,
        projectId: config.projectId,
        text: decision.task.text.slice(0, 200),
        type: 'answer',
        body: {
          clientId,
          taskId: decision.task.id,
          kind,
          classId,
          comment,
          activeMillis,
          answeredAt: new Date().toISOString(),
          guidelineNumber: config.guidelineNumber,
        },
      })
      .then(() => this.history.write(this.session.decisions()));
    void this.ask();
  }

  private async undo(): Promise<void> {
    const config = this.config;
    const undone = this.session.undo();
    if (!undone || !config || !this.outbox) {
      this.announcement = this.words('nothing-to-undo');
      return;
    }
    this.announcement = this.words('undone');
    this.show();
    this.history.write(this.session.decisions());
    if (!(await this.outbox.cancel(undone.clientId))) {
      await this.outbox.put({
        userId: config.userId,
        projectId: config.projectId,
        text: undone.task.text.slice(0, 200),
        type: 'undo',
        body: { clientId: crypto.randomUUID(), taskId: undone.task.id, deck: this.deck },
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

  /* ---- Keys ---- */

  private get keys(): { key: string; cls: DeckClass }[] {
    const classes = this.config?.classes ?? [];
    const task = this.session.current;
    return keyed(classes, task ? likeliest(task.suggestion, task.likely, this.session.recent(), classes) : []);
  }

  private get many(): boolean {
    return (this.config?.classes.length ?? 0) > MOST_KEYED;
  }

  private onKey(event: KeyboardEvent): void {
    const path = event.composedPath();
    const target = path[0] as HTMLElement;
    if (event.defaultPrevented || isTyping(target) || path.some(isOverlay)) {
      return;
    }
    const pressesTarget = (event.key === 'Enter' || event.key === ' ') && target.closest?.('button, a, summary, [role=button]');
    const found = pressesTarget ? null : command(event, this.keys);
    if (found && this.obey(found)) {
      event.preventDefault();
    }
  }

  /** False if the command means nothing now. */
  private obey(found: Command): boolean {
    const task = this.session.current;
    switch (found.kind) {
      case 'undo':
        void this.undo();
        return true;
      case 'shortcuts':
        this.dialog?.showModal();
        return true;
      case 'guidelines':
        this.drawerOpen = !this.drawerOpen;
        return true;
      case 'close': {
        const open = this.drawerOpen || this.whyOpen;
        this.drawerOpen = this.whyOpen = false;
        return open;
      }
      default:
        break;
    }
    if (!task) {
      return false;
    }
    switch (found.kind) {
      case 'class':
        this.decide('LABEL', found.classId);
        return true;
      case 'accept':
        if (task.suggestion && this.config?.classes.some((cls) => cls.id === task.suggestion?.classId)) {
          this.decide('LABEL', task.suggestion.classId);
        }
        return true;
      case 'none':
        this.decide('NONE', null);
        return true;
      case 'skip':
        this.decide('SKIP', null);
        return true;
      case 'flag':
        this.decide('FLAG', null);
        return true;
      case 'why':
        this.whyOpen = !this.whyOpen;
        return true;
      case 'comment':
        this.openComment();
        return true;
      case 'filter':
        this.finder?.begin();
        return this.finder !== null;
      default:
        return false;
    }
  }

  private openComment(): void {
    this.commentOpen = true;
    void this.updateComplete.then(() => this.commentField?.focus());
  }

  private onCommentKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
      this.commentOpen = this.comment.trim() !== '' && event.key === 'Enter';
      this.itemElement?.focus({ preventScroll: true });
    }
  }

  /* ---- What is seen ---- */

  private readonly words: parts.Words = (key, ...args) => filled(this.config?.texts[key] ?? key, ...args);

  private readonly name = (id: number): string => this.config?.classes.find((cls) => cls.id === id)?.name ?? this.words('gone-class');

  protected override render(): TemplateResult | typeof nothing {
    const config = this.config;
    if (!config) {
      return nothing;
    }
    const task = this.session.current;
    return html`
      ${parts.bar(this.words, config.locale, this.progress)}
      <section class="stage" aria-label=${this.words('deck')} data-testid="deck" data-outbox=${this.outbox?.state ?? 'idle'} data-unsent=${this.outbox?.waiting.length ?? 0}>
        ${this.renderNotes(config)}
        ${task ? this.renderTask(config, task) : parts.nothingToLabel(this.words, this.condition, () => this.wake())}
        ${parts.lastDecision(this.words, this.session.last, this.name)}
      </section>
      ${this.renderTools(task)}
      <aside class="drawer" data-testid="guidelines" aria-label=${this.words('guidelines')} ?hidden=${!this.drawerOpen}>
        <header>
          <h2>${this.words('guidelines')}</h2>
          <button class="plain" aria-label=${this.words('close')} @click=${() => (this.drawerOpen = false)}>×</button>
        </header>
        <slot name="guidelines"></slot>
      </aside>
      ${parts.shortcuts(this.words, this.many, () => this.itemElement?.focus())}
      <div class="seen-by-readers" role="status" aria-live="polite">${this.announcement}</div>
    `;
  }

  private renderNotes(config: DeckConfig): TemplateResult {
    const unsent = this.outbox?.waiting.length ?? 0;
    const offline = this.outbox?.state === 'offline' && unsent > 0;
    return html`<div class="notes" role="status">
      ${this.signedOut
        ? html`<div class="note warn" data-testid="signed-out">
            <span>${this.words(unsent > 0 ? 'signed-out-unsent' : 'signed-out', config.userName, unsent)}</span>
            <a href=${config.signIn} router-ignore>${this.words('sign-in')}</a>
          </div>`
        : offline
          ? html`<div class="note" data-testid="offline">${this.words('offline', unsent)}</div>`
          : nothing}
      ${this.news ? parts.modelNote(this.words, config.locale, this.news, () => (this.news = null)) : nothing}
      ${this.outbox?.refused.map(
        (entry) =>
          html`<div class="note bad" data-testid="refused">
            <span>${this.words('refused', entry.text.slice(0, 60), entry.problem ?? '')}</span>
            <button class="plain" @click=${() => void this.outbox?.dismiss(entry.body.clientId)}>${this.words('dismiss')}</button>
          </div>`,
      )}
    </div>`;
  }

  private renderTask(config: DeckConfig, task: DeckTask): TemplateResult {
    const keys = this.keys;
    const suggestion = config.classes.some((cls) => cls.id === task.suggestion?.classId) ? task.suggestion : null;
    const choose = (classId: number) => this.decide('LABEL', classId);
    const common = { words: this.words, locale: config.locale, suggestion, choose };
    const suggested = config.classes.find((cls) => cls.id === suggestion?.classId);
    return html`
      ${parts.item(this.words, task)}
      ${suggested && !this.many ? parts.choice({ ...common, cls: suggested, key: null, accept: true }) : nothing}
      <div class="classes" role="group" aria-label=${this.words(this.many ? 'likeliest' : 'classes')}>
        ${keys.map(({ key, cls }) => parts.choice({ ...common, cls, key, accept: false }))}
      </div>
      ${this.many
        ? html`<deck-finder
            .classes=${config.classes}
            .words=${this.words}
            @chosen=${(event: CustomEvent<number>) => choose(event.detail)}
            @left=${() => this.itemElement?.focus({ preventScroll: true })}
          ></deck-finder>`
        : nothing}
      ${this.whyOpen ? parts.why(this.words, config.locale, task, this.name) : nothing}
      ${this.commentOpen
        ? html`<textarea
            class="field"
            data-testid="comment"
            rows="2"
            maxlength="2000"
            aria-label=${this.words('comment')}
            placeholder=${this.words('comment-hint')}
            .value=${this.comment}
            @input=${(event: Event) => (this.comment = (event.target as HTMLTextAreaElement).value)}
            @keydown=${(event: KeyboardEvent) => this.onCommentKey(event)}
          ></textarea>`
        : nothing}
    `;
  }

  private renderTools(task: DeckTask | null): TemplateResult {
    const tool = (name: string, key: string, enabled: boolean, act: () => void, extra: { pressed?: boolean; keysOnly?: boolean } = {}) =>
      html`<button
        class="tool ${extra.keysOnly ? 'keys-only' : ''}"
        data-testid="tool-${name}"
        ?disabled=${!enabled}
        aria-pressed=${extra.pressed === undefined ? nothing : String(extra.pressed)}
        aria-keyshortcuts=${key === '⌫' ? 'Backspace' : key}
        @click=${() => {
          act();
          if (name !== 'comment' && name !== 'shortcuts') {
            this.itemElement?.focus({ preventScroll: true });
          }
        }}
      >
        <kbd aria-hidden="true">${key}</kbd><span>${this.words(`tool.${name}`)}</span>
      </button>`;
    const act = (kind: Exclude<Command['kind'], 'class'>) => () => void this.obey({ kind });
    return html`<div class="tools" role="toolbar" aria-label=${this.words('tools')}>
      ${tool('undo', '⌫', this.session.last !== null, act('undo'))} ${tool('none', '0', task !== null, act('none'))}
      ${tool('skip', 's', task !== null, act('skip'))} ${tool('flag', 'f', task !== null, act('flag'))}
      ${tool('comment', 'c', task !== null, act('comment'), { pressed: this.commentOpen })}
      ${tool('why', 'w', task !== null, act('why'), { pressed: this.whyOpen })}
      ${tool('guidelines', 'g', true, act('guidelines'), { pressed: this.drawerOpen })}
      ${tool('shortcuts', '?', true, act('shortcuts'), { keysOnly: true })}
    </div>`;
  }
}

function isTyping(target: HTMLElement): boolean {
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

function isOverlay(node: EventTarget): boolean {
  return node instanceof Element && (node.matches('dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]') || node.localName.endsWith('-overlay'));
}
