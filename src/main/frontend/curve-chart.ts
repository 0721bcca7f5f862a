import { html, css, type PropertyValues } from 'lit';
import uPlot from 'uplot';
import { PlotElement } from './plot-element.ts';
import {
  figure,
  percent,
  placed,
  series,
  timeUnit,
  xRange,
  yRange,
  type AheadPoint,
  type Axis,
  type CurveSeries,
  type RoundPoint,
  type TimeUnit,
} from './curve-data.ts';

/** The words of the chart, translated by the page. */
interface Words {
  title: string;
  accuracy: string;
  macroF1: string;
  zeroShot: string;
  target: string;
  ahead: string;
  expected: string;
  round: string;
  labels: string;
  cost: string;
  time: Record<TimeUnit, string>;
  unknown: string;
  empty: string;
  hint: string;
}

interface Curve {
  rounds: RoundPoint[];
  /** Empty while there is no forecast. */
  ahead: AheadPoint[];
  target: number | null;
  /** Too few audit answers yet: the lines are dashed. */
  doubtful: boolean;
  currency: string;
  locale: string;
  words: Words;
}

const HEIGHT = 300;
const NARROW_HEIGHT = 240;
const DASH = [6, 4];

/**
 * The learning curve: accuracy with its band and macro-F1 over labels, cost or time; the zero-shot start and the target as
 * lines; what is expected of further labels as a fan. A round is chosen by pointer or by the arrow keys; `round-chosen` tells its number.
 */
class CurveChart extends PlotElement {
  static properties = { curve: { attribute: false }, axis: {}, shown: { state: true }, at: { state: true } };

  declare curve: Curve | undefined;
  declare axis: Axis;
  declare shown: { accuracy: boolean; macroF1: boolean };
  declare at: number;

  private plot: uPlot | undefined;
  private lines: CurveSeries | undefined;

  constructor() {
    super();
    this.axis = 'labels';
    this.shown = { accuracy: true, macroF1: true };
    this.at = -1;
  }

  static styles = [
    ...PlotElement.plotStyles,
    css`
      :host {
        display: block;
        position: relative;
        min-width: 0;
      }
      .plot {
        min-height: 300px;
        border-radius: var(--radius-s);
        outline-offset: 2px;
      }
      .plot:focus-visible {
        outline: 2px solid var(--color-focus);
      }
      .empty {
        position: absolute;
        inset: 36px 0 0 0;
        display: grid;
        place-items: center;
        padding: 0 var(--space-6);
        text-align: center;
        color: var(--color-text-2);
        pointer-events: none;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
        min-height: 28px;
        align-items: center;
      }
      .legend button {
        all: unset;
        display: inline-flex;
        align-items: center;
        gap: 6px;
        padding: 2px 4px;
        border-radius: 4px;
        cursor: pointer;
      }
      .legend button:focus-visible {
        outline: 2px solid var(--color-focus);
      }
      .legend button[aria-pressed='false'] {
        color: var(--color-text-3);
        text-decoration: line-through;
      }
      .legend span {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        color: var(--color-text-2);
      }
      i {
        display: inline-block;
        width: 18px;
        height: 0;
        border-top: 2px solid currentColor;
      }
      i.accuracy {
        border-top-width: 3px;
        color: var(--origin-model);
      }
      i.f1 {
        color: var(--origin-reviewer);
      }
      i.zero {
        border-top-style: dashed;
        color: var(--color-text-3);
      }
      i.target {
        color: var(--color-good);
      }
      i.ahead {
        height: 8px;
        border-top: 2px dashed var(--origin-model);
        background: color-mix(in srgb, var(--origin-model) 14%, transparent);
      }
      .tip {
        min-height: 20px;
        padding-top: var(--space-1);
        color: var(--color-text-2);
        font-variant-numeric: tabular-nums;
      }
      .tip b {
        color: var(--color-text);
        font-weight: var(--weight-strong);
      }
      @media (max-width: 600px) {
        .plot {
          min-height: 240px;
        }
      }
    `,
  ];

