import type uPlot from 'uplot';
import type { Anomaly, Lane, SeriesEvent } from './series-data.ts';
import type { Edge, Interval } from './series-interval.ts';
import type { TimeMap } from './series-time.ts';

/** What the chart draws beneath and above its lines: events, anomalies by state, the interval. Sizes are CSS pixels. */

export interface Palette {
  ink: string;
  faint: string;
  text: string;
  text2: string;
  surface: string;
  accent: string;
  person: string;
  model: string;
  propagated: string;
  quiet: string;
  warn: string;
  lines: string[];
}

const TOKENS: Record<Exclude<keyof Palette, 'lines'>, string> = {
  ink: '--series-ink',
  faint: '--color-line',
  text: '--color-text',
  text2: '--color-text-2',
  surface: '--color-surface',
  accent: '--color-accent',
  person: '--origin-person',
  model: '--origin-model',
  propagated: '--origin-propagated',
  quiet: '--origin-gold',
  warn: '--color-warn',
};
const LINES = 8;

/** Tokens as plain colours: the canvas knows neither variables nor light-dark(). */
export function palette(root: ParentNode): Palette {
  const probe = document.createElement('span');
  root.append(probe);
  const read = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, read(token)])) as unknown as Palette;
  found.lines = Array.from({ length: LINES }, (_, i) => read(`--series-${i + 1}`));
  probe.remove();
  return found;
}

export function faded(colour: string, alpha: number): string {
  return colour.replace(/^rgb\(([^)]+)\)$/, (_, inner: string) => `rgb(${inner.replaceAll(',', ' ')} / ${alpha})`);
}

/** A state's colour and shape: the model suggests ▲, people confirm ●, refuse ○ or expect ◍, propagation passes on ◌. */
export function anomalyLook(state: Anomaly['state'], colours: Palette): { colour: string; shape: string; band: number; dash: number[] } {
  switch (state) {
    case 'SUGGESTED':
      return { colour: colours.model, shape: '▲', band: 0.13, dash: [] };
    case 'CONFIRMED':
      return { colour: colours.person, shape: '●', band: 0.16, dash: [] };
    case 'REFUSED':
      return { colour: colours.person, shape: '○', band: 0, dash: [2, 3] };
    case 'EXPECTED':
      return { colour: colours.person, shape: '◍', band: 0.05, dash: [2, 3] };
    case 'PROPAGATED':
      return { colour: colours.propagated, shape: '◌', band: 0.1, dash: [5, 4] };
  }
}

/** Height of the strip above the lanes in which events and anomalies have their signs. */
export const STRIP = 20;

function scaled(u: uPlot, work: (ctx: CanvasRenderingContext2D, box: { left: number; top: number; width: number; height: number }) => void): void {
  const ratio = devicePixelRatio;
  const { ctx, bbox } = u;
  ctx.save();
  ctx.scale(ratio, ratio);
  work(ctx, { left: bbox.left / ratio, top: bbox.top / ratio, width: bbox.width / ratio, height: bbox.height / ratio });
  ctx.restore();
}

/** Left and right of a stretch of time in the plot, at least two pixels wide; null: not in view. */
function across(u: uPlot, left: number, width: number, min: number, max: number): [number, number] | null {
  const a = left + u.valToPos(min, 'x');
  const b = left + u.valToPos(max, 'x');
  if (b < left || a > left + width) {
    return null;
  }
  const wide = Math.max(2, b - a);
  const from = b - a < 2 ? (a + b) / 2 - 1 : a;
  return [Math.max(left, from), Math.min(left + width, from + wide)];
}

export function drawEvents(u: uPlot, events: readonly SeriesEvent[], colours: Palette): void {
  scaled(u, (ctx, box) => {
    ctx.beginPath();
    ctx.rect(box.left, 0, box.width, box.top + box.height);
    ctx.clip();
    let free = -Infinity;
    for (const event of events) {
      const at = across(u, box.left, box.width, event.from, event.to);
      if (!at) {
        continue;
      }
      ctx.fillStyle = faded(colours.quiet, 0.12);
      ctx.fillRect(at[0], box.top, at[1] - at[0], box.height);
      ctx.fillStyle = colours.quiet;
      ctx.fillRect(at[0], box.top - 2, at[1] - at[0], 2);
      ctx.font = `600 11px ${getComputedStyle(u.root).fontFamily}`;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'bottom';
      if (at[0] >= free) {
        const text = clipped(ctx, `${event.weekly ? '↻ ' : '⚑ '}${event.explains}`, Math.max(90, at[1] - at[0]));
        ctx.fillText(text, at[0] + 2, box.top - 3);
        free = at[0] + ctx.measureText(text).width + 8;
      }
    }
  });
}

function clipped(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  let shown = text;
  while (shown.length > 2 && ctx.measureText(shown).width > room) {
    shown = `${shown.slice(0, -2).trimEnd()}…`;
  }
  return shown;
}

