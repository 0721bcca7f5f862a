import { clamp, type Span } from './series-time.ts';

/** An interval of a series that a person draws. `channels` null: all. Pure. */
export interface Interval extends Span {
  channels: number[] | null;
}

export type Edge = 'from' | 'to';

/** Moves one edge by so many points; it stays in the series and at least one point before or behind the other. */
export function nudged<T extends Span>(interval: T, edge: Edge, by: number, points: number): T {
  return edge === 'from'
    ? { ...interval, from: clamp(interval.from + by, 0, interval.to - 1) }
    : { ...interval, to: clamp(interval.to + by, interval.from + 1, points) };
}

/** What lies between two points, both included, whichever was first. */
export function brushed(one: number, other: number, points: number): Span {
  const from = clamp(Math.round(Math.min(one, other)), 0, points - 1);
  return { from, to: clamp(Math.round(Math.max(one, other)) + 1, from + 1, points) };
}

/** Says a channel belongs to the interval or not; all or none of them means all. */
export function toggled(channels: readonly number[] | null, channel: number, all: readonly number[]): number[] | null {
  const chosen = new Set(channels ?? []);
  if (chosen.has(channel)) {
    chosen.delete(channel);
  } else {
    chosen.add(channel);
  }
  return chosen.size === 0 || chosen.size === all.length ? null : [...chosen].sort((a, b) => a - b);
}

/** The series around an interval: `around` points on each side. */
export function context(interval: Span, around: number, points: number): Span {
  const from = clamp(interval.from - around, 0, points - 1);
  return { from, to: clamp(interval.to + around, from + 1, points) };
}

export interface Press {
  key: string;
  shiftKey?: boolean;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
}

export type ChartCommand =
  | { kind: 'nudge'; by: number }
  | { kind: 'edge'; edge: Edge }
  | { kind: 'pan'; share: number }
  | { kind: 'zoom'; factor: number }
  | { kind: 'home' };

/** What a key means to a chart; arrows move an edge while there is an interval, else the view. */
export function chartCommand(press: Press, hasInterval: boolean): ChartCommand | null {
  if (press.ctrlKey || press.metaKey || press.altKey) {
    return null;
  }
  switch (press.key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      const sign = press.key === 'ArrowLeft' ? -1 : 1;
      return hasInterval ? { kind: 'nudge', by: sign * (press.shiftKey ? 10 : 1) } : { kind: 'pan', share: sign * (press.shiftKey ? 1 : 0.15) };
    }
    case 'ArrowUp':
      return hasInterval ? { kind: 'edge', edge: 'from' } : null;
    case 'ArrowDown':
      return hasInterval ? { kind: 'edge', edge: 'to' } : null;
    case 'PageUp':
      return { kind: 'pan', share: -0.5 };
    case 'PageDown':
      return { kind: 'pan', share: 0.5 };
    case '+':
    case '=':
      return { kind: 'zoom', factor: 0.5 };
    case '-':
    case '_':
      return { kind: 'zoom', factor: 2 };
    case 'Home':
      return { kind: 'home' };
    default:
      return null;
  }
}
