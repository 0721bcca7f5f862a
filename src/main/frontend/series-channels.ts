import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SeriesInfo } from './series-source.ts';

/** Which channels a chart shows and in which order: `arranged` tells the new arrangement, `closed` that it is done. */
@customElement('series-channels')
export class SeriesChannels extends LitElement {
  static override styles = css`
    :host {
      position: absolute;
      z-index: 3;
      display: block;
      width: min(340px, 100%);
      max-height: min(420px, 60vh);
      padding: var(--space-2);
      border: 1px solid var(--color-line-strong);
      border-radius: var(--radius);
      background: var(--color-raised);
      overflow: auto;
    }
    header {
      display: flex;
      gap: var(--space-1);
      padding-bottom: var(--space-1);
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      align-items: center;
      gap: var(--space-1);
      min-height: 32px;
      border-radius: 4px;
    }
    li:hover {
      background: var(--color-hover);
    }
    li.over {
      box-shadow: 0 -2px var(--color-accent);
    }
    label {
      display: flex;
      flex: 1;
      align-items: center;
      gap: var(--space-2);
      min-width: 0;
      overflow-wrap: anywhere;
    }
    small {
      color: var(--color-text-2);
    }
    button {
      min-width: 28px;
      min-height: 28px;
      border: 0;
      border-radius: 4px;
      background: transparent;
      color: var(--color-accent);
      font: inherit;
      cursor: pointer;
    }
    button:hover {
      background: var(--color-hover);
    }
    button:disabled {
      opacity: 0.3;
    }
    :focus-visible {
      outline: 2px solid var(--color-focus);
    }
  `;

  @property({ attribute: false }) info: SeriesInfo['channels'] = [];
  @property({ attribute: false }) order: number[] = [];
  @property({ attribute: false }) folded: Set<number> = new Set();
  @property({ attribute: false }) words: (key: string, ...args: (string | number)[]) => string = (key) => key;

  private dragged: number | null = null;

  private tell(order: number[], hidden: Set<number>): void {
    this.dispatchEvent(new CustomEvent('arranged', { detail: { order, hidden } }));
  }

  private toggle(ordinal: number): void {
    const hidden = new Set(this.folded);
    if (!hidden.delete(ordinal) && this.order.length - hidden.size > 1) {
      hidden.add(ordinal);
    }
    this.tell(this.order, hidden);
    this.requestUpdate();
  }

  private move(ordinal: number, to: number): void {
    const order = this.order.filter((one) => one !== ordinal);
    order.splice(to, 0, ordinal);
    this.tell(order, this.folded);
  }

  private done(): void {
    this.dispatchEvent(new CustomEvent('closed'));
  }

  protected override render(): TemplateResult {
    return html`<header>
        <button @click=${() => this.tell(this.order, new Set())}>${this.words('show-all')}</button>
        <button @click=${() => this.tell(this.order, new Set(this.order.slice(1)))}>${this.words('show-first')}</button>
        <span style="flex: 1"></span>
        <button aria-label=${this.words('close')} @click=${() => this.done()}>×</button>
      </header>
      <ul @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && (event.stopPropagation(), this.done())}>
        ${this.order.map((ordinal, i) => this.row(ordinal, i))}
      </ul>`;
  }

  private row(ordinal: number, i: number): TemplateResult {
    const channel = this.info.find((one) => one.ordinal === ordinal);
    const name = channel?.name ?? String(ordinal);
    return html`<li
      draggable="true"
      data-ordinal=${ordinal}
      title=${channel?.description ?? ''}
      @dragstart=${() => (this.dragged = ordinal)}
      @dragover=${(event: DragEvent) => {
        event.preventDefault();
        (event.currentTarget as HTMLElement).classList.add('over');
      }}
      @dragleave=${(event: DragEvent) => (event.currentTarget as HTMLElement).classList.remove('over')}
      @drop=${(event: DragEvent) => {
        (event.currentTarget as HTMLElement).classList.remove('over');
        if (this.dragged !== null && this.dragged !== ordinal) {
          this.move(this.dragged, i);
        }
      }}
    >
      <label>
        <input type="checkbox" .checked=${!this.folded.has(ordinal)} @change=${() => this.toggle(ordinal)} />
        <span>${name} <small>${channel?.unit ?? ''}${channel?.constant ? ` · ${this.words('constant')}` : ''}</small></span>
      </label>
      <button aria-label=${this.words('move-up', name)} ?disabled=${i === 0} @click=${() => this.move(ordinal, i - 1)}>↑</button>
      <button aria-label=${this.words('move-down', name)} ?disabled=${i === this.order.length - 1} @click=${() => this.move(ordinal, i + 1)}>↓</button>
    </li>`;
  }
}
