import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DeckClass } from './deck-keys.ts';
import type { Words } from './deck-parts.ts';
import type { DeckTask } from './deck-session.ts';
import { deckStyles } from './deck-styles.ts';
import { moment } from './series-data.ts';
import { palette } from './series-draw.ts';
import { ANSWERS, classOf, type Meaning, stripCommand } from './series-keys.ts';
import { drawMini } from './series-mini.ts';
import { type Place, readPlace } from './series-place.ts';
import { safeZone } from './series-plot.ts';
import { pageSource } from './series-source.ts';

/**
 * Windows that look alike, answered in one pass: Space takes one out or in, Enter gives all that are in the same answer.
 * `passed` tells the tasks and what they mean, `left` that nothing was said.
 */
@customElement('series-strip')
export class SeriesStrip extends LitElement {
  static override styles = [
    deckStyles,
    css`
      :host {
        --series-ink: light-dark(#3b4252, #c3cad6);
        display: block;
        width: 100%;
        height: auto;
      }
      .tiles {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(46%, 210px), 1fr));
        gap: var(--space-2);
        margin: var(--space-3) 0;
      }
      .tile {
        display: grid;
        gap: 2px;
        min-width: 0;
        padding: var(--space-2);
        border: 1px solid var(--color-line);
        border-radius: var(--radius);
        background: var(--color-surface);
        text-align: start;
      }
      .tile[aria-pressed='true'] {
        border-color: var(--color-accent);
        box-shadow: inset 0 0 0 1px var(--color-accent);
      }
      .tile[aria-pressed='false'] canvas {
        opacity: 0.4;
      }
      .tile canvas {
        width: 100%;
        height: 84px;
      }
      .tile span {
        overflow: hidden;
        color: var(--color-text-2);
        font-size: var(--text-s);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .tile b {
        font-size: var(--text-s);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }
      .row .choice[aria-pressed='true'] {
        border-color: var(--color-accent);
        box-shadow: inset 0 0 0 1px var(--color-accent);
        font-weight: 600;
      }
      h2 {
        margin: 0 auto 0 0;
        font-size: var(--text-l);
      }
      .send {
        min-height: 40px;
        padding: 0 var(--space-4);
        border: 0;
        border-radius: var(--radius);
        background: var(--color-accent);
        color: var(--color-on-accent);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) tasks: DeckTask[] = [];
  @property({ attribute: false }) classes: DeckClass[] = [];
  @property({ attribute: false }) meaning: Meaning = 'ANOMALY';
  @property({ attribute: false }) words: Words = (key) => key;
  @property() locale = 'en';
  /** As many as the deck's chart has: what it read is used again. */
  @property({ type: Number }) pixels = 1000;
  @property() src = '/api/v1/series';

  @state() private out = new Set<number>();
  @state() private places = new Map<number, Place>();

  private life = new AbortController();
  private readonly resize = new ResizeObserver(() => this.draw());
  private readonly theme = new MutationObserver(() => this.draw());

  override connectedCallback(): void {
    super.connectedCallback();
    this.life = new AbortController();
    this.resize.observe(this);
    this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'theme', 'class', 'data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw(), { signal: this.life.signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.life.abort();
    this.resize.disconnect();
    this.theme.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('tasks')) {
      for (const task of this.tasks) {
        if (task.window && !this.places.has(task.id)) {
          void readPlace(pageSource, this.src, task.window, this.pixels).then(
            (place) => (this.places = new Map(this.places).set(task.id, place)),
            () => undefined,
          );
        }
      }
    }
  }

  protected override firstUpdated(): void {
    this.tile(0)?.focus();
  }

  protected override updated(): void {
    this.draw();
  }

  private draw(): void {
    const colours = palette(this.renderRoot);
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) {
      const place = this.places.get(Number(canvas.dataset.task));
      if (place) {
        drawMini(canvas, place, colours);
      }
    }
  }

  private tile(index: number): HTMLElement | undefined {
    return this.renderRoot.querySelectorAll<HTMLElement>('.tile')[index];
  }

  private get columns(): number {
    const tiles = [...this.renderRoot.querySelectorAll<HTMLElement>('.tile')];
    return Math.max(1, tiles.filter((tile) => tile.offsetTop === tiles[0].offsetTop).length);
  }

  private onKey(event: KeyboardEvent): void {
    const found = stripCommand(event, this.columns);
    const at = [...this.renderRoot.querySelectorAll('.tile')].indexOf(this.shadowRoot!.activeElement!);
    if (!found || ((found.kind === 'toggle' || found.kind === 'send') && at < 0 && (event.composedPath()[0] as Element).closest('button'))) {
      return; // a button of its own
    }
    event.preventDefault();
    event.stopPropagation();
    switch (found.kind) {
      case 'move':
        this.tile(Math.min(this.tasks.length - 1, Math.max(0, at + found.by)))?.focus();
        break;
      case 'toggle':
        this.toggle(this.tasks[at].id);
        break;
      case 'say':
        this.meaning = found.meaning;
        break;
      case 'send':
        this.send();
        break;
      case 'leave':
        this.dispatchEvent(new CustomEvent('left'));
        break;
    }
  }

  private toggle(id: number): void {
    const out = new Set(this.out);
    if (!out.delete(id)) {
      out.add(id);
    }
    this.out = out;
  }

  private get chosen(): number[] {
    return this.tasks.map((task) => task.id).filter((id) => !this.out.has(id));
  }

  private send(): void {
    if (this.chosen.length > 0) {
      this.dispatchEvent(new CustomEvent('passed', { detail: { taskIds: this.chosen, meaning: this.meaning } }));
    }
  }

  protected override render(): TemplateResult {
    const cls = classOf(this.classes, this.meaning);
    return html`<section data-testid="strip" aria-label=${this.words('similar')} @keydown=${(event: KeyboardEvent) => this.onKey(event)}>
      <div class="row">
        <h2>${this.words('similar-title', this.tasks.length)}</h2>
        ${ANSWERS.map(({ meaning, key }) => {
          const one = classOf(this.classes, meaning);
          return one
            ? html`<button class="choice" aria-pressed=${meaning === this.meaning} @click=${() => (this.meaning = meaning)}><kbd>${key}</kbd><span class="name">${one.name}</span></button>`
            : nothing;
        })}
      </div>
      <div class="tiles">
        ${this.tasks.map((task, i) => {
          const place = this.places.get(task.id);
          return html`<button class="tile" data-testid="tile" aria-pressed=${!this.out.has(task.id)} @click=${() => this.toggle(task.id)}>
            <canvas data-task=${task.id} aria-hidden="true"></canvas>
            <b>${i === 0 ? this.words('similar-this') : (place?.info.name ?? '')}</b>
            <span>${place ? moment(place.map.time(place.suggested.from), this.locale, safeZone(place.info.zone)) : '…'}</span>
          </button>`;
        })}
      </div>
      <div class="row">
        <button class="send" data-testid="strip-send" ?disabled=${this.chosen.length === 0} @click=${() => this.send()}>
          ${this.words('similar-send', this.chosen.length, cls?.name ?? '')} ↵
        </button>
        <button class="plain" @click=${() => this.dispatchEvent(new CustomEvent('left'))}>${this.words('close')} (Esc)</button>
        <span>${this.words('similar-hint')}</span>
      </div>
    </section>`;
  }
}
