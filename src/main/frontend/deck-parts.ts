import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { DeckState, Progress } from './deck-api.ts';
import type { DeckClass, Ranked } from './deck-keys.ts';
import { type Passing, type ReasonCommand, REASONS } from './deck-reasons.ts';
import type { Decision, DeckTask } from './deck-session.ts';
import { filled, originOf, percent, points } from './deck-words.ts';

/** Looks a text of the deck up and fills it. */
export type Words = (key: string, ...args: (string | number)[]) => string;

export const SHAPES = { model: '▲', llm: '✦', propagated: '◌' } as const;

/** From so many characters on an item is set smaller. */
const LONG = 600;

export function bar(words: Words, locale: string, progress: Progress | null): TemplateResult {
  const round = progress?.round ?? null;
  const share = round && round.size > 0 ? (100 * round.done) / round.size : 0;
  const number = new Intl.NumberFormat(locale);
  const training = progress?.training ? words('training') : '';
  return html`<div class="bar">
    <div
      class="track"
      role="progressbar"
      aria-label=${words('bar')}
      aria-valuemin="0"
      aria-valuemax=${round?.size ?? 0}
      aria-valuenow=${round?.done ?? 0}
    >
      <div style="width: ${share}%"></div>
    </div>
    <div class="figures">
      <span data-testid="to-training"
        >${round ? words('to-training', number.format(round.done), number.format(round.size)) : training}</span
      >
      <span data-testid="mine"
        >${progress ? words('mine', number.format(progress.mineToday), number.format(progress.mineTotal)) : ''}</span
      >
    </div>
  </div>`;
}

export function modelNote(words: Words, locale: string, model: NonNullable<Progress['model']>, close: () => void): TemplateResult {
  const measured =
    model.accuracy === null || model.low === null || model.high === null
      ? ''
      : filled(
          ': {0} ({1}–{2})',
          percent(locale, model.accuracy),
          Math.round(100 * model.low),
          Math.round(100 * model.high),
        );
  const gain = model.gain === null ? '' : `, ${points(locale, model.gain)}`;
  return html`<div class="note model" data-testid="model-note">
    <span>${words('model-in', model.version)}${measured}${gain}</span>
    <button class="plain" aria-label=${words('close')} @click=${close}>×</button>
  </div>`;
}

/** Why a question comes again: what the reviewer wrote, and what the person had said. */
export function sentBack(words: Words, task: DeckTask | null, name: (id: number) => string): TemplateResult | typeof nothing {
  const back = task?.sentBack;
  if (!back) {
    return nothing;
  }
  const said = back.classId === null ? words(`said.${back.kind}`) : name(back.classId);
  return html`<div class="note warn back" data-testid="sent-back">
    <span>${words('sent-back', back.by, said)}</span>
    <span class="text" dir="auto">${back.note}</span>
  </div>`;
}

export function item(words: Words, task: DeckTask): TemplateResult {
  return html`<article
    class="item ${task.text.length > LONG ? 'long' : ''}"
    data-testid="item"
    data-task-id=${task.id}
    tabindex="0"
    dir="auto"
    aria-label=${words('item')}
    .textContent=${task.text}
  ></article>`;
}

interface ChoiceParts {
  words: Words;
  locale: string;
  cls: DeckClass;
  key: string | null;
  suggestion: Ranked | null;
  accept: boolean;
  choose: (classId: number) => void;
}

/** A class to press; outlined in its origin's colour and shape if it is the suggestion. */
export function choice({ words, locale, cls, key, suggestion, accept, choose }: ChoiceParts): TemplateResult {
  const suggested = suggestion?.classId === cls.id ? suggestion : null;
  const origin = suggested ? originOf(suggested.source) : null;
  const sure = suggested && suggested.confidence !== null ? percent(locale, suggested.confidence, 0) : '';
  const label = suggested ? words('suggested-name', cls.name, words(`origin.${origin}`), sure) : cls.name;
  return html`<button
    class="choice ${suggested ? `suggested origin-${origin}` : ''} ${accept ? 'accept' : ''}"
    data-testid=${accept ? 'accept' : 'class'}
    data-class-id=${cls.id}
    title=${ifDefined(cls.description || undefined)}
    aria-label=${accept ? words('accept-name', label) : label}
    aria-keyshortcuts=${ifDefined(accept ? 'Enter' : (key ?? undefined))}
    @click=${() => choose(cls.id)}
  >
    ${key !== null && !accept ? html`<kbd>${key}</kbd>` : nothing}
    ${origin ? html`<span class="shape" aria-hidden="true">${SHAPES[origin]}</span>` : nothing}
    <span class="name" dir="auto">${cls.name}</span>
    ${sure ? html`<span class="figure">${sure}</span>` : nothing}
    ${suggested && (accept || key === '1') ? html`<kbd>↵</kbd>` : nothing}
  </button>`;
}

