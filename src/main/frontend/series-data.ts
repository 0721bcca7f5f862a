import type { Span } from './series-time.ts';

/** What the chart draws of loaded buckets: lines, lanes and their scales. Pure. */

export type Values = (number | null)[];

/** A stretch of a series as the server sends it: the smallest and largest value of each bucket. */
export interface RangeReply extends Span {
  stride: number;
  step: number;
  times: number[];
  channels: { ordinal: number; name: string; unit: string; constant: boolean; min: Values; max: Values }[];
}

export interface Anomaly extends Span {
  id: number;
  fromTime: number;
  toTime: number;
  state: 'SUGGESTED' | 'CONFIRMED' | 'REFUSED' | 'PROPAGATED' | 'EXPECTED';
  severity: number;
  /** A language model's reason, or the known cause. */
  why?: string;
}

/** What the detector says about a stretch. */
export interface LayersReply {
  stride: number;
  times: number[];
  threshold: number | null;
  score: Values;
  error: Values;
  potential: Values;
  novelty: Values;
  anomalies: Anomaly[];
}

export interface SeriesEvent {
  id: number;
  from: number;
  to: number;
  weekly: boolean;
  explains: string;
  everywhere: boolean;
}

export const SIGNALS = ['score', 'error', 'potential', 'novelty'] as const;
export type Signal = (typeof SIGNALS)[number];

/** Lines over one shared axis of ascending moments. `rows`: the bucket of each moment, −1 in a gap. */
export interface Lines {
  x: number[];
  y: Values[];
  rows: number[];
}

/** A distance of two buckets from which on the line is broken: far above the usual one, also where sampling is uneven. */
export function breakAfter(times: readonly number[], usual: number): number {
  const distances = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
  const high = distances[Math.floor(0.9 * (distances.length - 1))] ?? usual;
  return 2.5 * Math.max(usual, high);
}

/**
 * The lines of the channels in the given order. A bucket becomes two points, its smallest and largest value, the one nearer
 * to the line so far first. Gaps, also those in time, become nulls.
 */
export function lines(reply: RangeReply, order: readonly number[]): Lines {
  const { times, stride, step } = reply;
  const wide = stride > 1;
  const limit = breakAfter(times, step * stride);
  const rows: number[] = [];
  const x: number[] = [];
  for (let i = 0; i < times.length; i++) {
    const ahead = i + 1 < times.length ? times[i + 1] - times[i] : step * stride;
    rows.push(i);
    x.push(times[i]);
    if (wide) {
      rows.push(i);
      x.push(times[i] + Math.min(ahead, step * stride) / 2);
    }
    if (ahead > limit && i + 1 < times.length) {
      rows.push(-1);
      x.push(times[i] + Math.min(ahead, step * stride));
    }
  }
  return { x, rows, y: order.map((ordinal) => line(reply.channels.find((one) => one.ordinal === ordinal), rows, wide)) };
}

function line(channel: RangeReply['channels'][number] | undefined, rows: readonly number[], wide: boolean): Values {
  if (!channel) {
    return rows.map(() => null);
  }
  const { min, max } = channel;
  if (!wide) {
    return rows.map((row) => (row < 0 ? null : min[row]));
  }
  const values: Values = [];
  let before = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const low = row < 0 ? null : min[row];
    const high = row < 0 ? null : max[row];
    if (low === null || high === null) {
      values.push(null);
      continue;
    }
    const lowFirst = Math.abs(low - before) <= Math.abs(high - before);
    values.push(lowFirst ? low : high, lowFirst ? high : low);
    before = lowFirst ? high : low;
    i++;
  }
  return values;
}

/** Values of other buckets put onto an axis: each holds until the next begins, the last for one usual distance. */
export function onto(x: readonly number[], times: readonly number[], values: Values): Values {
  const last = times.at(-1) ?? 0;
  const hold = times.length > 1 ? (last - times[0]) / (times.length - 1) : 0;
  let at = -1;
  return x.map((moment) => {
    while (at + 1 < times.length && times[at + 1] <= moment) {
      at++;
    }
    return at < 0 || moment > last + hold ? null : values[at];
  });
}

