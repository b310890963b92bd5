import type { Archive, Receipt } from "@amazon-pay-kit/ledger/archive";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { JobDeferred } from "./errors.ts";

/** Milliseconds until the archive is tried again after it failed; doubled each time, up to thirty times as long. */
export const ARCHIVE_PAUSE = 10_000;
const LONGEST_PAUSES = 30;

/** What the system and the client of a bucket say when storage is full, away or out of order. A missing file is none of these. */
const AWAY =
  /^(ENOSPC|EDQUOT|EROFS|EIO|EMFILE|ENFILE|ENODEV|ESTALE|ECONN\w*|ETIMEDOUT|ENOTFOUND|EAI_\w+|EPIPE|EHOSTUNREACH|ENETUNREACH|archive\.cannot-write)$/;
const CLIENT = /^(TimeoutError|NetworkingError|SlowDown|ServiceUnavailable|InternalError|RequestTimeout)$/;

/** Whether an error says that the storage is away: the error's own word, since a cause may be the source's. */
export function isArchiveAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, name, $metadata } = error as Error & { code?: unknown; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return AWAY.test(String(code ?? "")) || CLIENT.test(name) || status >= 500 || status === 429;
}

/** What the breaker tells. */
export interface BreakerEvents {
  /** The archive failed, for the first time after it had worked. */
  readonly onAway?: (reason: string) => void;
  /** It works again. */
  readonly onBack?: () => void;
}

/**
 * A circuit breaker around the archive. While storage is full or away, jobs that need it are put off instead of failing: nothing
 * is downloaded only to be thrown away, no try is used up, and no dead letters pile up. After a pause one job at a time probes.
 */
export class ArchiveBreaker {
  readonly #clock: Clock;
  readonly #events: BreakerEvents;
  readonly #firstPause: number;
  #pause = 0;
  #closedAgainAt = 0;

  constructor(clock: Clock, events: BreakerEvents = {}, firstPause = ARCHIVE_PAUSE) {
    this.#clock = clock;
    this.#firstPause = firstPause;
    this.#events = events;
  }

  /** Whether the archive failed and has not worked since. */
  get isAway(): boolean {
    return this.#pause > 0;
  }

  /** How many jobs that need the archive may be taken, of those that there is space for: none during a pause, then one. */
  allowed(free: number, running: number): number {
    if (!this.isAway) return free;
    return this.#clock.now() >= this.#closedAgainAt && running === 0 ? Math.min(1, free) : 0;
  }

  /** Notes that an operation went well. */
  works(): void {
    if (!this.isAway) return;
    this.#pause = 0;
    this.#events.onBack?.();
  }

  /** Notes a failure, and gives what its job ends with. */
  failed(error: Error): JobDeferred {
    if (!this.isAway) this.#events.onAway?.(error.message);
    // Jobs that were under way together fail together: one outage is one step.
    if (this.#clock.now() >= this.#closedAgainAt) {
      this.#pause = Math.min(this.#firstPause * LONGEST_PAUSES, Math.max(this.#firstPause, this.#pause * 2));
      this.#closedAgainAt = this.#clock.now() + this.#pause;
    }
    const seconds = (this.#closedAgainAt - this.#clock.now()) / 1000;
    return new JobDeferred(seconds, `archive.unreachable: ${error.message}`);
  }

  /** The archive, watched. */
  watch(archive: Archive): Archive {
    const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        const result = await work();
        this.works();
        return result;
      } catch (error) {
        throw isArchiveAway(error) ? this.failed(error as Error) : error;
      }
    };
    const pieces = (bytes: () => AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => ({
      [Symbol.asyncIterator]: () => {
        const iterator = bytes()[Symbol.asyncIterator]();
        return {
          next: () => guarded(() => iterator.next()),
          return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
        };
      },
    });
    return {
      receive: async (bytes) => {
        let fromSource: unknown;
        const told = (async function* () {
          try {
            yield* bytes;
          } catch (error) {
            fromSource = error;
            throw error;
          }
        })();
        try {
          const receipt: Receipt = await archive.receive(told);
          this.works();
          return bound(receipt, guarded);
        } catch (error) {
          // What broke on its way from Amazon Pay is no fault of the storage.
          throw error !== fromSource && isArchiveAway(error) ? this.failed(error as Error) : error;
        }
      },
      read: (path) => pieces(() => archive.read(path)),
      describe: (path) => guarded(() => archive.describe(path)),
      link: (path, report) => guarded(() => archive.link(path, report)),
      entries: (scope) => archive.entries(scope),
    };
  }
}

/** The methods of a receipt, watched; they need their own `this`. */
function bound(receipt: Receipt, guarded: <T>(work: () => Promise<T>) => Promise<T>): Receipt {
  return {
    contentHash: receipt.contentHash,
    byteCount: receipt.byteCount,
    keep: (owner, report) => guarded(() => receipt.keep(owner, report)),
    discard: () => receipt.discard(),
  };
}
