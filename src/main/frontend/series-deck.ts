import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { DeckConfig } from './deck-flow.ts';
import type { CommonCommand } from './deck-keys.ts';
import * as parts from './deck-parts.ts';
import type { Decision, DeckTask } from './deck-session.ts';
import { DeckShell, type Tool } from './deck-shell.ts';
import { deckStyles } from './deck-styles.ts';
import { originOf, percent } from './deck-words.ts';
import './series-chart.ts';
import type { SeriesChart } from './series-chart.ts';
import { figure, moment } from './series-data.ts';
import { seriesDeckStyles } from './series-deck-styles.ts';
import { type Edge, type Interval, nudged } from './series-interval.ts';
import { ANSWERS, classOf, type Meaning, seriesCommand, type SeriesCommand } from './series-keys.ts';
import { type Place, readPlace } from './series-place.ts';
import { safeZone } from './series-plot.ts';
import { pageSource } from './series-source.ts';
import './series-strip.ts';

const BASE = '/api/v1/series';
const SIMILAR = 11;
const KEPT_PLACES = 12;
const NOTE_MILLIS = 8_000;

/** What a person explained, and may make an event of. */
interface Explained {
  seriesId: number;
  from: number;
  to: number;
  why: string;
}

/**
 * The labelling page for series: one window in its context, the question in words, the suggested interval to accept or to
 * move. The places of the next questions are read ahead.
 */
@customElement('series-deck')
export class SeriesDeck extends DeckShell<SeriesCommand> {
  static override styles = [deckStyles, seriesDeckStyles];

  @state() private drawn: Interval | null = null;
  @state() private asksWhy = false;
  @state() private explained: Explained | null = null;
  @state() private note = '';
  @state() private similarOpen = false;

  @query('.question') private question!: HTMLElement | null;
  @query('series-chart') private chart!: SeriesChart | null;

  private readonly places = new Map<number, Place | 'failed'>();
  private readonly reading = new Set<number>();
  private noteTimer = 0;
  private width = 0;

  override shown(): void {
    this.asksWhy = false;
    this.similarOpen = false;
    this.drawn = this.flow.session.current ? suggestedOf(this.flow.session.current) : null;
    super.shown();
  }

  override named(task: DeckTask): string {
    const place = this.placeOf(task);
    return place ? `${place.info.name}, ${this.at(place, place.suggested.from)}` : this.words('window');
  }

  protected override focusQuestion(): void {
    if (!this.similarOpen) {
      this.question?.focus({ preventScroll: true });
    }
  }

  protected override interval(): Decision['interval'] {
    return this.drawn;
  }

  protected override willUpdate(): void {
    for (const task of this.inHand()) {
      if (task.window && !this.places.has(task.id) && !this.reading.has(task.id)) {
        void this.read(task);
      }
    }
  }

  private inHand(): DeckTask[] {
    const { current, aside } = this.flow.session;
    return [...(current ? [current] : []), ...this.flow.session.next(), ...aside];
  }

  private async read(task: DeckTask): Promise<void> {
    this.reading.add(task.id);
    try {
      this.places.set(task.id, await readPlace(pageSource, BASE, task.window!, this.pixels()));
    } catch {
      this.places.set(task.id, 'failed');
      setTimeout(() => this.places.delete(task.id) && this.requestUpdate(), 4_000);
    }
    this.reading.delete(task.id);
    const needed = new Set(this.inHand().map((one) => one.id)); // forgetting one of them would read it again, for ever
    for (const id of this.places.keys()) {
      if (this.places.size > KEPT_PLACES && !needed.has(id)) {
        this.places.delete(id);
      }
    }
    this.requestUpdate();
  }

  /** As many as the chart will have, so that it finds what was read ahead. */
  private pixels(): number {
    this.width = this.chart?.plotWidth || this.width;
    return Math.max(200, (this.width || Math.min(1200, this.clientWidth - 32) - 26) - 180);
  }

  private placeOf(task: DeckTask): Place | null {
    const place = this.places.get(task.id);
    return place && place !== 'failed' ? place : null;
  }

