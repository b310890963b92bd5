import { HOUR, MINUTE } from "@amazon-pay-kit/money";
import type { Store } from "@amazon-pay-kit/ledger";
import { type Discrepancy, DISCREPANCY_KINDS, type Sandbox } from "@amazon-pay-kit/sandbox";
import type { History, HistoryShop } from "./history.ts";

/** An exception as the books have it. */
export interface Found {
  readonly accountId: string;
  readonly code: string;
  readonly subject: string;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  readonly line: number | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly message: string;
}

/** Every exception that stands open in the books. */
export async function foundIn(store: Store): Promise<readonly Found[]> {
  const rows = await store.db
    .selectFrom("exception")
    .select(["account_id", "code", "subject", "settlement_id", "transaction_id", "line", "amount_minor", "currency"])
    .select("message")
    .where("status", "in", ["open", "reopened"])
    .orderBy("account_id")
    .orderBy("code")
    .orderBy("subject")
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    code: row.code,
    subject: row.subject,
    settlementId: row.settlement_id,
    transactionId: row.transaction_id,
    line: row.line,
    amountMinor: row.amount_minor,
    currency: row.currency,
    message: row.message,
  }));
}

/** How one kind did: exceptions that had to be found, were, were missed, and such as nobody asked for. */
export interface Tally {
  injected: number;
  /** Of these, such as another discrepancy of the same shop hides. */
  hidden: number;
  expected: number;
  found: number;
  missed: number;
  wrongAmount: number;
}

/** What came of one history. */
export interface HistoryScore {
  /** By kind. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Exceptions that no discrepancy accounts for, with the shop's discrepancies. */
  readonly falseAlarms: readonly { readonly text: string; readonly kinds: readonly string[] }[];
  readonly missed: readonly string[];
}

const KINDS = new Map(DISCREPANCY_KINDS.map((kind) => [kind.kind, kind]));

/** Kinds whose exception is exactly as large as what was done, by code: the sign is that of the file against the truth. */
const SAME_AMOUNT: Readonly<Record<string, readonly string[]>> = {
  "alter-amount": ["match.amount", "settlement.roll-forward"],
  "wrong-amount": ["match.amount"],
  "alter-fee": ["fee.mismatch", "settlement.roll-forward"],
  overcharge: ["fee.mismatch"],
  "wrong-net": ["row.net"],
  "drop-row": ["settlement.roll-forward"],
  "duplicate-row": ["transaction.duplicate"],
  "repeat-row": ["transaction.duplicate"],
  "wrong-opening": ["settlement.opening"],
  "wrong-reserve": ["reserve.roll-forward"],
  "wrong-transfer": ["settlement.roll-forward"],
  "missing-deposit": ["bank.missing-deposit"],
  "wrong-deposit": ["match.amount"],
  "unknown-deposit": ["bank.unknown-deposit"],
  "unknown-type": ["transaction.unknown-type"],
};

/** Amount that a missing deposit is noted with: the truth has what is not there, the exception what should be. */
const NEGATED: ReadonlySet<string> = new Set(["missing-deposit"]);

/** Where the traces of a discrepancy may lie. */
interface Traces {
  readonly settlements: ReadonlySet<string>;
  readonly transactions: ReadonlySet<string>;
  readonly from: number;
  readonly to: number;
}

/** Kinds after which a whole settlement is unknown. */
const LOSES_SETTLEMENT: ReadonlySet<string> = new Set(["drop-report", "failed-report", "damaged-settlement"]);

function tracesOf(sandbox: Sandbox, shop: HistoryShop, one: Discrepancy): Traces {
  const { state } = sandbox.engine;
  const settlements = [...state.settlements.under("merchant", shop.merchant.merchantId)];
  const place = settlements.findIndex(({ settlementId }) => settlementId === one.injectedIn?.settlementId);
  const own = settlements[place];
  const near = [own?.settlementId, settlements[place + 1]?.settlementId].filter((id) => id !== undefined);
  const transactions = new Set<string>();
  const injected = one.injectedIn?.transactionId ?? null;
  if (injected !== null) transactions.add(injected);
  if (LOSES_SETTLEMENT.has(one.kind)) {
    for (const movement of state.movements.under("merchant", shop.merchant.merchantId)) {
      if (movement.settlementId === own?.settlementId && movement.transactionId !== null)
        transactions.add(movement.transactionId);
      // A refund without its capture is an orphan as long as that is lost.
      if (movement.type === "Refund" && movement.transactionId !== null && captureLost(sandbox, movement, own))
        transactions.add(movement.transactionId);
    }
  }
  const report = state.reports.get(one.injectedIn?.reportId ?? "");
  return {
    settlements: new Set(near),
    transactions,
    from: own?.startAt ?? report?.startAt ?? 0,
    to: own?.endAt ?? report?.endAt ?? 0,
  };
}

/** Kinds that show only against the settlement before. */
const NEEDS_BEFORE: ReadonlySet<string> = new Set(["gap", "overlap", "wrong-opening", "wrong-reserve", "repeat-row"]);

/**
 * Discrepancies that nobody could see: what they are in, or what they would show against, was lost by another one of the
 * same shop.
 */
function hiddenIn({ engine: { state } }: Sandbox, shop: HistoryShop): ReadonlySet<Discrepancy> {
  const order = [...state.settlements.under("merchant", shop.merchant.merchantId)].map((one) => one.settlementId);
  const placeOf = (one: Discrepancy): number => order.indexOf(one.injectedIn?.settlementId ?? "");
  const lost = new Set(shop.injected.filter((one) => LOSES_SETTLEMENT.has(one.kind)).map(placeOf));
  return new Set(
    shop.injected.filter((one) => {
      const place = placeOf(one);
      if (place < 0 || LOSES_SETTLEMENT.has(one.kind)) return false;
      return NEEDS_BEFORE.has(one.kind) ? lost.has(place) || lost.has(place - 1) : lost.has(place);
    }),
  );
}

