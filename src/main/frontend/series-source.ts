import type { LayersReply, RangeReply, SeriesEvent } from './series-data.ts';
import type { Plan } from './series-time.ts';

/** A series as its chart needs to know it. */
export interface SeriesInfo {
  id: number;
  projectId: number;
  name: string;
  channels: { ordinal: number; name: string; unit: string; description: string; constant: boolean; missing: number }[];
  points: number;
  history: number;
  stepSeconds: number;
  startsAt: string;
  endsAt: string;
  zone: string;
}

/** Why a stretch did not come. */
export class NotLoaded extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

interface Entry {
  value: Promise<unknown>;
  abort: AbortController;
  waiting: number;
  done: boolean;
  until: number;
}

type Fetch = (url: string, init: RequestInit) => Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>;

const SOON = 10_000;

/**
 * Reads series from the server. What was read lately is kept, a few stretches only; two who want the same wait for one
 * answer, and a request nobody waits for any more is aborted.
 */
export class SeriesSource {
  private readonly entries = new Map<string, Entry>();
  private readonly fetch: Fetch;
  private readonly capacity: number;
  private readonly now: () => number;

  constructor(fetch: Fetch, capacity = 32, now: () => number = () => Date.now()) {
    this.fetch = fetch;
    this.capacity = capacity;
    this.now = now;
  }

  info(base: string, id: number, signal?: AbortSignal): Promise<SeriesInfo> {
    return this.get(`${base}/${id}`, Infinity, signal) as Promise<SeriesInfo>;
  }

  range(base: string, id: number, plan: Plan, channels: readonly number[] | null, signal?: AbortSignal): Promise<RangeReply> {
    const some = channels === null ? '' : `&channels=${[...channels].sort((a, b) => a - b).join(',')}`;
    return this.get(`${base}/${id}/range?${stretch(plan)}${some}`, Infinity, signal) as Promise<RangeReply>;
  }

  layers(base: string, id: number, plan: Plan, signal?: AbortSignal): Promise<LayersReply> {
    return this.get(`${base}/${id}/layers?${stretch(plan)}`, SOON, signal) as Promise<LayersReply>;
  }

  events(base: string, id: number, signal?: AbortSignal): Promise<SeriesEvent[]> {
    return this.get(`${base}/${id}/events`, SOON, signal) as Promise<SeriesEvent[]>;
  }

  /** What the detector and people said may have changed. */
  forgetSaid(): void {
    for (const [url, entry] of this.entries) {
      if (entry.until !== Infinity) {
        this.entries.delete(url);
      }
    }
  }

  get size(): number {
    return this.entries.size;
  }

  private get(url: string, keep: number, signal?: AbortSignal): Promise<unknown> {
    let entry = this.entries.get(url);
    if (entry && entry.done && entry.until < this.now()) {
      this.entries.delete(url);
      entry = undefined;
    }
    entry ??= this.ask(url, keep);
    this.entries.delete(url); // and in again: the newest are last
    this.entries.set(url, entry);
    this.trim();
    return entry.done || !signal ? entry.value : this.wait(url, entry, signal);
  }

  private ask(url: string, keep: number): Entry {
    const abort = new AbortController();
    const entry: Entry = { value: Promise.resolve(), abort, waiting: 0, done: false, until: Infinity };
    entry.until = keep === Infinity ? Infinity : this.now() + keep;
    entry.value = this.fetch(url, { signal: abort.signal, headers: { Accept: 'application/json' }, credentials: 'same-origin', redirect: 'manual' })
      .then((response) => {
        if (!response.ok) {
          throw new NotLoaded(response.status);
        }
        return response.json();
      })
      .then(
        (value) => {
          entry.done = true;
          return value;
        },
        (error: unknown) => {
          if (this.entries.get(url) === entry) {
            this.entries.delete(url);
          }
          throw error;
        },
      );
    entry.value.catch(() => undefined);
    return entry;
  }

  private wait(url: string, entry: Entry, signal: AbortSignal): Promise<unknown> {
    entry.waiting++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal.reason);
        if (--entry.waiting === 0 && !entry.done) {
          this.entries.delete(url);
          entry.abort.abort();
        }
      };
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener('abort', leave, { once: true });
      entry.value.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  private trim(): void {
    for (const [url, entry] of this.entries) {
      if (this.entries.size <= this.capacity) {
        return;
      }
      if (entry.done) {
        this.entries.delete(url);
      }
    }
  }
}

function stretch(plan: Plan): string {
  return `from=${plan.from}&to=${plan.to}&width=${plan.width}`;
}

/** One for all charts of the page, so that a stretch fetched ahead is there when its chart comes. */
export const pageSource = new SeriesSource((url, init) => fetch(url, init));
