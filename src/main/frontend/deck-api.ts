import type { AnswerBody, Reply, Sender, UndoBody } from './deck-outbox.ts';
import type { DeckTask } from './deck-session.ts';

export type DeckState =
  | 'READY'
  | 'EMPTY'
  | 'PREPARING'
  | 'TRAINING'
  | 'FINISHING'
  | 'CAP_REACHED'
  | 'ON_HOLD'
  | 'DAY_DONE'
  | 'PAUSED'
  | 'NOT_STARTED'
  | 'FINISHED'
  | 'STOPPED'
  | 'FAILED'
  | 'CLOSED';

export interface LeaseReply {
  state: DeckState;
  tasks: DeckTask[];
  capReached: boolean;
}

export interface Progress {
  state: DeckState;
  mineToday: number;
  mineTotal: number;
  waiting: number;
  training: boolean;
  round: { number: number; done: number; size: number } | null;
  model: {
    version: number;
    accuracy: number | null;
    low: number | null;
    high: number | null;
    gain: number | null;
  } | null;
}

/** Why a call brought nothing. */
export class CallFailed extends Error {
  readonly kind: 'unreachable' | 'signed-out' | 'forbidden' | 'refused' | 'malformed';

  constructor(kind: CallFailed['kind'], message = '') {
    super(message);
    this.kind = kind;
  }
}

/** The deck's calls to `/api/v1/tasks`. */
export class DeckApi implements Sender {
  private readonly csrf: string;

  constructor(csrf: string) {
    this.csrf = csrf;
  }

  lease(body: object): Promise<LeaseReply> {
    return this.call('lease', body);
  }

  /** Windows like that of a task, leased to this deck. */
  similar(body: { taskId: number; deck: string; count: number }): Promise<LeaseReply> {
    return this.call('similar', body);
  }

  async renew(projectId: number, tasks: number[]): Promise<Set<number>> {
    const reply = await this.call<{ leases: { taskId: number }[] }>('renew', { projectId, tasks });
    return new Set(reply.leases.map((lease) => lease.taskId));
  }

  /** Sent even while the page goes away; nobody waits for it. */
  giveBack(tasks: number[]): void {
    void this.request('return', { tasks }, true).catch(() => undefined);
  }

  progress(projectId: number, since: string): Promise<Progress> {
    return this.call(`progress?projectId=${projectId}&since=${encodeURIComponent(since)}`);
  }

  async answers(bodies: AnswerBody[]): Promise<Reply> {
    return this.reply(async () => {
      const { results } = await this.call<{ results: { status: number; problem?: string }[] }>('answers', { answers: bodies });
      return results.map((one) => (one.status === 200 ? {} : { problem: one.problem ?? '' }));
    });
  }

  async undo(body: UndoBody): Promise<Reply> {
    return this.reply(async () => [{ task: (await this.call<{ task: DeckTask | null }>('undo', body)).task }]);
  }

  private async reply(work: () => Promise<{ problem?: string; task?: unknown }[]>): Promise<Reply> {
    try {
      return { kind: 'taken', results: await work() };
    } catch (error) {
      if (!(error instanceof CallFailed)) {
        throw error;
      }
      switch (error.kind) {
        case 'refused':
        case 'forbidden':
          return { kind: 'taken', results: [{ problem: error.message }] };
        case 'malformed':
          return { kind: 'malformed', problem: error.message };
        default:
          return { kind: error.kind };
      }
    }
  }

  private async call<T>(path: string, body?: object): Promise<T> {
    let response: Response;
    try {
      response = await this.request(path, body, false);
    } catch {
      throw new CallFailed('unreachable');
    }
    if (response.ok) {
      return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
    }
    const problem = (await response.json().catch(() => ({}))) as { type?: string; detail?: string };
    throw new CallFailed(failure(response, problem.type), problem.detail);
  }

  private request(path: string, body: object | undefined, keepalive: boolean): Promise<Response> {
    return fetch(`/api/v1/tasks/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { Accept: 'application/json', 'X-CSRF-Token': this.csrf, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
      credentials: 'same-origin',
      redirect: 'manual',
      cache: 'no-store',
      keepalive,
    });
  }
}

/** The server's word for: this page belongs to somebody else than who is signed in now. */
const OTHER_PERSON = 'urn:laudable:problem:token';

function failure(response: Response, type: string | undefined): CallFailed['kind'] {
  if (response.type === 'opaqueredirect' || response.status === 401 || type === OTHER_PERSON) {
    return 'signed-out';
  }
  if (response.status === 403 || response.status === 404) {
    return 'forbidden';
  }
  if (response.status === 422 || response.status === 409) {
    return 'refused';
  }
  return response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429
    ? 'malformed'
    : 'unreachable';
}