  protected clear(): void {
    this.plot?.destroy();
    this.plot = undefined;
  }

  render() {
    const curve = this.curve;
    if (!curve) {
      return html`<div class="plot"></div>`;
    }
    const w = curve.words;
    const known = curve.rounds.some((r) => r.accuracy !== null);
    return html`
      <div class="legend">
        ${this.toggle('accuracy', 'accuracy', w.accuracy)} ${this.toggle('macroF1', 'f1', w.macroF1)}
        <span><i class="zero"></i>${w.zeroShot}</span>
        ${curve.target === null ? '' : html`<span><i class="target"></i>${w.target} ${percent(curve.target, curve.locale)}</span>`}
        ${this.fan().length === 0 || !this.shown.accuracy ? '' : html`<span><i class="ahead"></i>${w.ahead}</span>`}
      </div>
      ${known
        ? html`<div class="plot" tabindex="0" role="slider" aria-label=${w.title} aria-valuemin="0"
            aria-valuemax=${this.last()} aria-valuenow=${Math.max(0, this.at)} aria-valuetext=${this.summary()}
            @keydown=${this.key} @focus=${this.focusLast}></div>`
        : html`<div class="plot" role="img" aria-label=${w.empty}></div>
            <div class="empty">${w.empty}</div>`}
      <div class="tip">${known ? this.tip() : ''}</div>
    `;
  }

  private toggle(line: 'accuracy' | 'macroF1', mark: string, word: string) {
    return html`<button
      aria-pressed=${this.shown[line]}
      @click=${() => (this.shown = { ...this.shown, [line]: !this.shown[line] })}
    ><i class=${mark}></i>${word}</button>`;
  }

  /** What is expected, as far as it has a place on this axis. */
  private fan(): AheadPoint[] {
    return this.curve ? placed(this.curve.ahead, this.axis) : [];
  }

  private last(): number {
    return (this.curve?.rounds.length ?? 0) + this.fan().length - 1;
  }

  private tip() {
    const curve = this.curve!;
    const round = curve.rounds[this.at];
    if (!round) {
      const point = this.fan()[this.at - curve.rounds.length];
      return point ? html`${curve.words.expected} · ${this.place(point)} · ${curve.words.accuracy} <b>${figure(point.accuracy, curve.locale)}</b>` : curve.words.hint;
    }
    return html`<b>${curve.words.round} ${round.number}</b> · ${this.place(round)} · ${curve.words.accuracy}
      <b>${round.accuracy ? figure(round.accuracy, curve.locale) : curve.words.unknown}</b> · ${curve.words.macroF1}
      <b>${round.macroF1 ? figure(round.macroF1, curve.locale) : curve.words.unknown}</b>`;
  }

  /** Where a point stands on this axis, with its unit. */
  private place(point: RoundPoint | AheadPoint): string {
    const curve = this.curve!;
    if (this.axis === 'cost') {
      return this.money(point.cost!);
    }
    if (this.axis === 'time') {
      const { unit, seconds } = timeUnit(curve.rounds);
      return `${new Intl.NumberFormat(curve.locale, { maximumFractionDigits: 1 }).format(point.seconds! / seconds)} ${curve.words.time[unit]}`;
    }
    return `${new Intl.NumberFormat(curve.locale).format(point.labels)} ${curve.words.labels}`;
  }

  private money(amount: number): string {
    return new Intl.NumberFormat(this.curve!.locale, { style: 'currency', currency: this.curve!.currency }).format(amount);
  }

  /** The chosen round in words, for screen readers; the newest one before any is chosen. */
  private summary(): string {
    const curve = this.curve!;
    const point = this.fan()[this.at - curve.rounds.length];
    if (point) {
      return `${curve.words.expected}, ${this.place(point)}: ${curve.words.accuracy} ${figure(point.accuracy, curve.locale)}`;
    }
    const round = curve.rounds[this.at] ?? curve.rounds[curve.rounds.length - 1];
    const of = (name: string, f: RoundPoint['accuracy']) => `${name} ${f ? figure(f, curve.locale) : curve.words.unknown}`;
    return `${curve.words.round} ${round.number}, ${this.place(round)}: ${of(curve.words.accuracy, round.accuracy)}, ${of(curve.words.macroF1, round.macroF1)}`;
  }

