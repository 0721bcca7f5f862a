/** Which key means what in the deck: pure functions, no page. */

/** A class as the deck shows it. */
export interface DeckClass {
  id: number;
  name: string;
  description: string;
  /** What it means to the detector of a series project. */
  meaning?: 'ANOMALY' | 'NORMAL' | 'EXPECTED' | null;
}

export interface Ranked {
  classId: number;
  confidence: number | null;
  source: string;
}

/** Up to so many classes each has a key of its own; more are found by typing. */
export const MOST_KEYED = 12;
/** With many classes, so many of the likeliest have a key. */
export const LIKELIEST = 5;

/** Letters that are commands are never a class's key. */
const COMMANDS = new Set(['c', 'f', 'g', 's', 'w']);
const CLASS_KEYS = [...'123456789', ...[...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => !COMMANDS.has(letter))];

/** What every deck understands, whatever it asks about. */
export interface CommonCommand {
  kind: 'accept' | 'none' | 'skip' | 'flag' | 'comment' | 'why' | 'guidelines' | 'undo' | 'shortcuts' | 'close';
}

export type Command = CommonCommand | { kind: 'class'; classId: number } | { kind: 'filter' };

/**
 * The classes that have a key now, with it. Few classes keep their keys for good, so that fingers can learn them; with
 * many, the keys 1–5 mean the likeliest for this item.
 */
export function keyed(classes: readonly DeckClass[], likely: readonly number[]): { key: string; cls: DeckClass }[] {
  const chosen =
    classes.length <= MOST_KEYED
      ? classes
      : likely
          .map((id) => classes.find((cls) => cls.id === id))
          .filter((cls): cls is DeckClass => cls !== undefined)
          .slice(0, LIKELIEST);
  return chosen.map((cls, i) => ({ key: CLASS_KEYS[i], cls }));
}

/** The likeliest classes for an item: the suggestion, what else the model thinks of, then what this person chose lately. */
export function likeliest(
  suggestion: Ranked | null,
  likely: readonly number[],
  recent: readonly number[],
  classes: readonly DeckClass[],
): number[] {
  const known = new Set(classes.map((cls) => cls.id));
  const order = [
    ...(suggestion ? [suggestion.classId] : []),
    ...likely,
    ...recent,
    ...classes.map((cls) => cls.id),
  ];
  return [...new Set(order)].filter((id) => known.has(id)).slice(0, LIKELIEST);
}

export interface Press {
  key: string;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
  repeat?: boolean;
}

/** What a key pressed outside of any text field means; null: nothing. A key held down decides only once. */
export function command(press: Press, keys: readonly { key: string; cls: DeckClass }[]): Command | null {
  const letter = press.key.toLowerCase();
  const plain = !press.altKey && !press.ctrlKey && !press.metaKey && !press.repeat;
  const chosen = plain ? keys.find((one) => one.key === letter) : undefined;
  if (chosen) {
    return { kind: 'class', classId: chosen.cls.id };
  }
  return plain && (letter === '/' || letter === ' ') ? { kind: 'filter' } : common(press);
}

/** What a key means in every deck. */
export function common(press: Press): CommonCommand | null {
  if (press.altKey) {
    return null;
  }
  if (press.ctrlKey || press.metaKey) {
    return press.key.toLowerCase() === 'z' ? { kind: 'undo' } : null;
  }
  if (press.key === 'Backspace') {
    return { kind: 'undo' };
  }
  if (press.key === 'Escape') {
    return { kind: 'close' };
  }
  if (press.repeat) {
    return null;
  }
  switch (press.key.toLowerCase()) {
    case 'enter':
      return { kind: 'accept' };
    case '0':
      return { kind: 'none' };
    case 's':
      return { kind: 'skip' };
    case 'f':
      return { kind: 'flag' };
    case 'c':
      return { kind: 'comment' };
    case 'w':
      return { kind: 'why' };
    case 'g':
      return { kind: 'guidelines' };
    case '?':
      return { kind: 'shortcuts' };
    default:
      return null;
  }
}

/** Lower case, no accents; '_', '-', '.', '/' separate words: how names and what is typed are compared. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_\-./,;:()]+/g, ' ')
    .trim();
}

/**
 * The classes that fit what is typed, best first: each typed word must begin or be within a word of the name or the
 * description. A name that starts with it all goes first, then words of the name, then the description.
 */
export function filtered(classes: readonly DeckClass[], typed: string): DeckClass[] {
  const query = folded(typed);
  if (query === '') {
    return [...classes];
  }
  const words = query.split(' ');
  const scored: { cls: DeckClass; score: number }[] = [];
  for (const cls of classes) {
    const name = folded(cls.name);
    let score = name.startsWith(query) ? 100 : 0;
    let fits = true;
    for (const word of words) {
      const part = wordScore(name, folded(cls.description), word);
      fits &&= part > 0;
      score += part;
    }
    if (fits) {
      scored.push({ cls, score });
    }
  }
  return scored.sort((a, b) => b.score - a.score).map((one) => one.cls);
}

function wordScore(name: string, description: string, word: string): number {
  if (` ${name}`.includes(` ${word}`)) {
    return 10;
  }
  if (name.includes(word)) {
    return 5;
  }
  if (` ${description}`.includes(` ${word}`)) {
    return 2;
  }
  return description.includes(word) ? 1 : 0;
}
