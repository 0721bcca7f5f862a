import { type CSSResultGroup, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { type DeckConfig, DeckFlow, type FlowHost } from './deck-flow.ts';
import type { CommonCommand } from './deck-keys.ts';
import * as parts from './deck-parts.ts';
import { type Passing, type ReasonCommand, reasonCommand } from './deck-reasons.ts';
import type { Decision, DeckTask } from './deck-session.ts';
import { deckStyles } from './deck-styles.ts';
import { filled } from './deck-words.ts';

/** One of the buttons below. */
export interface Tool {
  name: string;
  key: string;
  enabled: boolean;
  act: () => void;
  pressed?: boolean;
  /** Of no use where there is no keyboard. */
  keysOnly?: boolean;
  /** The focus stays where the action put it. */
  takesFocus?: boolean;
}

/**
 * What all labelling pages share: the bar, notes, comment, guidelines, shortcuts, tools and keys around one question. How
 * questions come and answers go is the flow's business; what a question looks like is the subclass's.
 */
export abstract class DeckShell<C extends { kind: string }> extends LitElement implements FlowHost {
  static override styles: CSSResultGroup = deckStyles;

  @property({ attribute: false }) config: DeckConfig | null = null;

  @state() protected whyOpen = false;
  @state() protected drawerOpen = false;
  @state() protected commentOpen = false;
  @state() protected comment = '';
  @state() protected announcement = '';
  /** A reason is asked for; with 'other' it is being written. */
  @state() private passing: { kind: Passing; other: boolean } | null = null;

  @query('dialog') private dialog!: HTMLDialogElement | null;
  @query('textarea') private commentField!: HTMLTextAreaElement | null;

  protected readonly flow = new DeckFlow(this);
  private readonly keyListener = (event: KeyboardEvent) => this.onKey(event);

  /** What a key means now; null: nothing. */
  protected abstract understand(event: KeyboardEvent): C | CommonCommand | null;
  /** Does what is special to this deck; false if the command means nothing now. */
  protected abstract obeyOwn(command: C, task: DeckTask): boolean;
  protected abstract renderTask(config: DeckConfig, task: DeckTask): TemplateResult;
  protected abstract tools(task: DeckTask | null): Tool[];
  protected abstract shortcuts(): readonly parts.Shortcut[];
  /** The keyboard's focus goes to the question. */
  protected abstract focusQuestion(): void;
  abstract named(task: DeckTask): string;

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
    this.passing = null;
    void this.updateComplete.then(() => this.focusQuestion());
  }

  /** The interval an answer is about; texts have none. */
  protected interval(): Decision['interval'] {
    return null;
  }

  protected decide(kind: Decision['kind'], classId: number | null, reason: Decision['reason'] = null): boolean {
    const decided = this.flow.decide(kind, classId, this.comment.trim() || null, this.interval(), reason);
    if (decided) {
      this.announcement = this.words('last', parts.said(this.words, this.flow.session.last!, this.name));
    }
    return decided;
  }

  private onKey(event: KeyboardEvent): void {
    const path = event.composedPath();
    const target = path[0] as HTMLElement;
    if (event.defaultPrevented || isTyping(target) || path.some(isOverlay)) {
      return;
    }
    const pressesTarget = (event.key === 'Enter' || event.key === ' ') && target.closest?.('button, a, summary, [role=button]');
    const asked = this.passing && !this.passing.other && !pressesTarget ? reasonCommand(event, this.passing.kind) : null;
    if (asked) {
      event.preventDefault();
      this.passOn(asked);
      return;
    }
    const found = pressesTarget ? null : this.understand(event);
    if (found && this.obey(found)) {
      event.preventDefault();
    }
  }

  /** False if the command means nothing now. */
  protected obey(found: C | CommonCommand): boolean {
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
      case 'close':
        return this.close();
      default:
        break;
    }
    if (!task) {
      return false;
    }
    switch (found.kind) {
      case 'accept':
        if (task.suggestion && this.config?.classes.some((cls) => cls.id === task.suggestion?.classId)) {
          this.decide('LABEL', task.suggestion.classId);
        }
        return true;
      case 'none':
        this.decide('NONE', null);
        return true;
      case 'skip':
        this.askReason('SKIP');
        return true;
      case 'flag':
        this.askReason('FLAG');
        return true;
      case 'why':
        this.whyOpen = !this.whyOpen;
        return true;
      case 'comment':
        this.openComment();
        return true;
      default:
        return this.obeyOwn(found as C, task);
    }
  }

  private askReason(kind: Passing): void {
    this.passing = { kind, other: false };
    this.announcement = this.words(`reasons.${kind}`);
    this.focusQuestion();
    void this.updateComplete.then(() => this.renderRoot.querySelector('.reasons')?.scrollIntoView({ block: 'nearest' }));
  }

  /** The item is passed on for a reason, without one, or not after all. 'Other' is said in words. */
  private passOn(command: ReasonCommand): void {
    const passing = this.passing;
    if (!passing) {
      return;
    }
    if (command.kind === 'leave') {
      this.passing = null;
      this.focusQuestion();
    } else if (command.kind === 'without') {
      this.decide(passing.kind, null);
    } else if (command.reason === 'OTHER' && this.comment.trim() === '') {
      this.passing = { ...passing, other: true };
      this.openComment();
    } else {
      this.decide(passing.kind, null, command.reason);
    }
  }

  /** Closes what is open; false if nothing was. */
  protected close(): boolean {
    const open = this.drawerOpen || this.whyOpen || this.passing !== null;
    this.drawerOpen = this.whyOpen = false;
    this.passing = null;
    return open;
  }

  protected openComment(): void {
    this.commentOpen = true;
    void this.updateComplete.then(() => {
      this.commentField?.focus();
      this.commentField?.scrollIntoView({ block: 'nearest' });
    });
  }

  /** Enter or Escape in the comment. */
  protected leaveComment(entered: boolean): void {
    const passing = this.passing;
    if (passing?.other) {
      if (entered && this.comment.trim() !== '') {
        this.decide(passing.kind, null, 'OTHER');
      } else if (!entered) {
        this.passing = null;
        this.commentOpen = false;
        this.focusQuestion();
      }
      return;
    }
    this.commentOpen = this.comment.trim() !== '' && entered;
    this.focusQuestion();
  }

  private onCommentKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
      this.leaveComment(event.key === 'Enter');
    }
  }

  protected readonly words: parts.Words = (key, ...args) => filled(this.config?.texts[key] ?? key, ...args);

  protected readonly name = (id: number): string => this.config?.classes.find((cls) => cls.id === id)?.name ?? this.words('gone-class');

  protected override render(): TemplateResult | typeof nothing {
    const config = this.config;
    if (!config) {
      return nothing;
    }
    const task = this.flow.session.current;
    return html`
      ${parts.bar(this.words, config.locale, this.flow.progress)}
      <section class="stage" aria-label=${this.words('deck')} data-testid="deck" data-outbox=${this.flow.outbox?.state ?? 'idle'} data-unsent=${this.flow.outbox?.read ? this.flow.unsent : nothing}>
        ${this.renderNotes(config)}
        ${task
          ? html`${parts.sentBack(this.words, task, this.name)}${this.renderTask(config, task)}`
          : this.flow.signedOut
            ? nothing
            : parts.nothingToLabel(this.words, this.flow.condition, () => this.flow.wake())}
        ${parts.lastDecision(this.words, this.flow.session.last, this.name)}
      </section>
      <div class="tools" role="toolbar" aria-label=${this.words('tools')}>${this.tools(task).map((tool) => this.renderTool(tool))}</div>
      <aside class="drawer" data-testid="guidelines" aria-label=${this.words('guidelines')} ?hidden=${!this.drawerOpen}>
        <header>
          <h2>${this.words('guidelines')}</h2>
          <button class="plain" aria-label=${this.words('close')} @click=${() => (this.drawerOpen = false)}>×</button>
        </header>
        <slot name="guidelines"></slot>
      </aside>
      ${parts.shortcuts(this.words, this.shortcuts(), () => this.focusQuestion())}
      <div class="seen-by-readers" role="status" aria-live="polite">${this.announcement}</div>
    `;
  }

  /** Notes of this deck, beside those all have. */
  protected ownNotes(): TemplateResult | typeof nothing {
    return nothing;
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
      ${this.ownNotes()}
      ${this.flow.outbox?.refused.map(
        (entry) =>
          html`<div class="note bad" data-testid="refused">
            <span>${this.words('refused', entry.text.slice(0, 60), entry.problem ?? '')}</span>
            <button class="plain" @click=${() => void this.flow.outbox?.dismiss(entry.body.clientId)}>${this.words('dismiss')}</button>
          </div>`,
      )}
    </div>`;
  }

  /** The reasons stand in place of the answers: both have digits for keys. */
  protected get asksReason(): boolean {
    return this.passing !== null && !this.passing.other;
  }

  protected renderReasons(): TemplateResult | typeof nothing {
    return this.passing && this.asksReason ? parts.reasonChooser(this.words, this.passing.kind, (command) => this.passOn(command)) : nothing;
  }

  protected renderComment(hint: string): TemplateResult | typeof nothing {
    return this.commentOpen
      ? html`<textarea
          class="field"
          data-testid="comment"
          rows="2"
          maxlength="2000"
          aria-label=${this.words('comment')}
          placeholder=${this.words(this.passing?.other ? 'reason-hint' : hint)}
          .value=${this.comment}
          @input=${(event: Event) => (this.comment = (event.target as HTMLTextAreaElement).value)}
          @keydown=${(event: KeyboardEvent) => this.onCommentKey(event)}
        ></textarea>`
      : nothing;
  }

  private renderTool({ name, key, enabled, act, pressed, keysOnly, takesFocus }: Tool): TemplateResult {
    return html`<button
      class="tool ${keysOnly ? 'keys-only' : ''}"
      data-testid="tool-${name}"
      ?disabled=${!enabled}
      aria-pressed=${pressed === undefined ? nothing : String(pressed)}
      aria-keyshortcuts=${key === '⌫' ? 'Backspace' : key}
      @click=${() => {
        act();
        if (!takesFocus) {
          this.focusQuestion();
        }
      }}
    >
      <kbd aria-hidden="true">${key}</kbd><span>${this.words(`tool.${name}`)}</span>
    </button>`;
  }

  /** The tools every deck has, by name. */
  protected commonTool(name: 'undo' | 'none' | 'skip' | 'flag' | 'comment' | 'why' | 'guidelines' | 'shortcuts', task: DeckTask | null): Tool {
    const act = () => void this.obey({ kind: name });
    switch (name) {
      case 'undo':
        return { name, key: '⌫', enabled: this.flow.session.last !== null, act };
      case 'none':
        return { name, key: '0', enabled: task !== null, act };
      case 'skip':
      case 'flag':
        return { name, key: name[0], enabled: task !== null, act, pressed: this.passing?.kind === (name === 'skip' ? 'SKIP' : 'FLAG') };
      case 'comment':
        return { name, key: 'c', enabled: task !== null, act, pressed: this.commentOpen, takesFocus: true };
      case 'why':
        return { name, key: 'w', enabled: task !== null, act, pressed: this.whyOpen };
      case 'guidelines':
        return { name, key: 'g', enabled: true, act, pressed: this.drawerOpen };
      case 'shortcuts':
        return { name, key: '?', enabled: true, act, keysOnly: true, takesFocus: true };
    }
  }
}

function isTyping(target: HTMLElement): boolean {
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

function isOverlay(node: EventTarget): boolean {
  return node instanceof Element && (node.matches('dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]') || node.localName.endsWith('-overlay'));
}
