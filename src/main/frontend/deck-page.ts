import type { Decision } from './deck-session.ts';
import { newId } from './deck-words.ts';

/**
 * The page's own id: kept over a reload, so that the server gives the same tasks again; another tab gets another one, also
 * when the browser copies the first tab.
 */
export async function deckId(projectId: number, userId: number): Promise<string> {
  const key = `laudable-deck-${projectId}-${userId}`;
  const kept = sessionStorage.getItem(key);
  const id = kept && (await isFree(kept)) ? kept : newId();
  if (id !== kept) {
    await isFree(id);
  }
  sessionStorage.setItem(key, id);
  return id;
}

/** Takes the id for this tab until it closes; false if another tab has it. */
function isFree(id: string): Promise<boolean> {
  if (!navigator.locks) {
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    void navigator.locks.request(`laudable-deck-${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise<void>(() => undefined) : undefined;
    });
  });
}

/** What was decided last, kept over a reload so that undo goes on working; gone with the tab. */
export class History {
  private static readonly DEPTH = 60;
  private static readonly LONGEST_TEXT = 20_000;
  private readonly key: string;

  constructor(projectId: number, userId: number) {
    this.key = `laudable-history-${projectId}-${userId}`;
  }

  read(): Decision[] {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? '[]') as Decision[];
    } catch {
      return [];
    }
  }

  write(decisions: readonly Decision[]): void {
    const kept = decisions.filter((one) => one.task.text.length <= History.LONGEST_TEXT).slice(-History.DEPTH);
    try {
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      sessionStorage.removeItem(this.key); // full: undo reaches back to the last reload only
    }
  }
}
