import type { SeriesWindow } from './deck-session.ts';
import type { RangeReply } from './series-data.ts';
import { context } from './series-interval.ts';
import { type Oddness, oddest } from './series-odd.ts';
import type { SeriesInfo, SeriesSource } from './series-source.ts';
import { plan, type Span, TimeMap } from './series-time.ts';

/** What is known of the place in a series that a question is about. */
export interface Place {
  info: SeriesInfo;
  map: TimeMap;
  suggested: Span;
  /** What the chart shows at first. */
  focus: Span;
  /** All channels, the oddest first. */
  odd: Oddness[];
  /** Those that matter. */
  channels: number[];
  reply: RangeReply;
}

/** Ten windows of 25 points on each side: what a person needs to see to judge one. */
const AROUND = 250;
const MOST = 6;
const CLEARLY = 2.5;

/** The stretch around a window; a long interval gets more. */
export function around(window: SeriesWindow, points: number): Span {
  const from = Math.min(window.suggestedFrom, window.point);
  const to = Math.max(window.suggestedTo, window.point + 1);
  return context({ from, to }, Math.max(AROUND, 3 * (to - from)), points);
}

/** The channels worth a look at once: those clearly odd, at least three if there are so many, at most six. */
export function worthALook(odd: readonly Oddness[], constant: ReadonlySet<number>): number[] {
  const live = odd.filter((one) => !constant.has(one.ordinal));
  const clearly = live.filter((one) => one.size >= CLEARLY).length;
  const chosen = live.slice(0, Math.min(MOST, Math.max(3, clearly)));
  return (chosen.length > 0 ? chosen : odd.slice(0, 1)).map((one) => one.ordinal);
}

/** Reads the place of a window; the same again comes from what is kept. */
export async function readPlace(source: SeriesSource, base: string, window: SeriesWindow, pixels: number): Promise<Place> {
  const info = await source.info(base, window.seriesId);
  const focus = around(window, info.points);
  const suggested = { from: window.suggestedFrom, to: window.suggestedTo };
  const reply = await source.range(base, info.id, plan(focus, info.points, pixels), null);
  const map = new TimeMap(info.points, Date.parse(info.startsAt) / 1000, Date.parse(info.endsAt) / 1000, info.stepSeconds || 1);
  map.learn(reply.from, reply.stride, reply.times);
  const odd = oddest(reply, suggested);
  return { info, map, suggested, focus, odd, reply, channels: worthALook(odd, new Set(info.channels.filter((one) => one.constant).map((one) => one.ordinal))) };
}
