import type { LayersReply, RangeReply, SeriesEvent } from './series-data.ts';
import { NotLoaded, type SeriesInfo, type SeriesSource } from './series-source.ts';
import { plan, type Span, suffices, TimeMap } from './series-time.ts';

export type Problem = 'forbidden' | 'missing' | 'unreachable';

/** What a chart wants to show of its series. */
export interface Want {
  span: Span;
  pixels: number;
  channels: readonly number[];
  layers: boolean;
}

const SOON = 40;
const RETRY = 3_000;

/**
 * Keeps one chart's series loaded: what is in view, sharply; one request at a time, the newest wish wins. What was loaded
 * stays until something better is there.
 */
export class SeriesLoader {
  info: SeriesInfo | null = null;
  map: TimeMap | null = null;
  overview: RangeReply | null = null;
  overviewSaid: LayersReply | null = null;
  loaded: RangeReply | null = null;
  said: LayersReply | null = null;
  events: SeriesEvent[] = [];
  problem: Problem | null = null;
  loading = false;

  private readonly source: SeriesSource;
  private readonly changed: (what: 'loaded' | 'overview' | 'said' | 'events' | 'problem') => void;
  private base = '';
  private life = new AbortController();
  private request = new AbortController();
  private wanted: Want | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private noLayers = false;
  private asked = '';

  constructor(source: SeriesSource, changed: SeriesLoader['changed']) {
    this.source = source;
    this.changed = changed;
  }

  /** Begins with another series; rejects only if it was closed meanwhile. */
  async open(base: string, id: number): Promise<SeriesInfo | null> {
    this.close();
    this.base = base;
    const life = this.life.signal;
    try {
      const info = await this.source.info(base, id, life);
      this.info = info;
      this.map = new TimeMap(info.points, seconds(info.startsAt), seconds(info.endsAt), info.stepSeconds || 1);
      void this.readEvents();
      return info;
    } catch (error) {
      this.fail(error, life);
      return null;
    }
  }

  /** Forgets everything; nothing that is under way will be told. */
  close(): void {
    this.life.abort();
    this.stopAsking();
    this.life = new AbortController();
    this.info = this.map = this.overview = this.overviewSaid = this.loaded = this.said = this.wanted = null;
    this.events = [];
    this.problem = null;
    this.loading = this.noLayers = false;
  }

  /** The whole series, for the picture below. */
  async readOverview(pixels: number, channel: number): Promise<void> {
    const { info, life } = this;
    if (!info) {
      return;
    }
    const whole = { from: 0, to: info.points, width: Math.max(64, Math.ceil(pixels / 64) * 64) };
    try {
      const overview = await this.source.range(this.base, info.id, whole, [channel], life.signal);
      if (!life.signal.aborted) {
        this.overview = overview;
        this.map?.learn(overview.from, overview.stride, overview.times);
        this.changed('overview');
        if (!this.noLayers) {
          this.overviewSaid = await this.layers(whole, life.signal);
          this.changed('overview');
        }
      }
    } catch (error) {
      this.fail(error, life.signal);
    }
  }

  /** Says what should be there; asked for only if what is there does not do. `now`: without waiting for further wishes. True: it is there. */
  want(want: Want, now = false): boolean {
    this.wanted = want;
    const there = this.has(want);
    if (there || now) {
      this.stopAsking();
    }
    if (!there && now) {
      void this.load(want);
    } else if (!there) {
      this.timer ??= setTimeout(() => this.ask(), SOON);
    }
    return there;
  }

  /** After a moment of panning: asks unless just this is under way. */
  private ask(): void {
    this.timer = undefined;
    if (this.wanted && !this.has(this.wanted) && key(this.wanted, this.info) !== this.asked) {
      void this.load(this.wanted);
    }
  }

  private stopAsking(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.request.abort();
    this.asked = '';
    this.loading = false;
  }

  /** The same stretch again: verdicts, scores or events changed. */
  refresh(): void {
    this.source.forgetSaid();
    this.noLayers = false;
    void this.readEvents();
    if (this.wanted && this.loaded) {
      void this.readSaid(this.wanted, this.request.signal);
    }
  }

  private has(want: Want): boolean {
    const { loaded } = this;
    return (
      loaded !== null && suffices(loaded, want.span, want.pixels) &&
      want.channels.every((ordinal) => loaded.channels.some((one) => one.ordinal === ordinal)) &&
      (!want.layers || this.noLayers || this.said !== null)
    );
  }

  private async load(want: Want): Promise<void> {
    const { info } = this;
    if (!info) {
      return;
    }
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.asked = key(want, info);
    this.loading = true;
    try {
      const range = await this.source.range(this.base, info.id, plan(want.span, info.points, want.pixels), want.channels, signal);
      if (signal.aborted) {
        return;
      }
      this.loading = false;
      this.problem = null;
      this.loaded = range;
      this.map?.learn(range.from, range.stride, range.times);
      this.changed('loaded');
      if (want.layers && !this.noLayers) {
        await this.readSaid(want, signal);
      }
      this.asked = '';
    } catch (error) {
      this.fail(error, signal);
    }
  }

  private async readSaid(want: Want, signal: AbortSignal): Promise<void> {
    const { info } = this;
    const said = info && (await this.layers(plan(want.span, info.points, want.pixels), signal));
    if (!signal.aborted) {
      this.said = said;
      this.changed('said');
    }
  }

  /** Null while no run has said anything about the series. */
  private async layers(stretch: Span & { width: number }, signal: AbortSignal): Promise<LayersReply | null> {
    try {
      return await this.source.layers(this.base, this.info!.id, stretch, signal);
    } catch (error) {
      if (error instanceof NotLoaded) {
        this.noLayers = true;
      }
      return null;
    }
  }

  private async readEvents(): Promise<void> {
    const { info, life } = this;
    try {
      this.events = info ? await this.source.events(this.base, info.id, life.signal) : [];
      if (!life.signal.aborted) {
        this.changed('events');
      }
    } catch {
      // the chart goes without them
    }
  }

  private fail(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) {
      return;
    }
    this.loading = false;
    this.asked = '';
    const status = error instanceof NotLoaded ? error.status : 0;
    this.problem = status === 401 || status === 403 ? 'forbidden' : status === 404 ? 'missing' : 'unreachable';
    this.changed('problem');
    if (this.problem === 'unreachable' && this.wanted) {
      const wanted = this.wanted;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.timer = undefined;
        void this.load(this.wanted ?? wanted);
      }, RETRY);
    }
  }
}

function key(want: Want, info: SeriesInfo | null): string {
  return info ? JSON.stringify([plan(want.span, info.points, want.pixels), want.channels, want.layers]) : '';
}

function seconds(instant: string | number): number {
  return typeof instant === 'number' ? instant : Date.parse(instant) / 1000;
}
