/** Points and moments: a series counts points, its chart shows time. Pure. */

/** Points of a series; `to` is the point after the last. */
export interface Span {
  from: number;
  to: number;
}

/** Seconds on the time axis. */
export interface View {
  min: number;
  max: number;
}

interface Segment {
  points: number[];
  times: number[];
}

/**
 * Knows when each point was, as exactly as what was loaded allows: whole series coarsely, the stretch in view to the point.
 */
export class TimeMap {
  readonly points: number;
  private readonly step: number;
  private segments: Segment[];

  /** @param first and last: seconds of the first and the last point */
  constructor(points: number, first: number, last: number, step: number) {
    this.points = points;
    this.step = step;
    this.segments = [
      points > 1 ? { points: [0, points - 1], times: [first, last] } : { points: [0, 1], times: [first, first + step] },
    ];
  }

  /** Times of every `stride`-th point from a point on. Later knowledge goes before earlier where it is finer. */
  learn(from: number, stride: number, times: readonly number[]): void {
    if (times.length < 2) {
      return;
    }
    const segment = { points: times.map((_, i) => from + i * stride), times: [...times] };
    const coarse = this.segments[0];
    const overview = stride * times.length >= this.points * 0.9;
    const kept = this.segments.slice(1).filter((one) => (overview ? strideOf(one) < stride : isOverview(one, this.points)));
    this.segments = overview ? [coarse, segment, ...kept] : [coarse, ...kept, segment];
  }

  /** The moment of a point; fractions and points outside are taken between and beyond. */
  time(point: number): number {
    const known = this.segments.findLast((one) => one.points[0] <= point && point <= one.points.at(-1)!);
    if (known) {
      return between(known.points, known.times, point);
    }
    const all = this.segments[0];
    return point < 0 ? all.times[0] + point * this.step : all.times.at(-1)! + (point - all.points.at(-1)!) * this.step;
  }

  /** The point at a moment, with its fraction. */
  point(time: number): number {
    const known = this.segments.findLast((one) => one.times[0] <= time && time <= one.times.at(-1)!);
    if (known) {
      return between(known.times, known.points, time);
    }
    const all = this.segments[0];
    return time < all.times[0] ? (time - all.times[0]) / this.step : all.points.at(-1)! + (time - all.times.at(-1)!) / this.step;
  }

  /** Where the points before and from this one part. */
  edge(point: number): number {
    return (this.time(point - 1) + this.time(point)) / 2;
  }

  /** From the edge of the first point to the edge behind the last. */
  view(span: Span): View {
    return { min: this.edge(span.from), max: this.edge(span.to) };
  }

  /** The points whose moments are in view; at least one. */
  span(view: View): Span {
    const from = clamp(Math.ceil(this.point(view.min) - 1e-6), 0, this.points - 1);
    return { from, to: clamp(Math.floor(this.point(view.max) + 1e-6) + 1, from + 1, this.points) };
  }
}

function strideOf(segment: Segment): number {
  return segment.points[1] - segment.points[0];
}

function isOverview(segment: Segment, points: number): boolean {
  return segment.points.length * strideOf(segment) >= points * 0.9;
}

/** Linear between neighbours; `xs` ascend. */
function between(xs: readonly number[], ys: readonly number[], x: number): number {
  let low = 0;
  let high = xs.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle] <= x) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const width = xs[high] - xs[low];
  return width === 0 ? ys[low] : ys[low] + ((ys[high] - ys[low]) * (x - xs[low])) / width;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

/** Moves a view within the whole, keeping its width. */
export function panned(view: View, seconds: number, whole: View): View {
  const width = Math.min(view.max - view.min, whole.max - whole.min);
  const min = clamp(view.min + seconds, whole.min, whole.max - width);
  return { min, max: min + width };
}

/** Narrows (factor < 1) or widens a view around a moment. */
export function zoomed(view: View, at: number, factor: number, whole: View, narrowest: number): View {
  const width = clamp((view.max - view.min) * factor, Math.min(narrowest, whole.max - whole.min), whole.max - whole.min);
  const share = (at - view.min) / (view.max - view.min);
  return panned({ min: at - share * width, max: at + (1 - share) * width }, 0, whole);
}

/** The stretch to load for a view: half a view more on each side, on a grid so that a little panning asks for the same. */
export interface Plan extends Span {
  /** Pixels there are for it. */
  width: number;
}

const WIDEST = 8_000;
/** Buckets a pixel: each draws two values. */
const SHARP = 0.8;

export function plan(visible: Span, points: number, pixels: number): Plan {
  const span = Math.max(1, visible.to - visible.from);
  const grid = 2 ** Math.max(0, Math.round(Math.log2(span / 4)));
  const from = clamp(Math.floor((visible.from - span / 2) / grid) * grid, 0, points - 1);
  const to = clamp(Math.ceil((visible.to + span / 2) / grid) * grid, from + 1, points);
  return { from, to, width: Math.min(WIDEST, Math.max(64, Math.ceil((SHARP * pixels * (to - from)) / span / 64) * 64)) };
}

/** Whether what is loaded shows the view as sharply as the pixels allow. */
export function suffices(loaded: Span & { stride: number }, visible: Span, pixels: number): boolean {
  const there = loaded.from <= visible.from && loaded.to >= visible.to;
  return there && (loaded.stride === 1 || (visible.to - visible.from) / loaded.stride >= 0.35 * pixels);
}