export function drawAnomalies(u: uPlot, anomalies: readonly Anomaly[], chosen: number | null, colours: Palette): void {
  scaled(u, (ctx, box) => {
    let last = -Infinity;
    for (const anomaly of anomalies) {
      const at = across(u, box.left, box.width, anomaly.fromTime, anomaly.toTime);
      if (!at) {
        continue;
      }
      const look = anomalyLook(anomaly.state, colours);
      const strong = anomaly.id === chosen;
      ctx.fillStyle = faded(look.colour, look.band * (strong ? 2 : 1));
      ctx.fillRect(at[0], box.top, at[1] - at[0], box.height);
      ctx.strokeStyle = look.colour;
      ctx.lineWidth = strong ? 2 : 1;
      ctx.setLineDash(look.dash);
      ctx.beginPath();
      ctx.moveTo(at[0], box.top + 1);
      ctx.lineTo(at[1], box.top + 1);
      if (strong || look.dash.length > 0) {
        ctx.rect(at[0], box.top, at[1] - at[0], box.height);
      }
      ctx.stroke();
      ctx.setLineDash([]);
      const middle = (at[0] + at[1]) / 2;
      if (middle - last > 11) {
        ctx.fillStyle = look.colour;
        ctx.font = '11px sans-serif';
        ctx.textAlign = 'center';
        ctx.textBaseline = 'bottom';
        ctx.fillText(look.shape, middle, box.top + box.height + 1);
        last = middle;
      }
    }
  });
}

export interface DrawnInterval {
  interval: Interval;
  edge: Edge;
  /** Lanes it is about; null: all. */
  lanes: Lane[] | null;
}

export function drawInterval(u: uPlot, map: TimeMap, drawn: DrawnInterval, colours: Palette): void {
  scaled(u, (ctx, box) => {
    const left = box.left + u.valToPos(map.edge(drawn.interval.from), 'x');
    const right = box.left + u.valToPos(map.edge(drawn.interval.to), 'x');
    const from = Math.max(box.left, left);
    const to = Math.min(box.left + box.width, Math.max(right, left + 2));
    if (to <= from) {
      return;
    }
    ctx.fillStyle = faded(colours.accent, 0.14);
    for (const lane of drawn.lanes ?? [{ bottom: 0, top: 1 }]) {
      ctx.fillRect(from, box.top + (1 - lane.top) * box.height, to - from, (lane.top - lane.bottom) * box.height);
    }
    for (const [edge, x] of [['from', left], ['to', Math.max(right, left + 2)]] as const) {
      if (x < box.left - 1 || x > box.left + box.width + 1) {
        continue;
      }
      const active = edge === drawn.edge;
      ctx.fillStyle = colours.accent;
      ctx.fillRect(x - (active ? 1.5 : 0.5), box.top, active ? 3 : 1, box.height);
      ctx.beginPath();
      ctx.roundRect(x - (active ? 4 : 3), box.top + box.height / 2 - 14, active ? 8 : 6, 28, 3);
      ctx.fill();
    }
  });
}

/** A dashed line through a lane at one of its values, with a word at its end. */
export function drawLevel(u: uPlot, scale: string, value: number, word: string, colour: string): void {
  scaled(u, (ctx, box) => {
    const y = box.top + u.valToPos(value, scale);
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.setLineDash([5, 4]);
    ctx.beginPath();
    ctx.moveTo(box.left, y);
    ctx.lineTo(box.left + box.width, y);
    ctx.stroke();
    ctx.font = `11px ${getComputedStyle(u.root).fontFamily}`;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'bottom';
    ctx.fillText(word, box.left + box.width - 4, y - 1);
  });
}

/** The figures at the ends of each lane, and the line between lanes. */
export function drawLanes(u: uPlot, drawn: readonly { lane: Lane; low: string; high: string }[], colours: Palette): void {
  scaled(u, (ctx, box) => {
    ctx.font = `11px ${getComputedStyle(u.root).fontFamily}`;
    ctx.textAlign = 'right';
    drawn.forEach((one, i) => {
      const high = box.top + (1 - one.lane.top) * box.height;
      const low = box.top + (1 - one.lane.bottom) * box.height;
      ctx.fillStyle = colours.text2;
      if (one.high === one.low) {
        ctx.textBaseline = 'middle';
        ctx.fillText(one.high, box.left - 6, (high + low) / 2);
      } else {
        ctx.textBaseline = 'top';
        ctx.fillText(one.high, box.left - 6, high);
        ctx.textBaseline = 'bottom';
        ctx.fillText(one.low, box.left - 6, low);
      }
      if (i > 0) {
        const y = box.top + (1 - (one.lane.top + drawn[i - 1].lane.bottom) / 2) * box.height;
        ctx.fillStyle = colours.faint;
        ctx.fillRect(box.left, Math.round(y), box.width, 1);
      }
    });
  });
}
