import { css, html, type PropertyValues } from 'lit';
import uPlot from 'uplot';
import { PlotElement } from './plot-element.ts';
import { joined, type Part, range, type TrainingSeries, type Value } from './training-data.ts';

interface Curves {
  parts: Part[];
  words: Record<'loss' | 'reward' | 'lambda' | 'beta' | 'epsilon' | 'steps' | 'round' | 'empty', string>;
  locale: string;
}

const HEIGHT = 132;
const SYNC = 'training';

/** Loss, episode reward, λ and β, ε of an agent's trainings: small charts one below the other on one axis of steps. */
class TrainingChart extends PlotElement {
  static properties = { curves: { attribute: false } };

  declare curves: Curves | undefined;

  private plots: uPlot[] = [];

  static styles = [
    ...PlotElement.plotStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        min-height: 120px;
      }
      .panel h3 {
        display: flex;
        gap: var(--space-4);
        margin: var(--space-2) 0 0;
        font-size: var(--text-s);
        font-weight: var(--weight-strong);
        color: var(--color-text-2);
      }
      .panel i {
        display: inline-block;
        width: 16px;
        height: 3px;
        margin-inline-end: 6px;
        vertical-align: middle;
        border-radius: 2px;
        background: currentColor;
      }
      .first i {
        color: var(--origin-model);
      }
      .second i {
        color: var(--origin-propagated);
      }
      .empty {
        padding: var(--space-6);
        text-align: center;
        color: var(--color-text-2);
      }
    `,
  ];

  render() {
    const curves = this.curves;
    if (!curves) {
      return html``;
    }
    if (curves.parts.every((part) => part.steps.length === 0)) {
      return html`<div class="empty">${curves.words.empty}</div>`;
    }
    const w = curves.words;
    const panel = (id: string, first: string, second?: string) => html`<section class="panel" data-panel=${id} role="img"
      aria-label=${this.summary(id, first)}>
      <h3><span class="first"><i></i>${first}</span>${second ? html`<span class="second"><i></i>${second}</span>` : ''}</h3>
      <div class="plot"></div>
    </section>`;
    return html`${panel('loss', w.loss)}${panel('reward', w.reward)}${panel('lambda', w.lambda, w.beta)}${panel('epsilon', w.epsilon)}`;
  }

  /** The newest value in words, for screen readers. */
  private summary(id: string, name: string): string {
    const steps = this.curves!.parts.flatMap((part) => part.steps);
    const last = [...steps].reverse().map((s) => s[id as 'loss']).find((v) => v !== null && v !== undefined);
    return last === undefined || last === null ? name : `${name}: ${new Intl.NumberFormat(this.curves!.locale, { maximumFractionDigits: 3 }).format(last)}`;
  }

  protected updated(changed: PropertyValues): void {
    if (changed.has('curves')) {
      this.draw();
    }
  }

  protected clear(): void {
    this.plots.forEach((plot) => plot.destroy());
    this.plots = [];
  }

  protected draw(): void {
    this.clear();
    if (!this.curves || this.clientWidth === 0) {
      return;
    }
    const lines = joined(this.curves.parts);
    const panels: [string, Value[], Value[] | null][] = [
      ['loss', lines.loss, null],
      ['reward', lines.reward, null],
      ['lambda', lines.lambda, lines.beta],
      ['epsilon', lines.epsilon, null],
    ];
    for (const [id, first, second] of panels) {
      const host = this.renderRoot.querySelector<HTMLElement>(`[data-panel='${id}'] .plot`);
      if (host) {
        this.plots.push(this.panel(host, lines, first, second, id === 'epsilon'));
      }
    }
  }

  private panel(host: HTMLElement, lines: TrainingSeries, first: Value[], second: Value[] | null, last: boolean): uPlot {
    const number = new Intl.NumberFormat(this.curves!.locale, { maximumFractionDigits: 2 });
    const axis = this.axisLook();
    const { stroke: text, font } = axis;
    const stroke = (token: string): uPlot.Series => ({ stroke: this.colour(token), width: 2, points: { show: false }, spanGaps: false });
    const [low, high] = range([...first, ...(second ?? [])]);
    return new uPlot(
      {
        width: Math.floor(this.clientWidth),
        height: HEIGHT + (last ? 22 : 0),
        padding: [8, 12, 0, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false, points: { show: true }, sync: { key: SYNC } },
        scales: { x: { time: false }, y: { range: () => [low, high] } },
        axes: [
          { ...axis, values: (_, at) => at.map((v) => number.format(v)), ...(last ? { label: this.curves!.words.steps, labelFont: font, labelSize: 22 } : {}) },
          { ...axis, size: () => 52, values: (_, at) => at.map((v) => number.format(v)) },
        ],
        series: [{}, stroke('--origin-model'), ...(second ? [stroke('--origin-propagated')] : [])],
        hooks: { draw: [(u) => this.rounds(u, lines, text, font)] },
      },
      [lines.x, first, ...(second ? [second] : [])] as uPlot.AlignedData,
      host,
    );
  }

  /** Where each training begins. */
  private rounds(u: uPlot, lines: TrainingSeries, colour: string, font: string): void {
    const ctx = u.ctx;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.globalAlpha = 0.5;
    ctx.font = font.replace('12px', `${11 * devicePixelRatio}px`);
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    for (const start of lines.starts) {
      const x = Math.round(u.valToPos(start.at, 'x', true)) + 0.5;
      ctx.beginPath();
      ctx.moveTo(x, u.bbox.top);
      ctx.lineTo(x, u.bbox.top + u.bbox.height);
      ctx.stroke();
      ctx.fillText(`v${start.round}`, x + 4 * devicePixelRatio, u.bbox.top + 12 * devicePixelRatio);
    }
    ctx.restore();
  }
}

customElements.define('training-chart', TrainingChart);
