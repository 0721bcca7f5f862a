import type { Press } from './deck-keys.ts';

/** Why an item is passed on or flagged: what can be chosen, and by which key. */

export type Passing = 'SKIP' | 'FLAG';

export const REASONS = ['UNCLEAR_GUIDELINE', 'CANNOT_READ', 'NEEDS_EXPERT', 'BAD_DATA', 'OTHER'] as const;
export type Reason = (typeof REASONS)[number];

export type ReasonCommand = { kind: 'reason'; reason: Reason } | { kind: 'without' } | { kind: 'leave' };

/** What a key means while a reason is asked for; null: nothing. The key that asked, pressed again, passes on without one. */
export function reasonCommand(press: Press, passing: Passing): ReasonCommand | null {
  if (press.altKey || press.ctrlKey || press.metaKey || press.repeat) {
    return null;
  }
  const key = press.key.toLowerCase();
  const reason = /^[1-9]$/.test(key) ? REASONS[Number(key) - 1] : undefined;
  if (reason) {
    return { kind: 'reason', reason };
  }
  if (key === 'enter' || key === passing[0].toLowerCase()) {
    return { kind: 'without' };
  }
  return key === 'escape' || key === 'backspace' ? { kind: 'leave' } : null;
}
