import { html, nothing, type TemplateResult } from 'lit';
import { figure, type RangeReply } from './series-data.ts';
import { STRIP } from './series-draw.ts';
import { AXIS, type Frame, GUTTER } from './series-plot.ts';

/** The names of the lanes, beside or in them, or as a legend; with the values under the pointer. */

export interface LabelParts {
  frame: Frame;
  /** Of the whole plot. */
  height: number;
  words(key: string, ...args: (string | number)[]): string;
  /** Channels the interval is about. */
  chosen: readonly number[] | null;
  /** Says the interval is about this channel, or no longer; null: nothing can be said. */
  choose: ((ordinal: number) => void) | null;
}

export function labels({ frame, height, words, chosen, choose }: LabelParts): TemplateResult {
  const inner = height - STRIP - AXIS;
  const place = (i: number) => (frame.overlay ? '' : `top: ${STRIP + (1 - frame.figures[i].lane.top) * inner - 2}px`);
  return html`<div class="labels ${frame.overlay ? 'legend' : frame.narrow ? '' : 'beside'}" style="--gutter: ${GUTTER}px" aria-hidden=${choose ? 'false' : 'true'}>
    ${frame.channels.map((channel, i) => {
      const name = html`<i style=${frame.overlay ? `background: var(--series-${(i % 8) + 1})` : 'display: none'}></i>
        <b>${channel.name}</b> <span class="unit">${channel.unit}</span> <span class="value" data-ordinal=${channel.ordinal}></span>`;
      return html`<div class="lane" style=${place(i)}>
        ${choose && frame.channels.length > 1
          ? html`<button aria-pressed=${chosen?.includes(channel.ordinal) ?? false} title=${words('only-here', channel.name)} @click=${() => choose(channel.ordinal)}>${name}</button>`
          : html`<span>${name}</span>`}
      </div>`;
    })}
    ${frame.signals.length > 0 && !frame.overlay ? html`<div class="lane" style=${place(frame.figures.length - 1)}><span><b>${words('signals')}</b></span></div>` : nothing}
  </div>`;
}

/** Writes a bucket's values into the labels without drawing anything anew; −1: none. */
export function writeValues(root: ParentNode, loaded: RangeReply | null, row: number, locale: string): void {
  root.querySelectorAll<HTMLElement>('.lane .value').forEach((label) => {
    const channel = loaded?.channels.find((one) => one.ordinal === Number(label.dataset.ordinal));
    const low = channel?.min[row] ?? null;
    const high = channel?.max[row] ?? null;
    label.textContent = row < 0 || !channel ? '' : low === high ? figure(locale, low) : `${figure(locale, low)} … ${figure(locale, high)}`;
  });
}
