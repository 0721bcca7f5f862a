/**
 * Measures how long a person works on an item: only while the page is visible, and without the time after which nothing
 * moved any more.
 */
export class ActiveMeter {
  private total = 0;
  private since: number | null = null;
  private lastSign = 0;

  private readonly now: () => number;
  private readonly idleAfter: number;

  constructor(now: () => number, idleAfter = 30_000) {
    this.now = now;
    this.idleAfter = idleAfter;
  }

  /** Begins anew; `already` milliseconds were spent on the item before an undo. */
  start(already: number, visible: boolean): void {
    this.total = already;
    this.lastSign = this.now();
    this.since = visible ? this.lastSign : null;
  }

  /** A key, a touch, a move: the person is there. */
  sign(): void {
    const now = this.now();
    if (this.since !== null && now > this.lastSign + this.idleAfter) {
      this.total += this.lastSign + this.idleAfter - this.since;
      this.since = now;
    }
    this.lastSign = now;
  }

  hidden(): void {
    this.total = this.read();
    this.since = null;
  }

  visible(): void {
    if (this.since === null) {
      this.since = this.now();
      this.lastSign = this.since;
    }
  }

  /** Milliseconds so far. */
  read(): number {
    if (this.since === null) {
      return this.total;
    }
    const end = Math.min(this.now(), this.lastSign + this.idleAfter);
    return this.total + Math.max(0, end - this.since);
  }
}
