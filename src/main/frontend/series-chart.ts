import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import plotStyle from 'uplot/dist/uPlot.min.css?inline';
import { filled } from './deck-words.ts';
import { type CanvasHost, ChartCanvas } from './series-canvas.ts';
import './series-channels.ts';
import { chartStyles } from './series-chart-styles.ts';
import { type Anomaly, moment, type Signal, SIGNALS } from './series-data.ts';
import { brushed, chartCommand, type Edge, type Interval, nudged, toggled } from './series-interval.ts';
import { labels, writeValues } from './series-labels.ts';
import { SeriesLoader } from './series-loader.ts';
import { drawOverview, overviewGestures } from './series-overview.ts';
import { safeZone } from './series-plot.ts';
import { pageSource } from './series-source.ts';
import { panned, type Span, type View, zoomed } from './series-time.ts';

const FOLDED = 8;
const NARROWEST_POINTS = 8;

/**
 * A series over time: its channels in lanes or over each other, what the detector says, events, anomalies; the whole below.
 * Only what is in view is loaded. `interval-changed`, `focus-changed`, `channels-changed` and `anomaly-chosen` tell what the
 * person did.
 */
@customElement('series-chart')
export class SeriesChart extends LitElement implements CanvasHost {
  static override styles = [unsafeCSS(plotStyle), chartStyles];

  @property({ type: Number }) series: number | null = null;
  @property() src = '/api/v1/series';
  /** Ordinals of the channels shown, in order; null: the first eight that are not constant. */
  @property({ attribute: false }) channels: number[] | null = null;
  @property({ type: Boolean }) layers = true;
  @property({ type: Boolean }) overlay = false;
  @property({ type: Boolean, attribute: 'without-overview' }) withoutOverview = false;
  /** Whether a drag draws an interval. */
  @property({ type: Boolean }) selectable = false;
  @property({ attribute: false }) selection: Interval | null = null;
  @property({ attribute: false }) focusOn: Span | null = null;
  @property({ type: Number }) anomaly: number | null = null;
  @property({ attribute: false }) texts: Record<string, string> = {};
  @property() locale = 'en';

  @state() private order: number[] = [];
  @state() private folded = new Set<number>();
  @state() private signals = new Set<Signal>(['score', 'error']);
  @state() private waiting = true;
  @state() private panel = false;
  @state() edge: Edge = 'to';
  @state() private announcement = '';

  @query('.scroll') private box!: HTMLElement | null;
  @query('.plot') private host!: HTMLElement | null;
  @query('.overview') private small!: HTMLCanvasElement | null;
  @query('.readout') private readout!: HTMLElement | null;

