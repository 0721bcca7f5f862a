/** What the learning curve draws, worked out without a browser. */

export interface Figure {
  value: number;
  low: number;
  high: number;
}

export interface RoundPoint {
  number: number;
  labels: number;
  cost: number;
  seconds: number;
  reported: number;
  accuracy: Figure | null;
  macroF1: Figure | null;
}

/** What is expected with more labels than there are; null where money or time are not known. */
export interface AheadPoint {
  labels: number;
  cost: number | null;
  seconds: number | null;
  accuracy: Figure;
}

export type Axis = 'labels' | 'cost' | 'time';
export type Value = number | null;

export interface CurveSeries {
  x: number[];
  accuracy: Value[];
  accuracyLow: Value[];
  accuracyHigh: Value[];
  macroF1: Value[];
  macroF1Low: Value[];
  macroF1High: Value[];
  ahead: Value[];
  aheadLow: Value[];
  aheadHigh: Value[];
  zeroShot: Value;
  target: Value;
}

/** Where a round stands on an axis; time in the unit of {@link timeUnit}. */
export function position(round: RoundPoint, axis: Axis, unitSeconds: number): number {
  return axis === 'labels' ? round.labels : axis === 'cost' ? round.cost : round.seconds / unitSeconds;
}

export type TimeUnit = 'minute' | 'hour' | 'day';

/** The largest unit in which the last round is not below two. */
export function timeUnit(rounds: RoundPoint[]): { unit: TimeUnit; seconds: number } {
  const last = rounds.length === 0 ? 0 : rounds[rounds.length - 1].seconds;
  if (last >= 2 * 86_400) {
    return { unit: 'day', seconds: 86_400 };
  }
  return last >= 2 * 3_600 ? { unit: 'hour', seconds: 3_600 } : { unit: 'minute', seconds: 60 };
}

/** The points ahead that have a place on the axis. */
export function placed(ahead: AheadPoint[], axis: Axis): AheadPoint[] {
  return ahead.filter((point) => (axis === 'labels' ? point.labels : axis === 'cost' ? point.cost : point.seconds) !== null);
}

/** One value per round and line, then one per point ahead; null where the audit sample says nothing yet. */
export function series(rounds: RoundPoint[], axis: Axis, target: number | null, ahead: AheadPoint[] = []): CurveSeries {
  const seconds = timeUnit(rounds).seconds;
  const fan = placed(ahead, axis);
  const zero = rounds.find((r) => r.number === 0)?.accuracy?.value ?? null;
  const of = (figure: (r: RoundPoint) => Figure | null, part: keyof Figure): Value[] => [
    ...rounds.map((r) => figure(r)?.[part] ?? null),
    ...fan.map(() => null),
  ];
  const expected = (part: keyof Figure): Value[] => [...rounds.map(() => null), ...fan.map((point) => point.accuracy[part])];
  return {
    x: ascending([
      ...rounds.map((r) => position(r, axis, seconds)),
      ...fan.map((point) => (axis === 'labels' ? point.labels : axis === 'cost' ? point.cost! : point.seconds! / seconds)),
    ]),
    accuracy: of((r) => r.accuracy, 'value'),
    accuracyLow: of((r) => r.accuracy, 'low'),
    accuracyHigh: of((r) => r.accuracy, 'high'),
    macroF1: of((r) => r.macroF1, 'value'),
    macroF1Low: of((r) => r.macroF1, 'low'),
    macroF1High: of((r) => r.macroF1, 'high'),
    ahead: expected('value'),
    aheadLow: expected('low'),
    aheadHigh: expected('high'),
    zeroShot: zero,
    target,
  };
}

/** An undone answer can take labels away between two rounds; the line still goes from left to right. */
function ascending(x: number[]): number[] {
  let most = -Infinity;
  return x.map((value) => (most = Math.max(most, value)));
}

const LEAST_WIDTH: Record<Axis, number> = { labels: 25, cost: 1, time: 5 };

/** The x axis from its origin, wide enough for the first round. */
export function xRange(x: number[], axis: Axis): [number, number] {
  const last = x.length === 0 ? 0 : x[x.length - 1];
  return [0, Math.max(last * 1.02, LEAST_WIDTH[axis])];
}

/** The y axis: what is drawn with some air, inside 0 to 1, at least a fifth high. */
export function yRange(values: Value[]): [number, number] {
  const known = values.filter((v): v is number => v !== null && Number.isFinite(v));
  if (known.length === 0) {
    return [0, 1];
  }
  const high = Math.min(1, Math.max(0.2, Math.ceil((Math.max(...known) + 0.02) * 20) / 20));
  const low = Math.max(0, Math.min(high - 0.2, Math.floor((Math.min(...known) - 0.02) * 20) / 20));
  return [low, high];
}

/** The round whose x is nearest; -1 without rounds. */
export function nearest(x: number[], at: number): number {
  let best = -1;
  for (let i = 0; i < x.length; i++) {
    if (best < 0 || Math.abs(x[i] - at) < Math.abs(x[best] - at)) {
      best = i;
    }
  }
  return best;
}

/** A share in per cent, such as '87.2 %'. */
export function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(100 * share) + ' %';
}

/** '87.2 % (84–90)'. */
export function figure(f: Figure, locale: string): string {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return `${percent(f.value, locale)} (${whole.format(100 * f.low)}–${whole.format(100 * f.high)})`;
}
