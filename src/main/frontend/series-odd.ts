import type { RangeReply, Values } from './series-data.ts';
import type { Span } from './series-time.ts';

/** What is odd about an interval, read from the values around it: which channels matter and in what word. Pure. */

export type Shape = 'spike' | 'dip' | 'rise' | 'drop' | 'unrest' | 'stillness' | 'gap' | 'stretch';

/** How far a channel's values in the interval are from those around, in robust deviations. */
export interface Oddness {
  ordinal: number;
  size: number;
  shape: Shape;
}

const SHORT = 4;
/** The surroundings are as long as the interval twice on each side, and at least so many points. */
const NEAR = 60;

/** All channels, the oddest first; constant ones and equals keep their order. */
export function oddest(reply: RangeReply, interval: Span): Oddness[] {
  const near = Math.max(NEAR, 2 * (interval.to - interval.from));
  const first = reply.from;
  const within = (span: Span) => reply.times.map((_, i) => first + i * reply.stride < span.to && first + (i + 1) * reply.stride > span.from);
  const inside = within(interval);
  const close = within({ from: interval.from - near, to: interval.to + near });
  return reply.channels
    .map((channel) => oddness(channel.ordinal, channel.min, channel.max, inside, close, interval.to - interval.from))
    .sort((a, b) => b.size - a.size);
}

function oddness(ordinal: number, min: Values, max: Values, inside: readonly boolean[], close: readonly boolean[], length: number): Oddness {
  const within: number[] = [];
  const around: number[] = [];
  let missing = 0;
  for (let i = 0; i < inside.length; i++) {
    const low = min[i];
    const high = max[i];
    if (!close[i]) {
      continue;
    }
    if (low === null || high === null) {
      missing += inside[i] ? 1 : 0;
    } else {
      (inside[i] ? within : around).push((low + high) / 2);
    }
  }
  if (within.length === 0 || around.length < 3) {
    return { ordinal, size: missing > 0 && around.length >= 3 ? 3 : 0, shape: missing > 0 ? 'gap' : 'stretch' };
  }
  const centre = median(around);
  const unit = spread(around, centre);
  const level = median(within) - centre;
  const extreme = within.reduce((most, value) => (Math.abs(value - centre) > Math.abs(most) ? value - centre : most), 0);
  const calm = spread(within, median(within)) / unit;
  const size = Math.max(Math.abs(level), Math.abs(extreme) / 1.5) / unit;
  if (size >= 3) {
    const brief = length <= SHORT || Math.abs(level) < 0.4 * Math.abs(extreme);
    return { ordinal, size, shape: extreme > 0 ? (brief ? 'spike' : 'rise') : brief ? 'dip' : 'drop' };
  }
  if (calm > 2.5) {
    return { ordinal, size: Math.max(size, calm), shape: 'unrest' };
  }
  return { ordinal, size, shape: calm < 0.1 && within.length > SHORT && size > 0 ? 'stillness' : 'stretch' };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median deviation, or for mostly constant values the mean one; never 0. */
function spread(values: readonly number[], centre: number): number {
  const deviations = values.map((value) => Math.abs(value - centre));
  const robust = 1.4826 * median(deviations);
  const mean = deviations.reduce((a, b) => a + b, 0) / deviations.length;
  return Math.max(robust, 0.3 * mean) || 1e-9 + Math.abs(centre) * 1e-6;
}
