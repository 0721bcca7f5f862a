import { common, type CommonCommand, type DeckClass, type Press } from './deck-keys.ts';

/** Which key means what when a window of a series is asked about. Pure. */

export type Meaning = 'ANOMALY' | 'NORMAL' | 'EXPECTED';

export type SeriesCommand =
  | { kind: 'say'; meaning: Meaning }
  | { kind: 'similar' }
  /** What to do with the reason of the last 'expected'. */
  | { kind: 'event'; weekly: boolean };

export const ANSWERS: readonly { meaning: Meaning; key: string }[] = [
  { meaning: 'ANOMALY', key: 'a' },
  { meaning: 'NORMAL', key: 'n' },
  { meaning: 'EXPECTED', key: 'e' },
];

/** Null: nothing to the deck, perhaps something to its chart. */
export function seriesCommand(press: Press): SeriesCommand | CommonCommand | null {
  const plain = !press.altKey && !press.ctrlKey && !press.metaKey && !press.repeat;
  const key = press.key.toLowerCase();
  const answer = ANSWERS.find((one) => one.key === key);
  if (plain && answer) {
    return { kind: 'say', meaning: answer.meaning };
  }
  if (plain) {
    switch (key) {
      case 'u':
        return { kind: 'none' };
      case 'v':
        return { kind: 'similar' };
      case 'm':
        return { kind: 'event', weekly: false };
      case 'r':
        return { kind: 'event', weekly: true };
      default:
        break;
    }
  }
  return common(press);
}

/** The class of a meaning, if the project offers it. */
export function classOf(classes: readonly DeckClass[], meaning: Meaning): DeckClass | undefined {
  return classes.find((cls) => cls.meaning === meaning);
}

export type StripCommand =
  | { kind: 'move'; by: number }
  | { kind: 'toggle' | 'send' | 'leave' }
  | { kind: 'say'; meaning: Meaning };

/** Keys while several windows are answered in one pass; `columns`: how many stand in a row. */
export function stripCommand(press: Press, columns: number): StripCommand | null {
  if (press.altKey || press.ctrlKey || press.metaKey) {
    return null;
  }
  switch (press.key) {
    case 'ArrowLeft':
      return { kind: 'move', by: -1 };
    case 'ArrowRight':
      return { kind: 'move', by: 1 };
    case 'ArrowUp':
      return { kind: 'move', by: -columns };
    case 'ArrowDown':
      return { kind: 'move', by: columns };
    case ' ':
      return press.repeat ? null : { kind: 'toggle' };
    case 'Enter':
      return press.repeat ? null : { kind: 'send' };
    case 'Escape':
      return { kind: 'leave' };
    default: {
      const answer = ANSWERS.find((one) => one.key === press.key.toLowerCase());
      return answer ? { kind: 'say', meaning: answer.meaning } : null;
    }
  }
}
