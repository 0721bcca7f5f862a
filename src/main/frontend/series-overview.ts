import { type Anomaly, breakAfter, type RangeReply } from './series-data.ts';
import { anomalyLook, faded, type Palette } from './series-draw.ts';
import type { Span, TimeMap, View } from './series-time.ts';

/** What the picture of the whole series shows. */
export interface Overview {
  reply: RangeReply | null;
  map: TimeMap;
  whole: View;
  view: View;
  interval: Span | null;
  anomalies: readonly Anomaly[];
}

/** Draws the whole series small: one channel, the anomalies, and which part is in view. */
export function drawOverview(canvas: HTMLCanvasElement, overview: Overview, colours: Palette): void {
  const ratio = devicePixelRatio;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (width === 0) {
    return;
  }
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const ctx = canvas.getContext('2d')!;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, width, height);
  const { whole, view, map } = overview;
  const x = (time: number) => ((time - whole.min) / (whole.max - whole.min)) * width;
  drawEnvelope(ctx, overview, x, height, colours.quiet);
  for (const anomaly of overview.anomalies) {
    const look = anomalyLook(anomaly.state, colours);
    const from = x(anomaly.fromTime);
    ctx.fillStyle = look.colour;
    ctx.fillRect(from, height - 5, Math.max(2, x(anomaly.toTime) - from), 5);
  }
  if (overview.interval) {
    const from = x(map.edge(overview.interval.from));
    ctx.fillStyle = colours.accent;
    ctx.fillRect(from - 0.5, 0, Math.max(2, x(map.edge(overview.interval.to)) - from), height);
  }
  const left = x(view.min);
  const right = Math.max(left + 4, x(view.max));
  ctx.fillStyle = faded(colours.surface, 0.62);
  ctx.fillRect(0, 0, left, height);
  ctx.fillRect(right, 0, width - right, height);
  ctx.strokeStyle = colours.accent;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(left + 0.75, 0.75, right - left - 1.5, height - 1.5);
}

function drawEnvelope(ctx: CanvasRenderingContext2D, { reply }: Overview, x: (time: number) => number, height: number, colour: string): void {
  const channel = reply?.channels[0];
  if (!reply || !channel) {
    return;
  }
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < reply.times.length; i++) {
    low = Math.min(low, channel.min[i] ?? Infinity);
    high = Math.max(high, channel.max[i] ?? -Infinity);
  }
  const room = high > low ? high - low : 1;
  const y = (value: number) => height - 8 - ((value - low) / room) * (height - 14);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.beginPath();
  let on = false;
  const limit = breakAfter(reply.times, reply.step * reply.stride);
  for (let i = 0; i < reply.times.length; i++) {
    const min = channel.min[i];
    const max = channel.max[i];
    if (min === null || max === null) {
      on = false;
      continue;
    }
    const at = x(reply.times[i]);
    if (on && reply.times[i] - reply.times[i - 1] <= limit) {
      ctx.lineTo(at, y(min));
    } else {
      ctx.moveTo(at, y(min));
    }
    ctx.lineTo(at, y(max));
    on = true;
  }
  ctx.stroke();
}

/** Drags the part in view; a press beside it brings it there. Times come in shares of the whole. */
export function overviewGestures(canvas: HTMLElement, part: () => { from: number; to: number }, move: (from: number) => void, signal: AbortSignal): void {
  let grip: number | null = null;
  const share = (event: PointerEvent) => {
    const box = canvas.getBoundingClientRect();
    return (event.clientX - box.left) / box.width;
  };
  canvas.addEventListener(
    'pointerdown',
    (event) => {
      canvas.setPointerCapture(event.pointerId);
      const at = share(event);
      const { from, to } = part();
      grip = at >= from && at <= to ? at - from : (to - from) / 2;
      move(at - grip);
    },
    { signal },
  );
  canvas.addEventListener('pointermove', (event) => grip !== null && move(share(event) - grip), { signal });
  const end = () => (grip = null);
  canvas.addEventListener('pointerup', end, { signal });
  canvas.addEventListener('pointercancel', end, { signal });
}