function captureLost(
  { engine: { state } }: Sandbox,
  refund: { readonly transactionId: string | null },
  lost: { readonly settlementId: string } | undefined,
): boolean {
  const chargeId = state.refunds.get(refund.transactionId ?? "")?.chargeId;
  return [...state.movements.values()].some(
    (movement) => movement.transactionId === chargeId && movement.settlementId === lost?.settlementId,
  );
}

const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;

/** Whether a finding about a stretch of time, which names its ends, is about the one where a discrepancy was put. */
function covers(message: string, { from, to }: Traces): boolean {
  const moments = (message.match(MOMENT) ?? []).map((text) => Date.parse(text));
  const [first = 0, last = first] = moments;
  return moments.length === 1 ? Math.abs(first - to) < SLACK : first - SLACK <= from && to <= last + SLACK;
}

/** An overlap of an hour may lie in between. */
const SLACK = 3 * HOUR + MINUTE;

/** Whether an exception is a trace of a discrepancy: of a code that it may lead to, in a place where it was put. */
function accountsFor(one: Discrepancy, traces: Traces, found: Found): boolean {
  const kind = KINDS.get(one.kind);
  if (kind === undefined || !(kind.leadsTo.includes(found.code) || kind.mayFollow.includes(found.code))) return false;
  // What is taken back comes weeks later, in another settlement and under an id of its own.
  if (found.code === "capture.returned-twice") return true;
  if (found.transactionId !== null) {
    // Rows that were put in have ids of their own: the line tells them.
    return (
      traces.transactions.has(found.transactionId) ||
      (found.line !== null && found.line === one.injectedIn?.line && traces.settlements.has(found.settlementId ?? ""))
    );
  }
  if (found.settlementId !== null) {
    return (
      traces.settlements.has(found.settlementId) ||
      // A row that names another settlement makes that one's file unknown.
      one.kind === "mixed-settlement-id"
    );
  }
  if (found.subject.startsWith("stretch:")) return covers(found.message, traces);
  if (found.subject.startsWith("deposit:")) return true;
  return found.subject.startsWith("file:");
}

/** What was done to one settlement by several discrepancies that lead to the same code. */
function togetherOf(shop: HistoryShop, { injectedIn }: Discrepancy, code: string): bigint {
  return shop.injected
    .filter((one) => one.injectedIn?.settlementId === injectedIn?.settlementId)
    .filter((one) => {
      const kind = KINDS.get(one.kind);
      return kind?.leadsTo.includes(code) === true || kind?.mayFollow.includes(code) === true;
    })
    .reduce((sum, one) => sum + (one.injectedIn?.minor ?? 0n), 0n);
}

const KINDS_OF_BANK: ReadonlySet<string> = new Set(
  DISCREPANCY_KINDS.filter(({ stage }) => stage === "bank").map(({ kind }) => kind),
);

/** Holds what the books found against what was put in. */
export function scoreHistory({ sandbox, shops }: History, found: readonly Found[]): HistoryScore {
  const tallies = new Map<string, Tally>();
  const falseAlarms: { text: string; kinds: string[] }[] = [];
  const missed: string[] = [];
  for (const shop of shops) {
    const own = found.filter(({ accountId }) => accountId === shop.accountId);
    const traces = new Map(shop.injected.map((one) => [one, tracesOf(sandbox, shop, one)]));
    const hidden = hiddenIn(sandbox, shop);
    for (const one of shop.injected) {
      const tally = tallies.get(one.kind) ?? {
        injected: 0,
        hidden: 0,
        expected: 0,
        found: 0,
        missed: 0,
        wrongAmount: 0,
      };
      tallies.set(one.kind, tally);
      if (one.status !== "injected") continue;
      tally.injected += 1;
      if (hidden.has(one) && !KINDS_OF_BANK.has(one.kind)) {
        tally.hidden += 1;
        continue;
      }
      for (const code of KINDS.get(one.kind)?.leadsTo ?? []) {
        tally.expected += 1;
        const hits = own.filter(
          (exception) => exception.code === code && accountsFor(one, traces.get(one) as Traces, exception),
        );
        if (hits.length === 0) {
          tally.missed += 1;
          missed.push(`${shop.accountId} ${one.kind}: no ${code} (${one.what})`);
          continue;
        }
        tally.found += 1;
        const minor = one.injectedIn?.minor ?? null;
        if (minor === null || SAME_AMOUNT[one.kind]?.includes(code) !== true) continue;
        const wanted = NEGATED.has(one.kind) ? -minor : minor;
        if (hits.some((hit) => hit.amountMinor === wanted || hit.amountMinor === togetherOf(shop, one, code))) continue;
        tally.wrongAmount += 1;
        missed.push(`${shop.accountId} ${one.kind}: ${code} of ${hits[0]?.amountMinor} instead of ${wanted}`);
      }
    }
    for (const exception of own) {
      const known = shop.injected.some(
        (one) => one.status === "injected" && accountsFor(one, traces.get(one) as Traces, exception),
      );
      if (known) continue;
      const injected = shop.injected.map((one) => `${one.kind} (${one.status})`).join(", ");
      falseAlarms.push({
        text: `${shop.accountId} ${exception.code} ${exception.settlementId ?? exception.subject}: ${exception.message}; injected: ${injected}`,
        kinds: [...new Set(shop.injected.map((one) => one.kind))],
      });
    }
  }
  return { tallies, falseAlarms, missed };
}