/** Points without neighbours: a line does not show them. */
export function alone(y: Values, from: number, to: number): number[] {
  const found: number[] = [];
  for (let i = from; i <= to; i++) {
    if (y[i] != null && y[i - 1] == null && y[i + 1] == null) {
      found.push(i);
    }
  }
  return found;
}

export function extremes(y: Values): { min: number; max: number } | null {
  let min = Infinity;
  let max = -Infinity;
  for (const value of y) {
    if (value !== null) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return min > max ? null : { min, max };
}

/** Shares of the plot's height, from below. */
export interface Lane {
  bottom: number;
  top: number;
}

/** `count` lanes from top to bottom, with a little room between. The last one may be higher or lower than the others. */
export function lanes(weights: readonly number[]): Lane[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let top = 1;
  return weights.map((weight) => {
    const height = weight / sum;
    const lane = { bottom: top - height + 0.08 * height, top: top - 0.08 * height };
    top -= height;
    return lane;
  });
}

/** The scale over the whole plot on which [min, max] just fills the lane. */
export function laneScale(range: { min: number; max: number } | null, lane: Lane): [number, number] {
  const { min, max } = range ?? { min: 0, max: 1 };
  const room = max > min ? 0 : Math.abs(max) * 0.05 || 1;
  const low = min - room;
  const high = max + room;
  const whole = (high - low) / (lane.top - lane.bottom);
  return [low - lane.bottom * whole, low + (1 - lane.bottom) * whole];
}

/** How high a lane is drawn: a few are tall, more share the room there is, and all stay readable though one must scroll. */
export function laneHeight(count: number, room: number): number {
  const liked = count <= 1.6 ? 280 : count <= 3 ? 170 : count <= 4 ? 110 : 76;
  return Math.max(34, Math.min(liked, Math.floor(room / Math.max(1, count))));
}

/** A value in few figures. */
export function figure(locale: string, value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined) {
    return '–';
  }
  const size = Math.abs(value);
  const options: Intl.NumberFormatOptions =
    size !== 0 && (size >= 1e6 || size < 1e-3)
      ? { notation: 'scientific', maximumSignificantDigits: 3 }
      : { maximumSignificantDigits: size >= 1000 ? digits + 1 : digits };
  return new Intl.NumberFormat(locale, options).format(value);
}

/** Moments under the axis: as much of date and time as the distance of two marks needs. */
export function momentLabels(at: readonly number[], locale: string, zone: string): string[] {
  const step = at.length > 1 ? at[1] - at[0] : 60;
  const time: Intl.DateTimeFormatOptions =
    step < 1
      ? { minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }
      : step < 60
        ? { hour: '2-digit', minute: '2-digit', second: '2-digit' }
        : { hour: '2-digit', minute: '2-digit' };
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  const month: Intl.DateTimeFormatOptions = { month: 'short', year: 'numeric' };
  const clock = new Intl.DateTimeFormat(locale, { ...time, timeZone: zone, hourCycle: 'h23' });
  const days = new Intl.DateTimeFormat(locale, { ...(step < 25 * 86_400 ? day : month), timeZone: zone });
  let shown = '';
  return at.map((seconds) => {
    const date = days.format(seconds * 1000);
    if (step >= 86_400) {
      return date;
    }
    const text = date === shown ? clock.format(seconds * 1000) : `${clock.format(seconds * 1000)}\n${date}`;
    shown = date;
    return text;
  });
}

/** The whole moment, for a cursor or an edge. */
export function moment(seconds: number, locale: string, zone: string, fine = false): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(fine ? { fractionalSecondDigits: 3 } : {}),
    hourCycle: 'h23',
    timeZone: zone,
  }).format(seconds * 1000);
}
