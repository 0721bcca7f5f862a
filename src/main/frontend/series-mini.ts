import { type Values } from './series-data.ts';
import { faded, type Palette } from './series-draw.ts';
import type { Place } from './series-place.ts';

/** Draws a place small: its leading channel, the suggested interval shaded. */
export function drawMini(canvas: HTMLCanvasElement, place: Place, colours: Palette): void {
  const ratio = devicePixelRatio;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const ctx = canvas.getContext('2d')!;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const { reply, suggested } = place;
  const length = suggested.to - suggested.from;
  const room = Math.max(40, 2 * length);
  const x = (point: number) => ((point - (suggested.from - room)) / (length + 2 * room)) * width;
  ctx.fillStyle = faded(colours.accent, 0.16);
  ctx.fillRect(x(suggested.from), 0, Math.max(3, x(suggested.to) - x(suggested.from)), height);
  const channels = place.channels.slice(0, 2);
  channels.forEach((ordinal, i) => {
    const channel = reply.channels.find((one) => one.ordinal === ordinal);
    if (channel) {
      const top = (i * height) / channels.length;
      line(ctx, channel.min, channel.max, (at) => x(reply.from + (at + 0.5) * reply.stride), width, top + 4, height / channels.length - 8, colours.ink);
    }
  });
}

function line(ctx: CanvasRenderingContext2D, min: Values, max: Values, x: (at: number) => number, width: number, top: number, height: number, colour: string): void {
  const seen = min.map((_, i) => i).filter((i) => min[i] !== null && x(i) >= -2 && x(i) <= width + 2);
  const low = Math.min(...seen.map((i) => min[i]!));
  const high = Math.max(...seen.map((i) => max[i]!));
  const y = (value: number) => top + height - ((value - low) / (high - low || 1)) * height;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.25;
  ctx.beginPath();
  seen.forEach((i, n) => {
    if (n === 0 || seen[n - 1] !== i - 1) {
      ctx.moveTo(x(i), y(min[i]!));
    } else {
      ctx.lineTo(x(i), y(min[i]!));
    }
    ctx.lineTo(x(i), y(max[i]!));
  });
  ctx.stroke();
}
