import type { ReportSource } from "@amazon-pay-kit/ledger/ingest";
import type { RateGate } from "./rate-gate.ts";
import { type RatedCall, type Rates } from "./rates.ts";

/** Who calls, and how often it may. */
export interface RatedAs {
  readonly accountId: string;
  readonly rates: Rates;
  readonly gate: RateGate;
}

/** A page of a list is waited for: what was read of the list so far would be lost. */
const LIST_WAIT = 15 * 60_000;
/** A report is not: another job can use the time. */
const FETCH_WAIT = 3000;
/** How long nobody calls after the service said "too many" without saying for how long. */
const PAUSE = 60_000;

function pauseAfter(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  if (!/throttl|quota/i.test(String(error.code))) return undefined;
  const seconds = "retryAfterMs" in error ? Number(error.retryAfterMs) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : PAUSE;
}

/** A source whose calls go through a gate that all workers share. A refusal for calling too often closes the gate for all. */
export function ratedSource(source: ReportSource, { accountId, rates, gate }: RatedAs): ReportSource {
  const bucketOf = (call: RatedCall) => ({ accountId, name: `${source.name} ${call}` });
  // Turns that were taken and not used yet. An attempt beyond them is one that the client makes by itself.
  const slots = new Map<RatedCall, number>();
  const pass = async (call: RatedCall, maxWait: number, signal: AbortSignal): Promise<void> => {
    const rate = rates[call];
    if (rate === undefined) return;
    await gate.pass(bucketOf(call), rate, maxWait, signal);
    slots.set(call, (slots.get(call) ?? 0) + 1);
  };
  source.onAttempt?.((call) => {
    const rate = rates[call];
    const left = slots.get(call) ?? 0;
    if (rate === undefined) return;
    if (left > 0) slots.set(call, left - 1);
    // Database errors surface in the job; the request is still sent.
    else gate.count(bucketOf(call), rate).catch(() => {});
  });
  const told = async <T>(call: RatedCall, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const millis = pauseAfter(error);
      // The bucket is empty only when it is "burst" calls further than that.
      const ahead = rates[call] === undefined ? 0 : (rates[call].burst - 1) * rates[call].everyMillis;
      if (millis !== undefined) await gate.pause(bucketOf(call), millis + ahead);
      throw error;
    }
  };
  async function* paged<Page>(call: RatedCall, pages: AsyncIterable<Page>, signal: AbortSignal): AsyncGenerator<Page> {
    const walk = pages[Symbol.asyncIterator]();
    try {
      for (;;) {
        await pass(call, LIST_WAIT, signal);
        const { done, value } = await told(call, () => walk.next());
        if (done === true) return;
        yield value;
      }
    } finally {
      await walk.return?.();
    }
  }
  const { acknowledge, disbursements } = source;
  return {
    name: source.name,
    serviceTime: () => source.serviceTime?.() ?? null,
    list: (window, signal) => paged("list", source.list(window, signal), signal),
    async fetch(report, signal) {
      await pass("fetch", FETCH_WAIT, signal);
      return told("fetch", () => source.fetch(report, signal));
    },
    ...(acknowledge === undefined
      ? {}
      : {
          async acknowledge(reports, signal) {
            await pass("acknowledge", LIST_WAIT, signal);
            await told("acknowledge", () => acknowledge.call(source, reports, signal));
          },
        }),
    ...(disbursements === undefined
      ? {}
      : {
          disbursements: (window, signal) => paged("disbursements", disbursements.call(source, window, signal), signal),
        }),
  };
}
