import { extremes, lines, type Lines } from './series-data.ts';
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
  const { reply, suggested, map } = place;
  const length = suggested.to - suggested.from;
  const room = Math.max(40, 2 * length);
  const x = (point: number) => ((point - (suggested.from - room)) / (length + 2 * room)) * width;
  ctx.fillStyle = faded(colours.accent, 0.16);
  ctx.fillRect(x(suggested.from), 0, Math.max(3, x(suggested.to) - x(suggested.from)), height);
  const channels = place.channels.slice(0, 2);
  channels.forEach((ordinal, i) => {
    const top = (i * height) / channels.length;
    const drawn = lines(reply, [ordinal]);
    const byPoint = { ...drawn, x: drawn.x.map((time) => map.point(time) + 0.5) };
    line(ctx, byPoint, x, width, top + 4, height / channels.length - 8, colours.ink);
  });
}

function line(ctx: CanvasRenderingContext2D, { x: points, y }: Lines, x: (point: number) => number, width: number, top: number, height: number, colour: string): void {
  const values = y[0];
  const seen = points.map((_, i) => i).filter((i) => values[i] !== null && x(points[i]) >= -2 && x(points[i]) <= width + 2);
  const range = extremes(seen.map((i) => values[i])) ?? { min: 0, max: 1 };
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.25;
  ctx.beginPath();
  seen.forEach((i, n) => {
    const at: [number, number] = [x(points[i]), top + height - ((values[i]! - range.min) / (range.max - range.min || 1)) * height];
    if (n === 0 || seen[n - 1] !== i - 1) {
      ctx.moveTo(...at);
    } else {
      ctx.lineTo(...at);
    }
  });
  ctx.stroke();
}
