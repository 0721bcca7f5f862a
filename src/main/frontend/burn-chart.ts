import { css, html, type PropertyValues } from 'lit';
import uPlot from 'uplot';
import { PlotElement } from './plot-element.ts';

interface Burn {
  days: number[];
  people: number[];
  all: number[];
  cap: number | null;
  currency: string;
  locale: string;
  words: Record<'title' | 'people' | 'models' | 'cap' | 'empty' | 'summary', string>;
}

const HEIGHT = 220;

/** What a project spent in all, day by day: people below, language models on top, the cap as a dashed line. */
class BurnChart extends PlotElement {
  static properties = { burn: { attribute: false } };

  declare burn: Burn | undefined;

  private plot: uPlot | undefined;

  static styles = [
    ...PlotElement.plotStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        min-height: 250px;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 2px var(--space-4);
        min-height: 20px;
        font-size: var(--text-s);
        color: var(--color-text-2);
      }
      i {
        display: inline-block;
        width: 16px;
        height: 3px;
        margin-inline-end: 6px;
        vertical-align: middle;
        border-radius: 2px;
        background: currentColor;
      }
      .people i {
        color: var(--origin-person);
      }
      .models i {
        color: var(--origin-llm);
      }
      .cap i {
        height: 0;
        border-top: 2px dashed var(--color-bad);
        background: none;
      }
      .empty {
        padding: var(--space-8) var(--space-4);
        text-align: center;
        color: var(--color-text-2);
      }
    `,
  ];

  protected clear(): void {
    this.plot?.destroy();
    this.plot = undefined;
  }

  render() {
    const burn = this.burn;
    if (!burn) {
      return html``;
    }
    if (burn.days.length === 0) {
      return html`<div class="empty">${burn.words.empty}</div>`;
    }
    const w = burn.words;
    return html`<div role="img" aria-label="${w.title}: ${w.summary}">
      <div class="legend" aria-hidden="true">
        <span class="people"><i></i>${w.people}</span>
        ${this.models() ? html`<span class="models"><i></i>${w.people} + ${w.models}</span>` : ''}
        ${burn.cap === null ? '' : html`<span class="cap"><i></i>${w.cap}</span>`}
      </div>
      <div class="plot"></div>
    </div>`;
  }

  private models(): boolean {
    return this.burn!.all.some((sum, at) => sum > this.burn!.people[at]);
  }

  protected updated(changed: PropertyValues): void {
    if (changed.has('burn')) {
      this.draw();
    }
  }

  protected draw(): void {
    this.clear();
    const burn = this.burn;
    const host = this.renderRoot.querySelector<HTMLElement>('.plot');
    if (!burn || !host || this.clientWidth === 0) {
      return;
    }
    const axis = this.axisLook();
    const top = Math.max(burn.cap ?? 0, ...burn.all) * 1.06 || 1;
    const money = new Intl.NumberFormat(burn.locale, { style: 'currency', currency: burn.currency, maximumFractionDigits: top < 10 ? 2 : 0 });
    const day = new Intl.DateTimeFormat(burn.locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
    const flat = (token: string, dashed = false): uPlot.Series => ({
      stroke: this.colour(token),
      width: 2,
      points: { show: !dashed && burn.days.length < 20, size: 5 },
      ...(dashed ? { dash: [6, 5] } : {}),
    });
    const models = this.models();
    this.plot = new uPlot(
      {
        width: Math.floor(this.clientWidth),
        height: HEIGHT,
        padding: [8, 28, 0, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false },
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), 'UTC'),
        scales: { y: { range: () => [0, top] } },
        axes: [
          { ...axis, incrs: [86400, 2 * 86400, 7 * 86400, 14 * 86400, 28 * 86400, 91 * 86400, 364 * 86400], values: (_, at) => at.map((v) => day.format(v * 1e3)) },
          { ...axis, size: () => 64, values: (_, at) => at.map((v) => money.format(v)) },
        ],
        series: [
          {},
          flat('--origin-person'),
          ...(models ? [flat('--origin-llm')] : []),
          ...(burn.cap === null ? [] : [flat('--color-bad', true)]),
        ],
      },
      [
        burn.days,
        burn.people,
        ...(models ? [burn.all] : []),
        ...(burn.cap === null ? [] : [burn.days.map(() => burn.cap!)]),
      ] as uPlot.AlignedData,
      host,
    );
  }
}

customElements.define('burn-chart', BurnChart);