  private focusLast(): void {
    if (this.at < 0 && this.curve) {
      this.choose(this.curve.rounds.length - 1);
    }
  }

  private key(event: KeyboardEvent): void {
    const last = this.last();
    const to = { ArrowLeft: this.at - 1, ArrowRight: this.at + 1, Home: 0, End: last }[event.key];
    if (to !== undefined && last >= 0) {
      event.preventDefault();
      this.choose(Math.min(last, Math.max(0, to)));
    } else if (event.key === 'Enter' && this.at >= 0) {
      this.tell();
    }
  }

  private choose(index: number): void {
    if (index !== this.at) {
      this.at = index;
      this.plot?.redraw(false);
    }
  }

  private tell(): void {
    const round = this.curve?.rounds[this.at];
    if (round) {
      this.dispatchEvent(new CustomEvent('round-chosen', { detail: { number: round.number } }));
    }
  }

  protected updated(changed: PropertyValues): void {
    if (changed.has('curve') || changed.has('axis') || changed.has('shown')) {
      this.draw();
    }
  }

  protected fit(): void {
    const width = Math.floor(this.clientWidth);
    if (this.plot && width > 0 && this.plot.width !== width) {
      this.plot.setSize({ width, height: this.height() });
    } else if (!this.plot) {
      this.draw();
    }
  }

  private height(): number {
    return this.clientWidth < 500 ? NARROW_HEIGHT : HEIGHT;
  }

  protected draw(): void {
    const host = this.renderRoot?.querySelector<HTMLElement>('.plot');
    if (!this.curve || !host || this.clientWidth === 0) {
      return;
    }
    this.plot?.destroy();
    this.lines = series(this.curve.rounds, this.axis, this.curve.target, this.curve.ahead);
    const l = this.lines;
    const data = [l.x, l.accuracyLow, l.accuracyHigh, l.accuracy, l.macroF1Low, l.macroF1High, l.macroF1, l.aheadLow, l.aheadHigh, l.ahead];
    this.plot = new uPlot(this.options(), data as uPlot.AlignedData, host);
  }

  private options(): uPlot.Options {
    const curve = this.curve!;
    const teal = this.colour('--origin-model');
    const indigo = this.colour('--origin-reviewer');
    const grey = this.colour('--color-text-3');
    const text = this.colour('--color-text-2');
    const line = this.colour('--color-line');
    const font = `12px ${getComputedStyle(this).fontFamily}`;
    const { accuracy, macroF1 } = this.shown;
    const f1Band = macroF1 && !accuracy;
    const dash = curve.doubtful ? DASH : undefined;
    const edge = (show: boolean): uPlot.Series => ({ show, width: 0, points: { show: false } });
    const alpha = (colour: string, a: number) => colour.replace(/^rgb\(([^)]+)\)$/, `rgb($1 / ${a})`).replace(/, /g, ' ');
    const l = this.lines!;
    const inView = [
      ...(accuracy ? [...l.accuracyLow, ...l.accuracyHigh, ...l.aheadLow, ...l.aheadHigh] : []),
      ...(macroF1 ? l.macroF1 : []),
      ...(f1Band ? [...l.macroF1Low, ...l.macroF1High] : []),
      l.target,
      l.zeroShot,
    ];
    return {
      width: Math.floor(this.clientWidth),
      height: this.height(),
      padding: [10, 12, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
      scales: { x: { time: false, range: () => xRange(l.x, this.axis) }, y: { range: () => yRange(inView) } },
      axes: [
        { stroke: text, font, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, label: this.axisLabel(), labelFont: font, labelSize: 22,
          values: (_, at) => at.map((v) => (this.axis === 'cost' ? this.money(v) : new Intl.NumberFormat(curve.locale).format(v))) },
        { stroke: text, font, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, size: () => 52,
          values: (_, at) => at.map((v) => `${Math.round(100 * v)} %`) },
      ],
      series: [
        {},
        edge(accuracy),
        edge(accuracy),
        { show: accuracy, stroke: teal, width: 2.5, dash, points: { show: true, size: 8, fill: teal, stroke: teal } },
        edge(f1Band),
        edge(f1Band),
        { show: macroF1, stroke: indigo, width: 1.5, dash, points: { show: true, size: 5, fill: indigo, stroke: indigo } },
        edge(accuracy),
        edge(accuracy),
        { show: accuracy, stroke: teal, width: 2, dash: DASH, points: { show: false } },
      ],
      bands: [
        { series: [2, 1], fill: alpha(teal, 0.16) },
        { series: [5, 4], fill: alpha(indigo, 0.14) },
        { series: [8, 7], fill: alpha(teal, 0.1) },
      ],
      hooks: {
        setCursor: [(u) => u.cursor.idx !== null && u.cursor.idx !== undefined && (u.cursor.left ?? -1) >= 0 && this.choose(u.cursor.idx)],
        ready: [(u) => u.over.addEventListener('click', () => this.tell())],
        draw: [
          (u) => this.across(u, l.zeroShot, grey, DASH),
          (u) => this.across(u, l.target, this.colour('--color-good'), []),
          (u) => this.whisker(u, teal),
          (u) => this.ring(u, teal),
        ],
      },
    };
  }

