import type uPlot from 'uplot';
import uPlotClass from 'uplot';
import { alone, extremes, figure, type Lane, lanes, laneScale, type LayersReply, type Lines, momentLabels, type Signal, type Values } from './series-data.ts';
import { faded, type Palette, STRIP } from './series-draw.ts';
import type { SeriesInfo } from './series-source.ts';
import type { View } from './series-time.ts';

/** Lanes, scales and options of the plot for what is shown just now. */

/** Height of the time axis: two lines of text. */
export const AXIS = 40;
/** Left of the lanes: their names and figures; on narrow pages the names are in the lanes. */
export const GUTTER = 168;
const NARROW_GUTTER = 48;

type Channel = SeriesInfo['channels'][number];

/** How the plot is divided; with the same key only the values differ. */
export interface Frame {
  key: string;
  channels: Channel[];
  signals: Signal[];
  narrow: boolean;
  overlay: boolean;
  /** Heights of the lanes, a channel's being 1. */
  parts: number[];
  scales: { name: string; min: number; max: number }[];
  figures: { lane: Lane; low: string; high: string }[];
}

export interface FrameParts {
  channels: Channel[];
  drawn: Lines;
  signals: Signal[];
  said: LayersReply | null;
  overlay: boolean;
  narrow: boolean;
  locale: string;
}

export function frame({ channels, drawn, signals, said, overlay, narrow, locale }: FrameParts): Frame {
  const parts = overlay ? [1] : channels.map(() => 1);
  if (signals.length > 0) {
    parts.push(overlay ? 0.35 : channels.length === 1 ? 0.6 : channels.length > 8 ? 1.4 : 1.1);
  }
  const divided = lanes(parts);
  const scales: Frame['scales'] = [];
  const figures: Frame['figures'] = [];
  channels.forEach((channel, i) => {
    const lane = overlay ? divided[0] : divided[i];
    const range = extremes(drawn.y[i]);
    const [min, max] = laneScale(range, lane);
    scales.push({ name: `c${i}`, min, max });
    if (!overlay) {
      figures.push({ lane, low: figure(locale, range?.min, 3), high: figure(locale, range?.max, 3) });
    }
  });
  if (signals.length > 0 && said) {
    const lane = divided.at(-1)!;
    const highest = Math.max(1, ...signals.map((one) => extremes(said[one])?.max ?? 0));
    const [min, max] = laneScale({ min: 0, max: highest }, lane);
    scales.push({ name: 'signals', min, max });
    figures.push({ lane, low: '0', high: figure(locale, highest) });
  }
  const key = JSON.stringify([channels.map((one) => one.ordinal), signals, overlay, narrow]);
  return { key, channels, signals, narrow, overlay, parts, scales, figures };
}

export interface PlotParts {
  frame: Frame;
  width: number;
  height: number;
  zone: string;
  locale: string;
  colours: Palette;
  font: string;
  view(): View;
  onCursor(u: uPlot): void;
  under(u: uPlot): void;
  over(u: uPlot): void;
}

export function options({ frame: shown, width, height, zone, locale, colours, font, view, onCursor, under, over }: PlotParts): uPlot.Options {
  const scales: uPlot.Scales = { x: { time: true, auto: false, range: () => [view().min, view().max] } };
  for (const scale of shown.scales) {
    scales[scale.name] = { auto: false, min: scale.min, max: scale.max, range: (_u, min, max) => [min ?? scale.min, max ?? scale.max] };
  }
  const text = `12px ${font}`;
  return {
    width,
    height,
    padding: [STRIP, 10, 0, 0],
    legend: { show: false },
    pxAlign: 0,
    tzDate: (seconds) => uPlotClass.tzDate(new Date(seconds * 1000), zone),
    cursor: { drag: { x: false, y: false, setScale: false }, y: false, points: { show: false }, focus: { prox: -1 } },
    scales,
    axes: [
      {
        stroke: colours.text2, font: text, size: AXIS, gap: 4, space: shown.narrow ? 70 : 90,
        grid: { stroke: colours.faint, width: 1 }, ticks: { stroke: colours.faint, width: 1, size: 5 },
        values: (_u, at) => momentLabels(at, locale, zone),
      },
      { scale: shown.scales[0]?.name ?? 'c0', size: () => (shown.narrow || shown.overlay ? NARROW_GUTTER : GUTTER), values: () => [], splits: () => [], grid: { show: false }, ticks: { show: false } },
    ],
    series: [
      {},
      ...shown.channels.map((_, i) => ({
        scale: `c${i}`,
        stroke: shown.overlay ? colours.lines[i % colours.lines.length] : colours.ink,
        width: 1.25,
        dash: shown.overlay && i >= colours.lines.length ? [6, 3] : undefined,
        points: points(shown.overlay ? colours.lines[i % colours.lines.length] : colours.ink),
      })),
      ...shown.signals.map((signal) => signalSeries(signal, colours)),
    ],
    hooks: {
      setCursor: [onCursor],
      drawClear: [under],
      draw: [over],
    },
  };
}

/** Points are drawn where they stand far apart or alone. */
function points(colour: string): uPlot.Series.Points {
  return {
    show: true,
    size: 4,
    fill: colour,
    stroke: colour,
    filter: (u, series) => {
      const [from, to] = u.series[0].idxs ?? [0, u.data[0].length - 1];
      const y = u.data[series] as Values;
      const apart = u.bbox.width / devicePixelRatio / Math.max(1, to - from);
      return apart > 9 ? range(from, to).filter((i) => y[i] != null) : alone(y, from, to);
    },
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function signalSeries(signal: Signal, colours: Palette): uPlot.Series {
  const common = { scale: 'signals', points: { show: false } };
  switch (signal) {
    case 'score':
      return { ...common, stroke: colours.model, width: 1.75, fill: faded(colours.model, 0.14), fillTo: 0 } as uPlot.Series;
    case 'error':
      return { ...common, stroke: faded(colours.warn, 0.75), width: 1, fill: faded(colours.warn, 0.18), fillTo: 0 } as uPlot.Series;
    case 'potential':
      return { ...common, stroke: colours.quiet, width: 1.25, dash: [4, 3] };
    case 'novelty':
      return { ...common, stroke: colours.quiet, width: 1, dash: [1, 3] };
  }
}

/** Zones that the browser does not know are shown as UTC. */
export function safeZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}
