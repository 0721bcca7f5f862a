import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import './deck-finder.ts';
import type { DeckFinder } from './deck-finder.ts';
import type { DeckConfig } from './deck-flow.ts';
import { command, type Command, type CommonCommand, type DeckClass, keyed, likeliest, MOST_KEYED } from './deck-keys.ts';
import * as parts from './deck-parts.ts';
import type { DeckTask } from './deck-session.ts';
import { DeckShell, type Tool } from './deck-shell.ts';

type OwnCommand = Exclude<Command, CommonCommand>;

/** The labelling page for texts: one item, its classes as keys. It shows the next item without waiting for the network. */
@customElement('label-deck')
export class LabelDeck extends DeckShell<OwnCommand> {
  @query('.item') private itemElement!: HTMLElement | null;
  @query('deck-finder') private finder!: DeckFinder | null;

  override shown(): void {
    super.shown();
    this.finder?.clear();
    void this.updateComplete.then(() => this.itemElement && (this.itemElement.scrollTop = 0));
  }

  override named(task: DeckTask): string {
    return task.text;
  }

  protected override focusQuestion(): void {
    this.itemElement?.focus({ preventScroll: true });
  }

  private get keys(): { key: string; cls: DeckClass }[] {
    const classes = this.config?.classes ?? [];
    const task = this.flow.session.current;
    return keyed(classes, task ? likeliest(task.suggestion, task.likely, this.flow.session.recent(), classes) : []);
  }

  private get many(): boolean {
    return (this.config?.classes.length ?? 0) > MOST_KEYED;
  }

  protected override understand(event: KeyboardEvent): Command | null {
    return command(event, this.keys);
  }

  protected override obeyOwn(found: OwnCommand): boolean {
    if (found.kind === 'class') {
      return this.decide('LABEL', found.classId);
    }
    this.finder?.begin();
    return this.finder !== null;
  }

  protected override renderTask(config: DeckConfig, task: DeckTask): TemplateResult {
    const keys = this.keys;
    const suggestion = config.classes.some((cls) => cls.id === task.suggestion?.classId) ? task.suggestion : null;
    const choose = (classId: number) => void this.decide('LABEL', classId);
    const common = { words: this.words, locale: config.locale, suggestion, choose };
    const suggested = config.classes.find((cls) => cls.id === suggestion?.classId);
    if (this.asksReason) {
      return html`${parts.item(this.words, task)} ${this.renderReasons()}`;
    }
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
            @left=${() => this.focusQuestion()}
          ></deck-finder>`
        : nothing}
      ${this.whyOpen ? parts.why(this.words, config.locale, task, this.name) : nothing} ${this.renderComment('comment-hint')}
    `;
  }

  protected override tools(task: DeckTask | null): Tool[] {
    return (['undo', 'none', 'skip', 'flag', 'comment', 'why', 'guidelines', 'shortcuts'] as const).map((name) => this.commonTool(name, task));
  }

  protected override shortcuts(): parts.Shortcut[] {
    return [
      [['↵'], 'key.accept'],
      [['1', '2', '…'], this.many ? 'key.likeliest' : 'key.class'],
      ...(this.many ? [[['/', 'Space'], 'key.filter'] as parts.Shortcut] : []),
      [['0'], 'key.none'],
      ...parts.COMMON_SHORTCUTS,
    ];
  }
}