  private at(place: Place, point: number): string {
    return moment(place.map.time(point), this.config!.locale, safeZone(place.info.zone), place.info.stepSeconds < 1);
  }

  /** On the same day its time is enough. */
  private ending(place: Place, { from, to }: Interval): string {
    const first = this.at(place, from);
    const last = this.at(place, to - 1);
    const day = first.slice(0, first.lastIndexOf(',') + 1);
    return day !== '' && last.startsWith(day) ? last.slice(day.length).trim() : last;
  }

  protected override understand(event: KeyboardEvent): SeriesCommand | CommonCommand | null {
    const found = this.similarOpen ? null : seriesCommand(event);
    if (!found && !this.similarOpen && this.flow.session.current && this.chart?.press(event)) {
      event.preventDefault();
    }
    return found;
  }

  protected override obey(found: SeriesCommand | CommonCommand): boolean {
    if (found.kind === 'event') {
      return this.addEvent(found.weekly);
    }
    return super.obey(found);
  }

  protected override obeyOwn(found: SeriesCommand): boolean {
    if (found.kind === 'similar') {
      void this.findSimilar();
    } else if (found.kind === 'say') {
      this.say(found.meaning);
    }
    return true;
  }

  private say(meaning: Meaning): void {
    const cls = this.config && classOf(this.config.classes, meaning);
    if (!cls) {
      return;
    }
    if (meaning === 'EXPECTED' && !this.asksWhy) {
      this.asksWhy = true;
      this.openComment();
      return;
    }
    const task = this.flow.session.current;
    const place = task && this.placeOf(task);
    const interval = this.drawn;
    const why = this.comment.trim();
    if (this.decide('LABEL', cls.id) && meaning === 'EXPECTED' && place && interval && this.config!.mayAddEvents) {
      this.explained = { seriesId: place.info.id, from: place.map.time(interval.from), to: place.map.time(interval.to - 1), why };
    }
  }

  protected override leaveComment(entered: boolean): void {
    if (this.asksWhy && entered) {
      this.say('EXPECTED');
      return;
    }
    this.asksWhy = false;
    super.leaveComment(entered);
  }

  protected override close(): boolean {
    const open = this.explained !== null;
    this.explained = null;
    return super.close() || open;
  }