  readonly loader = new SeriesLoader(pageSource, (what) => this.onLoaded(what));
  private readonly canvas = new ChartCanvas(this);
  /** What is in view; null until something is there. */
  view: View | null = null;
  private life = new AbortController();
  private frameRequest = 0;
  private plotIsOld = false;
  private opened = '';
  private readonly resize = new ResizeObserver(() => this.fit());
  private readonly theme = new MutationObserver(() => this.recolour());
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)');

  /** What is left for the plot: without the padding its page gives it, without a scroll bar. */
  get plotWidth(): number {
    return this.host?.clientWidth ?? 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.life = new AbortController();
    this.resize.observe(this);
    this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'theme', 'class', 'data-theme'] });
    this.scheme.addEventListener('change', () => this.recolour(), { signal: this.life.signal });
    if (this.hasUpdated) {
      this.resize.observe(this.host!);
      this.listen();
      void this.open();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.life.abort();
    this.resize.disconnect();
    this.theme.disconnect();
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = 0;
    this.loader.close();
    this.canvas.drop();
    this.opened = '';
  }

  protected override firstUpdated(): void {
    this.listen();
    this.resize.observe(this.host!);
  }

  private listen(): void {
    if (this.small) {
      overviewGestures(this.small, () => this.inView(), (from) => this.moveTo(from), this.life.signal);
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('series') || changed.has('src')) {
      void this.open();
    } else if (this.loader.info && (changed.has('focusOn') || changed.has('channels'))) {
      if (changed.has('channels')) {
        this.arrange();
      }
      this.goTo(changed.has('focusOn') && this.focusOn ? this.focusOn : this.spanInView()!);
    }
    if (changed.has('layers')) {
      this.wish();
    }
    if (changed.has('overlay') || changed.has('signals') || changed.has('locale')) {
      this.canvas.rebuild();
    }
    if (changed.has('selection') || changed.has('anomaly') || changed.has('edge')) {
      this.paint();
    }
  }

  /** Scores, verdicts or events may have changed: reads them again. */
  refresh(): void {
    this.loader.refresh();
  }

  /** The keyboard's focus comes here. */
  override focus(options?: FocusOptions): void {
    this.host?.focus(options);
  }

  private async open(): Promise<void> {
    const key = `${this.src}/${this.series}`;
    if (key === this.opened || !this.isConnected) {
      return;
    }
    this.opened = key;
    this.waiting = true;
    this.view = null;
    this.canvas.drop();
    if (this.series === null) {
      this.loader.close();
      return;
    }
    const info = await this.loader.open(this.src, this.series);
    if (!info || key !== this.opened) {
      return;
    }
    this.arrange();
    this.goTo(this.focusOn ?? { from: 0, to: info.points });
    if (!this.withoutOverview) {
      void this.loader.readOverview(this.plotWidth, this.shown()[0] ?? 0);
    }
  }

  /** Shows a stretch once it is there; what was shown stays until then. */
  private goTo(span: Span): void {
    this.pending = span;
    if (this.wish(true)) {
      this.arrive();
      this.canvas.update();
    } else {
      this.waiting = true;
    }
  }

  /** What was waited for is there. */
  private arrive(): void {
    if (this.pending) {
      this.view = this.loader.map!.view(this.pending);
      this.pending = null;
    }
    this.waiting = false;
    this.paint(false);
  }

  private pending: Span | null = null;

  private arrange(): void {
    const all = this.loader.info!.channels;
    const live = all.filter((one) => !one.constant);
    const shown = this.channels?.filter((ordinal) => all.some((one) => one.ordinal === ordinal)) ??
      (live.length > 0 ? live : all).slice(0, FOLDED).map((one) => one.ordinal);
    this.order = [...shown, ...all.map((one) => one.ordinal).filter((ordinal) => !shown.includes(ordinal))];
    this.folded = new Set(this.order.slice(shown.length));
  }

  shown(): number[] {
    return this.order.filter((ordinal) => !this.folded.has(ordinal));
  }

  private spanInView(): Span | null {
    return this.pending ?? (this.view && this.loader.map ? this.loader.map.span(this.view) : null);
  }

  /** True if all that is wished for is there. */
  private wish(now = false): boolean {
    const span = this.spanInView();
    if (!span || !this.loader.info || this.plotWidth === 0) {
      return false;
    }
    return this.loader.want({ span, pixels: Math.max(200, this.plotWidth - 180), channels: this.shown(), layers: this.layers }, now);
  }

  private onLoaded(what: 'loaded' | 'overview' | 'said' | 'events' | 'problem'): void {
    const { map } = this.loader;
    if (what === 'loaded' && map) {
      this.arrive();
      this.canvas.update();
    } else if (what === 'said') {
      this.canvas.update();
    } else if (what === 'problem') {
      this.waiting = false;
    }
    this.requestUpdate();
    this.paint(what === 'events');
  }

  // The plot

  private wholeView(): View {
    return this.loader.map!.view({ from: 0, to: this.loader.info!.points });
  }

  signalsShown(): Signal[] {
    const said = this.loader.said;
    return this.layers && said ? SIGNALS.filter((one) => this.signals.has(one) && said[one]?.some((value) => value !== null)) : [];
  }

  anomalies(): Anomaly[] {
    return this.loader.said?.anomalies ?? this.loader.overviewSaid?.anomalies ?? [];
  }

  private recolour(): void {
    this.canvas.forgetColours();
    this.canvas.rebuild();
    this.paint();
  }

  private fit(): void {
    const width = this.plotWidth;
    if (width === 0) {
      return;
    }
    if (this.canvas.height === 0) {
      if (this.loader.loaded) {
        this.canvas.update();
      } else {
        this.wish(true);
      }
    } else if (this.canvas.fit(width)) {
      this.wish();
    }
    this.paint();
  }

  /** Draws once in the next frame, however often it was asked; without the plot where that draws itself. */
  private paint(plotToo = true): void {
    this.plotIsOld ||= plotToo;
    this.frameRequest ||= requestAnimationFrame(() => {
      this.frameRequest = 0;
      if (this.plotIsOld) {
        this.canvas.redraw();
      }
      this.plotIsOld = false;
      const { map, overview } = this.loader;
      if (map && this.view && this.small) {
        drawOverview(
          this.small,
          {
            reply: overview, map, whole: this.wholeView(), view: this.view, interval: this.selection,
            anomalies: this.layers ? (this.loader.overviewSaid?.anomalies ?? this.anomalies()) : [],
          },
          this.canvas.colours(this.renderRoot),
        );
      }
    });
  }

  // What the person does

  private setView(view: View): void {
    if (!this.loader.map) {
      return;
    }
    this.pending = null;
    this.view = view;
    this.applyView();
    this.wish();
    this.dispatchEvent(new CustomEvent('focus-changed', { detail: this.loader.map.span(view) }));
  }

  private applyView(): void {
    this.canvas.move(this.view!);
    this.paint(false);
  }

  get brushing(): boolean {
    return this.selectable;
  }

  edgeAt(share: number, reach: number): Edge | null {
    const { map } = this.loader;
    if (!this.selectable || !this.selection || !map || !this.view) {
      return null;
    }
    const at = (point: number) => Math.abs((map.edge(point) - this.view!.min) / (this.view!.max - this.view!.min) - share);
    const from = at(this.selection.from);
    const to = at(this.selection.to);
    return Math.min(from, to) > reach ? null : from < to ? 'from' : 'to';
  }

  panBy(share: number): void {
    if (this.view && this.loader.map) {
      this.setView(panned(this.view, share * (this.view.max - this.view.min), this.wholeView()));
    }
  }

  zoomAt(share: number, factor: number): void {
    if (this.view && this.loader.map) {
      const at = this.view.min + share * (this.view.max - this.view.min);
      this.setView(zoomed(this.view, at, factor, this.wholeView(), NARROWEST_POINTS * (this.loader.info!.stepSeconds || 1)));
    }
  }

  brush(from: number, to: number, done: boolean): void {
    const span = brushed(this.pointAt(from), this.pointAt(to), this.loader.info!.points);
    this.edge = to < from ? 'from' : 'to';
    this.choose({ ...span, channels: this.selection?.channels ?? null }, done);
  }

  moveEdge(edge: Edge, share: number): void {
    if (this.selection) {
      this.edge = edge;
      const point = Math.round(this.pointAt(share) + 0.5); // an edge is half a point before its point
      this.choose(nudged(this.selection, edge, point - this.selection[edge], this.loader.info!.points), true);
    }
  }

  tap(share: number, fromBottom: number): void {
    this.host?.focus({ preventScroll: true });
    const at = this.view ? this.view.min + share * (this.view.max - this.view.min) : 0;
    const reach = this.view ? ((this.view.max - this.view.min) * 6) / this.plotWidth : 0;
    const hit = this.anomalies().find((one) => at >= one.fromTime - reach && at <= one.toTime + reach);
    if (hit && !this.selectable && fromBottom >= 0) {
      this.dispatchEvent(new CustomEvent('anomaly-chosen', { detail: { id: hit.id } }));
    }
  }

  private pointAt(share: number): number {
    return this.loader.map!.point(this.view!.min + share * (this.view!.max - this.view!.min));
  }

  private choose(interval: Interval, tell: boolean): void {
    this.selection = interval;
    if (tell) {
      const { map, info } = this.loader;
      const zone = safeZone(info!.zone);
      this.announcement = this.words('interval', moment(map!.time(interval.from), this.locale, zone), moment(map!.time(interval.to - 1), this.locale, zone), interval.to - interval.from);
    }
    this.dispatchEvent(new CustomEvent('interval-changed', { detail: interval }));
  }

  /** Obeys a key; false if it means nothing here. Pages may hand on keys pressed elsewhere. */
  press(event: KeyboardEvent): boolean {
    const found = chartCommand(event, this.selectable && this.selection !== null);
    if (!found || !this.view || !this.loader.map) {
      return false;
    }
    switch (found.kind) {
      case 'nudge':
        this.choose(nudged(this.selection!, this.edge, found.by, this.loader.info!.points), true);
        this.keepInView(this.selection![this.edge]);
        break;
      case 'edge':
        this.edge = found.edge;
        this.announcement = this.words(`edge.${found.edge}`);
        break;
      case 'pan':
        this.panBy(found.share);
        break;
      case 'zoom':
        this.zoomAt(this.selection ? this.shareOf((this.selection.from + this.selection.to) / 2) : 0.5, found.factor);
        break;
      case 'home':
        this.goTo(this.focusOn ?? { from: 0, to: this.loader.info!.points });
        break;
    }
    return true;
  }

  private shareOf(point: number): number {
    const share = (this.loader.map!.time(point) - this.view!.min) / (this.view!.max - this.view!.min);
    return Math.min(1, Math.max(0, share));
  }

  private keepInView(point: number): void {
    const at = this.loader.map!.edge(point);
    const width = this.view!.max - this.view!.min;
    if (at < this.view!.min) {
      this.panBy((at - this.view!.min) / width - 0.1);
    } else if (at > this.view!.max) {
      this.panBy((at - this.view!.max) / width + 0.1);
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (!event.defaultPrevented && this.press(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  private inView(): { from: number; to: number } {
    const whole = this.wholeView();
    const share = (time: number) => (time - whole.min) / (whole.max - whole.min);
    return this.view ? { from: share(this.view.min), to: share(this.view.max) } : { from: 0, to: 1 };
  }

  private moveTo(from: number): void {
    if (this.view && this.loader.map) {
      const whole = this.wholeView();
      this.setView(panned(this.view, whole.min + from * (whole.max - whole.min) - this.view.min, whole));
    }
  }

  private show(order: number[], hidden: Set<number>): void {
    this.order = order;
    this.folded = hidden;
    this.wish(true);
    this.canvas.rebuild();
    this.dispatchEvent(new CustomEvent('channels-changed', { detail: this.shown() }));
  }

  private onlyHere(ordinal: number): void {
    if (this.selection) {
      const all = this.loader.info!.channels.filter((one) => !one.constant).map((one) => one.ordinal);
      this.choose({ ...this.selection, channels: toggled(this.selection.channels, ordinal, all) }, false);
    }
  }

  place(): ReturnType<CanvasHost['place']> {
    const style = this.box && getComputedStyle(this.box);
    return this.host && style ? { inside: this.host, root: this.renderRoot, room: Number.parseFloat(style.maxHeight) || 600, font: style.fontFamily } : null;
  }

  built(): void {
    this.requestUpdate();
  }

  pointed(row: number): void {
    const { loaded, info } = this.loader;
    writeValues(this.renderRoot, loaded, row, this.locale);
    if (this.readout) {
      const time = row < 0 || !loaded ? null : loaded.times[row];
      const why = time === null || !this.layers ? undefined : this.anomalies().find((one) => one.why && time >= one.fromTime && time <= one.toTime)?.why;
      this.readout.textContent =
        time === null ? '' : moment(time, this.locale, safeZone(info!.zone), (info!.stepSeconds || 1) < 1) + (why ? ` · ${why}` : '');
    }
  }

  private renderLabels(): TemplateResult | typeof nothing {
    const { frame, height } = this.canvas;
    return frame && height > 0
      ? labels({
          frame,
          height,
          words: this.words,
          chosen: this.selection?.channels ?? null,
          choose: this.selectable ? (ordinal) => this.onlyHere(ordinal) : null,
        })
      : nothing;
  }

  readonly words = (key: string, ...args: (string | number)[]) => filled(this.texts[key] ?? key, ...args);

  protected override render(): TemplateResult {
    const { info, said, problem } = this.loader;
    const count = this.order.filter((ordinal) => this.folded.has(ordinal)).length;
    return html`
      <div class="head">
        ${info && info.channels.length > 1
          ? html`<button class="chip" data-testid="channels" aria-expanded=${this.panel} @click=${() => (this.panel = !this.panel)}>
                ${count > 0 ? this.words('channels-folded', info.channels.length - count, info.channels.length) : this.words('channels', info.channels.length)}
              </button>
              <button class="chip" data-testid="overlay" aria-pressed=${this.overlay} @click=${() => (this.overlay = !this.overlay)}>${this.words('overlay')}</button>`
          : nothing}
        ${this.layers && said
          ? SIGNALS.filter((one) => said[one]?.some((value) => value !== null)).map(
              (one) => html`<button class="chip signal ${one}" data-testid="signal-${one}" aria-pressed=${this.signals.has(one)} @click=${() => this.toggleSignal(one)}>
                <i></i>${this.words(`signal.${one}`)}
              </button>`,
            )
          : nothing}
        <span class="readout" aria-hidden="true"></span>
        <span class="zoom">
          <button class="chip" aria-label=${this.words('zoom-out')} @click=${() => this.zoomAt(0.5, 2)}>−</button>
          <button class="chip" aria-label=${this.words('zoom-in')} @click=${() => this.zoomAt(0.5, 0.5)}>+</button>
          <button class="chip" aria-label=${this.words('home')} @click=${() => info && this.goTo(this.focusOn ?? { from: 0, to: info.points })}>⤢</button>
        </span>
      </div>
      ${this.panel && info
        ? html`<series-channels
            .info=${info.channels}
            .order=${this.order}
            .folded=${this.folded}
            .words=${this.words}
            @arranged=${(event: CustomEvent<{ order: number[]; hidden: Set<number> }>) => this.show(event.detail.order, event.detail.hidden)}
            @closed=${() => (this.panel = false)}
          ></series-channels>`
        : nothing}
      ${this.canvas.frame?.overlay ? this.renderLabels() : nothing}
      <div class="scroll">
        <div
          class="plot"
          role="application"
          tabindex="0"
          data-testid="plot"
          data-waiting=${this.waiting ? 'yes' : 'no'}
          aria-label=${this.words(this.selectable ? 'plot-selectable' : 'plot', info?.name ?? '')}
          @keydown=${(event: KeyboardEvent) => this.onKey(event)}
        >
          ${this.canvas.frame?.overlay ? nothing : this.renderLabels()}
        </div>
        ${this.waiting ? html`<div class="skeleton" aria-label=${this.words('loading')}></div>` : nothing}
        ${problem ? html`<div class="problem" role="status" data-testid="chart-problem">${this.words(`problem.${problem}`)}</div>` : nothing}
      </div>
      ${this.withoutOverview ? nothing : html`<canvas class="overview" data-testid="overview" aria-hidden="true"></canvas>`}
      <div class="seen-by-readers" role="status" aria-live="polite">${this.announcement}</div>
    `;
  }

  private toggleSignal(signal: Signal): void {
    const next = new Set(this.signals);
    if (!next.delete(signal)) {
      next.add(signal);
    }
    this.signals = next;
  }
}