export function why(words: Words, locale: string, task: DeckTask, name: (id: number) => string): TemplateResult {
  const suggestion = task.suggestion;
  return html`<section class="why" data-testid="why" aria-label=${words('why')}>
    ${suggestion
      ? html`<p>
          ${words(
            'why-suggestion',
            name(suggestion.classId),
            suggestion.source,
            suggestion.confidence === null ? '–' : percent(locale, suggestion.confidence, 0),
          )}
        </p>`
      : html`<p>${words('why-no-suggestion')}</p>`}
    ${task.reason ? html`<p>${words('why-asked', task.reason)}</p>` : nothing}
    ${task.likely.length > 1 ? html`<p>${words('why-likely', task.likely.map(name).join(', '))}</p>` : nothing}
  </section>`;
}

/** A decision in words: its class, or what was done and why. */
export function said(words: Words, decision: Decision, name: (id: number) => string): string {
  const done = decision.classId === null ? words(`said.${decision.kind}`) : name(decision.classId);
  return decision.reason ? `${done}: ${words(`reason.${decision.reason}`)}` : done;
}

/** What was decided last, so that a slip of the finger is seen. */
export function lastDecision(words: Words, decision: Decision | null, name: (id: number) => string): TemplateResult {
  return html`<div class="last" data-testid="last">${decision ? words('last', said(words, decision, name)) : ''}</div>`;
}

/** The chooser: one button a reason, and one to go on without. */
export function reasonChooser(
  words: Words,
  passing: Passing,
  choose: (command: ReasonCommand) => void,
): TemplateResult {
  return html`<section class="reasons" role="group" aria-label=${words(`reasons.${passing}`)} data-testid="reasons">
    <h2>${words(`reasons.${passing}`)}</h2>
    <div>
      ${REASONS.map(
        (reason, i) => html`<button
          class="choice"
          data-testid="reason-${reason}"
          aria-keyshortcuts=${i + 1}
          title=${words(`reason.${reason}.more`)}
          @click=${() => choose({ kind: 'reason', reason })}
        >
          <kbd>${i + 1}</kbd><span class="name">${words(`reason.${reason}`)}</span>
        </button>`,
      )}
      <button class="choice" data-testid="reason-none" aria-keyshortcuts="Enter" @click=${() => choose({ kind: 'without' })}>
        <kbd>↵</kbd><span class="name">${words('reason.none')}</span>
      </button>
    </div>
    <p>${words(`reasons.${passing}.more`)} <button class="plain" @click=${() => choose({ kind: 'leave' })}>${words('close')} <kbd>Esc</kbd></button></p>
  </section>`;
}

/** Why there is nothing to label, and what happens next. */
export function nothingToLabel(
  words: Words,
  state: DeckState | 'LOADING' | 'UNREACHABLE' | 'FORBIDDEN',
  retry: () => void,
): TemplateResult {
  if (state === 'LOADING') {
    return html`<div class="skeleton" data-testid="state" data-state="LOADING" aria-label=${words('loading')}></div>`;
  }
  const canRetry = state === 'UNREACHABLE' || state === 'FORBIDDEN' || state === 'FAILED';
  return html`<section class="state" data-testid="state" data-state=${state}>
    <h2>${words(`state.${state}`)}</h2>
    <p>${words(`state.${state}.more`)}</p>
    ${canRetry ? html`<button class="primary" data-testid="retry" @click=${retry}>${words('retry')}</button>` : nothing}
  </section>`;
}

/** Keys and the name of the text that says what they do. */
export type Shortcut = [keys: string[], text: string];

export const COMMON_SHORTCUTS: Shortcut[] = [
  [['s'], 'key.skip'],
  [['f'], 'key.flag'],
  [['c'], 'key.comment'],
  [['w'], 'key.why'],
  [['g'], 'key.guidelines'],
  [['⌫', 'Ctrl Z'], 'key.undo'],
  [['?'], 'key.shortcuts'],
];

export function shortcuts(words: Words, list: readonly Shortcut[], close: () => void): TemplateResult {
  return html`<dialog data-testid="shortcuts" aria-label=${words('shortcuts')} @close=${close}>
    <h2>${words('shortcuts')}</h2>
    <dl>
      ${list.map(
        ([keys, text]) => html`<dt>${keys.map((key) => (key === '…' ? html`…` : html`<kbd>${key}</kbd>`))}</dt>
          <dd>${words(text)}</dd>`,
      )}
    </dl>
    <form method="dialog"><button class="plain">${words('close')}</button></form>
  </dialog>`;
}