  private axisLabel(): string {
    const { words, rounds } = this.curve!;
    return this.axis === 'cost' ? words.cost : this.axis === 'time' ? words.time[timeUnit(rounds).unit] : words.labels;
  }

  /** A line over the whole width: where the run began, or what it aims at. */
  private across(u: uPlot, at: number | null, colour: string, dash: number[]): void {
    if (at === null) {
      return;
    }
    const y = u.valToPos(at, 'y', true);
    this.stroke(u, colour, 1.5, dash, (ctx) => {
      ctx.moveTo(u.bbox.left, y);
      ctx.lineTo(u.bbox.left + u.bbox.width, y);
    });
  }

  /** A single measurement has no band: its interval is a whisker. */
  private whisker(u: uPlot, colour: string): void {
    const l = this.lines!;
    const known = l.accuracy.flatMap((value, i) => (value === null ? [] : [i]));
    if (known.length !== 1 || !this.shown.accuracy) {
      return;
    }
    const x = u.valToPos(l.x[known[0]], 'x', true);
    this.stroke(u, colour, 2, [], (ctx) => {
      ctx.moveTo(x, u.valToPos(l.accuracyLow[known[0]]!, 'y', true));
      ctx.lineTo(x, u.valToPos(l.accuracyHigh[known[0]]!, 'y', true));
    });
  }

  private stroke(u: uPlot, colour: string, width: number, dash: number[], path: (ctx: CanvasRenderingContext2D) => void): void {
    u.ctx.save();
    u.ctx.strokeStyle = colour;
    u.ctx.lineWidth = width * devicePixelRatio;
    u.ctx.setLineDash(dash.map((d) => d * devicePixelRatio));
    u.ctx.beginPath();
    path(u.ctx);
    u.ctx.stroke();
    u.ctx.restore();
  }

  /** A ring around the chosen round. */
  private ring(u: uPlot, colour: string): void {
    const l = this.lines!;
    const y = this.shown.accuracy ? (l.accuracy[this.at] ?? l.ahead[this.at]) : l.macroF1[this.at];
    if (y === null || y === undefined) {
      return;
    }
    const [x, at] = [u.valToPos(l.x[this.at], 'x', true), u.valToPos(y, 'y', true)];
    this.stroke(u, colour, 2, [], (ctx) => ctx.arc(x, at, 8 * devicePixelRatio, 0, 2 * Math.PI));
  }
}

customElements.define('curve-chart', CurveChart);
