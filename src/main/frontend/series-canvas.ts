import uPlot from 'uplot';
import { type Anomaly, laneHeight, lines, type Lines, onto, type Signal } from './series-data.ts';
import { drawAnomalies, drawEvents, drawInterval, drawLanes, drawLevel, palette, type Palette, STRIP } from './series-draw.ts';
import { gestures, type GestureHost } from './series-gestures.ts';
import type { Edge, Interval } from './series-interval.ts';
import type { SeriesLoader } from './series-loader.ts';
import { AXIS, type Frame, frame, options, safeZone } from './series-plot.ts';
import type { View } from './series-time.ts';

/** Below so many pixels the names of lanes stand in them instead of beside them. */
const NARROW = 640;

/** What a canvas needs to know of its chart, read whenever it draws. */
export interface CanvasHost extends GestureHost {
  readonly loader: SeriesLoader;
  readonly overlay: boolean;
  readonly layers: boolean;
  readonly locale: string;
  readonly selection: Interval | null;
  readonly edge: Edge;
  readonly anomaly: number | null;
  readonly view: View | null;
  readonly plotWidth: number;
  /** Where the plot is put, and how high it may be without scrolling. */
  place(): { inside: HTMLElement; root: ParentNode; room: number; font: string } | null;
  /** Ordinals of the channels shown, in order. */
  shown(): number[];
  signalsShown(): Signal[];
  anomalies(): readonly Anomaly[];
  words(key: string): string;
  /** The pointer is over this bucket of what is loaded; −1: over none. */
  pointed(row: number): void;
  /** A plot with new lanes is there. */
  built(): void;
}

/** The plot of a chart: made when its lanes change, given other values and another view otherwise, given back at the end. */
export class ChartCanvas {
  frame: Frame | null = null;
  private readonly host: CanvasHost;
  private plot: uPlot | null = null;
  private drawn: Lines | null = null;
  private known: Palette | null = null;
  private life = new AbortController();

  constructor(host: CanvasHost) {
    this.host = host;
  }

  /** 0 without a plot. */
  get height(): number {
    return this.plot?.height ?? 0;
  }

  colours(root: ParentNode): Palette {
    return (this.known ??= palette(root));
  }

  /** The theme changed. */
  forgetColours(): void {
    this.known = null;
  }

  /** New values under the same lanes, or new lanes. */
  update(): void {
    const { loader, view } = this.host;
    const place = this.host.place();
    if (!loader.loaded || this.host.plotWidth === 0 || !view || !place) {
      return;
    }
    this.drawn = lines(loader.loaded, this.host.shown());
    const before = this.frame?.key;
    const next = this.divide(this.drawn);
    this.frame = next;
    if (this.plot && before === next.key) {
      this.plot.batch(() => {
        this.plot!.setData(this.data(this.drawn!, next), false);
        next.scales.forEach((scale) => this.plot!.setScale(scale.name, { min: scale.min, max: scale.max }));
        this.plot!.setScale('x', view);
      });
    } else {
      this.build(next, place);
    }
  }

  rebuild(): void {
    if (this.host.loader.loaded && this.host.view) {
      this.drop();
      this.update();
    }
  }

  move(view: View): void {
    this.plot?.setScale('x', view);
  }

  redraw(): void {
    this.plot?.redraw(false);
  }

  /** The chart got another width: true if the plot has changed. */
  fit(width: number): boolean {
    if (!this.plot || Math.abs(this.plot.width - width) < 1) {
      return false;
    }
    if (width < NARROW !== this.frame?.narrow) {
      this.rebuild();
    } else {
      this.plot.setSize({ width, height: this.plot.height });
    }
    return true;
  }

  drop(): void {
    this.life.abort();
    this.plot?.destroy();
    this.plot = null;
  }

  private divide(drawn: Lines): Frame {
    const { loader } = this.host;
    return frame({
      channels: this.host.shown().map((ordinal) => loader.info!.channels.find((one) => one.ordinal === ordinal)!),
      drawn,
      signals: this.host.signalsShown(),
      said: loader.said,
      overlay: this.host.overlay,
      narrow: this.host.plotWidth < NARROW,
      locale: this.host.locale,
    });
  }

  private data(drawn: Lines, next: Frame): uPlot.AlignedData {
    const { said } = this.host.loader;
    return [drawn.x, ...drawn.y, ...next.signals.map((one) => onto(drawn.x, said!.times, said![one]))] as uPlot.AlignedData;
  }

  private build(next: Frame, { inside, root, room, font }: NonNullable<ReturnType<CanvasHost['place']>>): void {
    this.drop();
    const { host } = this;
    const colours = this.colours(root);
    this.plot = new uPlot(
      options({
        frame: next,
        width: host.plotWidth,
        height: height(next, room),
        zone: safeZone(host.loader.info!.zone),
        locale: host.locale,
        colours,
        font,
        view: () => host.view!,
        onCursor: (u) => {
          const at = u.cursor.left !== undefined && u.cursor.left >= 0 ? u.cursor.idx : null;
          host.pointed(at === null || at === undefined ? -1 : (this.drawn?.rows[at] ?? -1));
        },
        under: (u) => drawEvents(u, host.loader.events, colours),
        over: (u) => this.drawOver(u, colours),
      }),
      this.data(this.drawn!, next),
      inside,
    );
    this.life = new AbortController();
    gestures(this.plot.over, host, this.life.signal);
    host.built();
  }

  private drawOver(u: uPlot, colours: Palette): void {
    const { host } = this;
    const next = this.frame!;
    drawLanes(u, next.figures, colours);
    const { said, map } = host.loader;
    if (said && said.threshold !== null && next.signals.includes('score')) {
      drawLevel(u, 'signals', said.threshold, host.words('threshold'), colours.model);
    }
    if (host.layers) {
      drawAnomalies(u, host.anomalies(), host.anomaly, colours);
    }
    if (host.selection && map) {
      const chosen = host.selection.channels;
      const lanes = chosen && !next.overlay ? next.figures.filter((_, i) => chosen.includes(next.channels[i]?.ordinal ?? -1)).map((one) => one.lane) : null;
      drawInterval(u, map, { interval: host.selection, edge: host.edge, lanes }, colours);
    }
  }
}

function height(next: Frame, room: number): number {
  const inner = room - STRIP - AXIS - 4;
  const parts = next.parts.reduce((a, b) => a + b, 0);
  const lane = next.overlay ? Math.min(260, inner / parts) : laneHeight(parts, inner);
  return Math.round(lane * parts + STRIP + AXIS);
}
