import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import './deck-finder.ts';
import type { DeckFinder } from './deck-finder.ts';
import { type DeckConfig, DeckFlow, type FlowHost } from './deck-flow.ts';
import { command, type Command, type DeckClass, keyed, likeliest, MOST_KEYED } from './deck-keys.ts';
import * as parts from './deck-parts.ts';
import type { Decision, DeckTask } from './deck-session.ts';
import { deckStyles } from './deck-styles.ts';
import { filled } from './deck-words.ts';

/**
 * The labelling page: one item, its classes as keys. It shows the next item without waiting for the network; how items come
 * and answers go is the flow's business.
 */
@customElement('label-deck')
export class LabelDeck extends LitElement implements FlowHost {
  static override styles = deckStyles;

  @property({ attribute: false }) config: DeckConfig | null = null;

  @state() private whyOpen = false;
  @state() private drawerOpen = false;
  @state() private commentOpen = false;
  @state() private comment = '';
  @state() private announcement = '';

  @query('.item') private itemElement!: HTMLElement | null;
  @query('dialog') private dialog!: HTMLDialogElement | null;
  @query('textarea') private commentField!: HTMLTextAreaElement | null;
  @query('deck-finder') private finder!: DeckFinder | null;

  private readonly flow = new DeckFlow(this);
  private readonly keyListener = (event: KeyboardEvent) => this.onKey(event);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.keyListener);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.keyListener);
  }

  shown(): void {
    this.whyOpen = false;
    this.commentOpen = false;
    this.comment = '';
    this.finder?.clear();
    void this.updateComplete.then(() => {
      const item = this.itemElement;
      if (item) {
        item.scrollTop = 0;
        item.focus({ preventScroll: true });
      }
    });
  }

  private decide(kind: Decision['kind'], classId: number | null): void {
    if (this.flow.decide(kind, classId, this.comment.trim() || null)) {
      this.announcement = this.words('last', classId === null ? this.words(`said.${kind}`) : this.name(classId));
    }
  }

  private get keys(): { key: string; cls: DeckClass }[] {
    const classes = this.config?.classes ?? [];
    const task = this.flow.session.current;
    return keyed(classes, task ? likeliest(task.suggestion, task.likely, this.flow.session.recent(), classes) : []);
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
    const task = this.flow.session.current;
    switch (found.kind) {
      case 'undo':
        this.announcement = this.words(this.flow.undo() ? 'undone' : 'nothing-to-undo');
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

  private readonly words: parts.Words = (key, ...args) => filled(this.config?.texts[key] ?? key, ...args);

  private readonly name = (id: number): string => this.config?.classes.find((cls) => cls.id === id)?.name ?? this.words('gone-class');

  protected override render(): TemplateResult | typeof nothing {
    const config = this.config;
    if (!config) {
      return nothing;
    }
    const task = this.flow.session.current;
    return html`
      ${parts.bar(this.words, config.locale, this.flow.progress)}
      <section class="stage" aria-label=${this.words('deck')} data-testid="deck" data-outbox=${this.flow.outbox?.state ?? 'idle'} data-unsent=${this.flow.unsent}>
        ${this.renderNotes(config)}
        ${task
          ? this.renderTask(config, task)
          : this.flow.signedOut
            ? nothing
            : parts.nothingToLabel(this.words, this.flow.condition, () => this.flow.wake())}
        ${parts.lastDecision(this.words, this.flow.session.last, this.name)}
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
    const unsent = this.flow.unsent;
    const offline = this.flow.outbox?.state === 'offline' && unsent > 0;
    return html`<div class="notes" role="status">
      ${this.flow.signedOut
        ? html`<div class="note warn" data-testid="signed-out">
            <span>${this.words(unsent > 0 ? 'signed-out-unsent' : 'signed-out', config.userName, unsent)}</span>
            <a href=${config.signIn} router-ignore>${this.words('sign-in')}</a>
          </div>`
        : offline
          ? html`<div class="note" data-testid="offline">${this.words('offline', unsent)}</div>`
          : nothing}
      ${this.flow.news ? parts.modelNote(this.words, config.locale, this.flow.news, () => this.flow.dismissNews()) : nothing}
      ${this.flow.outbox?.refused.map(
        (entry) =>
          html`<div class="note bad" data-testid="refused">
            <span>${this.words('refused', entry.text.slice(0, 60), entry.problem ?? '')}</span>
            <button class="plain" @click=${() => void this.flow.outbox?.dismiss(entry.body.clientId)}>${this.words('dismiss')}</button>
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
      <div class="classes ${this.many ? 'many' : ''}" role="group" aria-label=${this.words(this.many ? 'likeliest' : 'classes')}>
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
      ${tool('undo', '⌫', this.flow.session.last !== null, act('undo'))} ${tool('none', '0', task !== null, act('none'))}
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
