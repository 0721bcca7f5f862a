import type { Entry, EntryStore, NewEntry } from './deck-outbox.ts';

const DATABASE = 'laudable-outbox';
const ENTRIES = 'entries';

/** The outbox in the browser's database: outlives reloads, restarts and sign-outs. Entries are found by their user only. */
export class BrowserStore implements EntryStore {
  private readonly database: Promise<IDBDatabase>;

  constructor() {
    this.database = new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(ENTRIES, { keyPath: 'seq', autoIncrement: true }).createIndex('user', 'userId');
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  async add(entry: NewEntry): Promise<Entry> {
    const seq = await this.run('readwrite', (entries) => entries.add(entry));
    return { ...entry, seq: seq as number } as Entry;
  }

  async all(userId: number): Promise<Entry[]> {
    const found = await this.run('readonly', (entries) => entries.index('user').getAll(userId));
    return (found as Entry[]).sort((a, b) => a.seq - b.seq);
  }

  async put(entry: Entry): Promise<void> {
    await this.run('readwrite', (entries) => entries.put(entry));
  }

  async remove(seq: number): Promise<void> {
    await this.run('readwrite', (entries) => entries.delete(seq));
  }

  /** Resolves when the transaction is on disk, not when the request is done. */
  private async run(mode: IDBTransactionMode, work: (entries: IDBObjectStore) => IDBRequest): Promise<unknown> {
    const database = await this.database;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(ENTRIES, mode, { durability: 'strict' });
      const request = work(transaction.objectStore(ENTRIES));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

/** Where the browser keeps no database (private windows of some): answers live as long as the page. */
export class PageStore implements EntryStore {
  private entries: Entry[] = [];
  private next = 1;

  async add(entry: NewEntry): Promise<Entry> {
    const kept = { ...entry, seq: this.next++ } as Entry;
    this.entries.push(kept);
    return kept;
  }

  async all(userId: number): Promise<Entry[]> {
    return this.entries.filter((entry) => entry.userId === userId);
  }

  async put(entry: Entry): Promise<void> {
    this.entries = this.entries.map((one) => (one.seq === entry.seq ? entry : one));
  }

  async remove(seq: number): Promise<void> {
    this.entries = this.entries.filter((one) => one.seq !== seq);
  }
}