  private addEvent(weekly: boolean): boolean {
    const { explained, config } = this;
    if (!explained || !config) {
      return false;
    }
    this.explained = null;
    void fetch(`${BASE}/${explained.seriesId}/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': config.csrf },
      credentials: 'same-origin',
      body: JSON.stringify({ from: explained.from, to: explained.to, weekly, everywhere: false, explains: explained.why || this.words('event-unnamed') }),
    }).then(
      async (response) => {
        const problem = response.ok ? '' : (((await response.json().catch(() => ({}))) as { detail?: string }).detail ?? '');
        this.tell(response.ok ? this.words(weekly ? 'event-weekly' : 'event-added') : this.words('event-failed', problem));
        pageSource.forgetSaid();
        this.chart?.refresh();
      },
      () => this.tell(this.words('event-failed', '')),
    );
    return true;
  }

  private tell(note: string): void {
    this.note = note;
    clearTimeout(this.noteTimer);
    this.noteTimer = window.setTimeout(() => (this.note = ''), NOTE_MILLIS);
  }

  private async findSimilar(): Promise<void> {
    this.tell(this.words('similar-searching'));
    const problem = await this.flow.findSimilar(SIMILAR);
    if (problem !== null || this.flow.session.aside.length === 0) {
      this.tell(problem || this.words('similar-none'));
      return;
    }
    this.tell('');
    this.similarOpen = true;
  }

  private leaveSimilar(): void {
    this.similarOpen = false;
    this.flow.leaveAside();
    void this.updateComplete.then(() => this.focusQuestion());
  }

  private pass(taskIds: number[], meaning: Meaning): void {
    const cls = classOf(this.config!.classes, meaning);
    if (cls) {
      this.similarOpen = false;
      this.flow.decideTogether(taskIds, 'LABEL', cls.id, this.comment.trim() || null, this.drawn);
      this.tell(this.words('similar-done', taskIds.length, cls.name));
      void this.updateComplete.then(() => this.focusQuestion());
    }
  }

  protected override ownNotes(): TemplateResult | typeof nothing {
    return html`${this.explained
      ? html`<div class="note" data-testid="explained">
          <span>${this.words('explained', this.explained.why || '…')}</span>
          <button class="plain" data-testid="make-event" @click=${() => this.addEvent(false)}>${this.words('make-event')} <kbd>m</kbd></button>
          <button class="plain" data-testid="make-weekly" @click=${() => this.addEvent(true)}>${this.words('make-weekly')} <kbd>r</kbd></button>
          <button class="plain" aria-label=${this.words('close')} @click=${() => (this.explained = null)}>×</button>
        </div>`
      : nothing}
    ${this.note ? html`<div class="note" data-testid="note">${this.note}</div>` : nothing}`;
  }

  protected override renderTask(config: DeckConfig, task: DeckTask): TemplateResult {
    const place = this.placeOf(task);
    if (this.similarOpen) {
      return html`<series-strip
        .tasks=${[task, ...this.flow.session.aside]}
        .classes=${config.classes}
        .meaning=${config.classes.find((cls) => cls.id === task.suggestion?.classId)?.meaning ?? 'ANOMALY'}
        .words=${this.words}
        .locale=${config.locale}
        .pixels=${this.pixels()}
        @passed=${(event: CustomEvent<{ taskIds: number[]; meaning: Meaning }>) => this.pass(event.detail.taskIds, event.detail.meaning)}
        @left=${() => this.leaveSimilar()}
      ></series-strip>`;
    }
    return html`
      ${this.renderQuestion(config, task, place)}
      ${place
        ? html`<series-chart
            class="chart"
            selectable
            .series=${place.info.id}
            .channels=${place.channels}
            .focusOn=${place.focus}
            .selection=${this.drawn}
            .texts=${chartTexts(config.texts)}
            .locale=${config.locale}
            @interval-changed=${(event: CustomEvent<Interval>) => (this.drawn = event.detail)}
          ></series-chart>`
        : this.places.get(task.id) === 'failed'
          ? html`<div class="note warn">${this.words('chart.problem.unreachable')}</div>`
          : html`<div class="skeleton" aria-label=${this.words('loading')}></div>`}
      ${place && this.drawn ? this.renderInterval(place, this.drawn) : nothing} ${this.asksReason ? this.renderReasons() : this.renderAnswers(config, task)}
      ${this.renderComment(this.asksWhy ? 'why-expected' : 'comment-hint')} ${this.whyOpen ? this.renderWhy(config, task, place) : nothing}
    `;
  }

  /** 'Is this drop in memory an anomaly?' and why it is asked. */
  private renderQuestion(config: DeckConfig, task: DeckTask, place: Place | null): TemplateResult {
    const first = place?.odd[0];
    const channel = place?.info.channels.find((one) => one.ordinal === first?.ordinal);
    const shape = this.words(`shape.${first?.shape ?? 'stretch'}`);
    const { suggestion } = task;
    const origin = suggestion ? originOf(suggestion.source) : null;
    return html`<div class="question" tabindex="-1" data-testid="question" data-task-id=${task.id}>
      <h1>${channel && place!.info.channels.length > 1 ? this.words('question-channel', shape, channel.name) : this.words('question', shape)}</h1>
      <p>
        ${origin && suggestion ? html`<span class="origin-${origin} shape" title=${suggestion.source}>${parts.SHAPES[origin]}</span>
              ${this.name(suggestion.classId)}${suggestion.confidence === null ? '' : ` ${percent(config.locale, suggestion.confidence, 0)}`} ·` : nothing}
        ${task.reason} ${place ? html`· <span class="place">${place.info.name}, ${this.at(place, place.suggested.from)}</span>` : nothing}
      </p>
    </div>`;
  }

  private renderInterval(place: Place, drawn: Interval): TemplateResult {
    const names = drawn.channels?.map((ordinal) => place.info.channels.find((one) => one.ordinal === ordinal)?.name ?? ordinal).join(', ');
    const nudge = (edge: Edge, by: number, label: string) => html`<button
      class="nudge"
      aria-label=${this.words(`nudge.${edge}.${by < 0 ? 'earlier' : 'later'}`)}
      @click=${() => (this.drawn = nudged(drawn, edge, by, place.info.points))}
    >
      ${label}
    </button>`;
    return html`<div class="interval" data-testid="interval" data-from=${drawn.from} data-to=${drawn.to}>
      <span>${nudge('from', -1, '◂')}${this.at(place, drawn.from)}${nudge('from', 1, '▸')}</span>
      <span>–</span>
      <span>${nudge('to', -1, '◂')}${this.ending(place, drawn)}${nudge('to', 1, '▸')}</span>
      <span class="quiet">${this.words('points', figure(this.config!.locale, drawn.to - drawn.from))} · ${names ?? this.words('all-channels')}</span>
    </div>`;
  }

  private renderAnswers(config: DeckConfig, task: DeckTask): TemplateResult {
    return html`<div class="answers" role="group" aria-label=${this.words('classes')}>
      ${ANSWERS.map(({ meaning, key }) => {
        const cls = classOf(config.classes, meaning);
        return cls
          ? parts.choice({ words: this.words, locale: config.locale, cls, key, suggestion: task.suggestion, accept: false, choose: () => this.say(meaning) })
          : nothing;
      })}
      <button class="choice" data-testid="cannot-tell" aria-keyshortcuts="u" @click=${() => this.decide('NONE', null)}>
        <kbd>u</kbd><span class="name">${this.words('cannot-tell')}</span>
      </button>
    </div>`;
  }

  private renderWhy(config: DeckConfig, task: DeckTask, place: Place | null): TemplateResult {
    const channels = (place?.odd ?? []).slice(0, 3).map((one) => {
      const name = place!.info.channels.find((channel) => channel.ordinal === one.ordinal)?.name ?? '';
      return this.words('why-channel', name, this.words(`shape.${one.shape}`), figure(config.locale, Math.round(10 * one.size) / 10));
    });
    return html`${parts.why(this.words, config.locale, task, this.name)}
    ${channels.length > 0 ? html`<section class="why"><p>${this.words('why-channels')}</p>${channels.map((text) => html`<p>${text}</p>`)}</section>` : nothing}`;
  }

  protected override tools(task: DeckTask | null): Tool[] {
    const asked = task !== null && !this.similarOpen;
    const similar: Tool = { name: 'similar', key: 'v', enabled: asked, act: () => void this.findSimilar(), pressed: this.similarOpen, takesFocus: true };
    const [undo, skip, flag, comment, why, guidelines, shortcuts] = (['undo', 'skip', 'flag', 'comment', 'why', 'guidelines', 'shortcuts'] as const).map(
      (name) => this.commonTool(name, asked ? task : null),
    );
    return [undo, skip, flag, comment, why, similar, guidelines, shortcuts];
  }

  protected override shortcuts(): parts.Shortcut[] {
    return [
      [['↵'], 'key.accept'],
      [['a'], 'key.anomaly'],
      [['n'], 'key.normal'],
      [['e'], 'key.expected'],
      [['u'], 'key.none'],
      [['←', '→'], 'key.nudge'],
      [['↑', '↓'], 'key.edge'],
      [['+', '−'], 'key.zoom'],
      [['v'], 'key.similar'],
      ...parts.COMMON_SHORTCUTS,
    ];
  }
}

function suggestedOf(task: DeckTask): Interval | null {
  return task.drawn ? task.drawn : task.window ? { from: task.window.suggestedFrom, to: task.window.suggestedTo, channels: null } : null;
}

let charts: { of: Record<string, string>; texts: Record<string, string> } | null = null;

/** The chart's own texts among the deck's. The same object while the deck's are the same. */
function chartTexts(texts: Record<string, string>): Record<string, string> {
  if (charts?.of !== texts) {
    charts = {
      of: texts,
      texts: Object.fromEntries(Object.entries(texts).filter(([key]) => key.startsWith('chart.')).map(([key, text]) => [key.slice('chart.'.length), text])),
    };
  }
  return charts.texts;
}
