import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type DeckClass, filtered } from './deck-keys.ts';
import type { Words } from './deck-parts.ts';
import { deckStyles } from './deck-styles.ts';

/**
 * Finds one of many classes: typing filters over name and description, arrows move the mark, Enter takes it. The whole list
 * is there to be looked through and pressed.
 */
@customElement('deck-finder')
export class DeckFinder extends LitElement {
  static override styles = [
    deckStyles,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  @property({ attribute: false }) classes: DeckClass[] = [];
  @property({ attribute: false }) words: Words = (key) => key;

  @state() private typed = '';
  @state() private mark = 0;

  @query('input') private input!: HTMLInputElement;

  /** Typing begins. */
  begin(): void {
    this.input.focus();
    this.input.select();
    this.input.scrollIntoView({ block: 'nearest' });
  }

  clear(): void {
    this.typed = '';
    this.mark = 0;
    const list = this.renderRoot.querySelector('.found');
    if (list) {
      list.scrollTop = 0;
    }
  }

  private choose(cls: DeckClass): void {
    this.clear();
    this.input.blur();
    this.dispatchEvent(new CustomEvent('chosen', { detail: cls.id }));
  }

  private onKey(event: KeyboardEvent, found: DeckClass[]): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      this.mark = (this.mark + step + found.length) % found.length;
      void this.updateComplete.then(() => this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter' && !event.repeat) {
      event.preventDefault();
      const chosen = found[this.mark];
      if (chosen && this.typed.trim() !== '') {
        this.choose(chosen);
      }
    } else if (event.key === 'Escape' || (event.key === 'Backspace' && this.typed === '')) {
      event.preventDefault();
      event.stopPropagation();
      this.clear();
      this.input.blur();
      this.dispatchEvent(new CustomEvent('left'));
    }
  }

  protected override render(): TemplateResult {
    const found = filtered(this.classes, this.typed);
    const marked = this.typed.trim() === '' ? -1 : this.mark;
    return html`<div class="finder">
      <input
        class="field"
        data-testid="filter"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        aria-expanded="true"
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant=${marked >= 0 && found[marked] ? `class-${found[marked].id}` : nothing}
        aria-label=${this.words('find')}
        placeholder=${this.words('find-hint', this.classes.length)}
        .value=${this.typed}
        @input=${(event: Event) => {
          this.typed = (event.target as HTMLInputElement).value;
          this.mark = 0;
        }}
        @keydown=${(event: KeyboardEvent) => this.onKey(event, found)}
      />
      <ul class="found" id="found" role="listbox" aria-label=${this.words('classes')}>
        ${found.map(
          (cls, i) =>
            html`<li
              id="class-${cls.id}"
              role="option"
              data-testid="found"
              data-class-id=${cls.id}
              aria-selected=${i === marked ? 'true' : 'false'}
              title=${cls.description || nothing}
              @click=${() => this.choose(cls)}
            >
              <span dir="auto">${cls.name}</span>
              ${cls.description ? html`<span class="description" dir="auto">${cls.description}</span>` : nothing}
            </li>`,
        )}
      </ul>
      ${found.length === 0 ? html`<div role="status">${this.words('find-nothing')}</div>` : nothing}
    </div>`;
  }
}
