import { DAY } from "@amazon-pay-kit/money";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { integer, pick, type Random, seededRandom } from "@amazon-pay-kit/sdk/random";
import {
  requestDiscrepancy,
  createSandbox,
  discrepancies,
  type BooksSettings,
  type Discrepancy,
  type ReportsSettings,
  type Sandbox,
  type SandboxMerchant,
  type Trade,
  type TradeOptions,
  tradeTogether,
} from "@amazon-pay-kit/sandbox";
import { KEYS } from "./keys.ts";

/** Where every history begins: a Monday. */
export const START = Date.UTC(2026, 0, 5, 8);

/** Days before anything is made wrong, and after the last thing was: payouts have to arrive, and to be missed. */
const BEFORE = 7;
const AFTER = 15;
const PERIOD = 3;

/** A shop of a history, with what is to be made wrong in its reports. */
export interface ShopSpec {
  readonly region: "na" | "eu" | "jp";
  /** Kinds of discrepancies: one a report, in this order. */
  readonly kinds: readonly string[];
  /** Whether it has transaction reports of every day. Default: three shops in ten have. */
  readonly daily?: boolean;
}

/** A shop that has traded, what it knows itself, and what was made wrong. */
export interface HistoryShop {
  /** Its account in the ledger. */
  readonly accountId: string;
  readonly merchant: SandboxMerchant;
  readonly publicKeyId: string;
  readonly trade: Trade;
  readonly injected: readonly Discrepancy[];
}

/** Some weeks of some shops. */
export interface History {
  readonly sandbox: Sandbox;
  readonly shops: readonly HistoryShop[];
}

/** How a shop is settled: every rule that the documents leave open is met in some history. */
function booksOf(random: Random): Partial<BooksSettings> {
  return {
    firstSettlementAfter: "P2D",
    settlementEvery: `P${PERIOD}D`,
    reserve: pick<BooksSettings["reserve"]>(random, [
      { kind: "none" },
      { kind: "tier-1" },
      { kind: "tier-2" },
      { kind: "rolling", basisPoints: 800, days: 14 },
      { kind: "fixed", minor: 5000n },
    ]),
    negativeBalance: pick(random, ["carry", "debt"]),
    debtSign: pick(random, ["credit", "debit"]),
    disputeFee: pick(random, ["chargeback", "contest", "never"]),
  };
}

/** How its files look. */
function reportsOf(random: Random, { region, daily }: ShopSpec): Partial<ReportsSettings> {
  return {
    daily: daily ?? random.fraction() < 0.3,
    bom: pick(random, ["auto", "always", "never"]),
    lineEnd: pick(random, ["lf", "crlf"]),
    thousands: random.fraction() < 0.5,
    padDecimals: region === "jp" && random.fraction() < 0.5,
    zeros: pick(random, ["bare", "digits"]),
    quoting: pick(random, ["all", "minimal"]),
    compression: pick(random, ["none", "none", "gzip"]),
    spaceBeforeOffset: random.fraction() < 0.5,
  };
}

/**
 * Lets shops trade, has things made wrong on the way, and trades on until everything that follows from them can be seen.
 * The same seed gives the same history.
 */
export async function writeHistory(seed: number | string, specs: readonly ShopSpec[]): Promise<History> {
  const random = seededRandom(`history ${seed}`);
  const sandbox = await createSandbox({ clock: manualClock(START), seed, merchants: [] });
  const merchants: SandboxMerchant[] = [];
  for (const [index, { region }] of specs.entries()) {
    const publicKeyId = `SANDBOX-KNOWN${index}`;
    merchants.push(await sandbox.addMerchant({ region, publicKeyId, publicKeyPem: KEYS.publicKey }));
  }
  const most = Math.max(...specs.map(({ kinds }) => kinds.length));
  const days = PERIOD * (most + 1) + AFTER;
  const orders = integer(random, 3, 5);
  const behaviour = { refundedInFull: 0.08, chargedBack: 0.015 };
  const shopsFor = (part: string, partDays: number): TradeOptions[] =>
    merchants.map(({ merchantId }) => ({
      merchantId,
      days: partDays,
      orders: orders * partDays,
      seed: `${seed} ${part}`,
      behaviour,
    }));
  await tradeTogether(
    sandbox,
    shopsFor("before", BEFORE).map((shop, index) => {
      const spec = specs[index];
      if (spec === undefined) throw new TypeError("a shop that nobody wished for");
      return { ...shop, books: booksOf(random), reports: reportsOf(random, spec) };
    }),
  );
  for (const [index, { kinds }] of specs.entries()) {
    const merchantId = merchants[index]?.merchantId ?? "";
    for (const kind of kinds) requestDiscrepancy(sandbox.engine, { kind, merchantId });
  }
  const trades = await tradeTogether(sandbox, shopsFor("after", days));
  return {
    sandbox,
    shops: merchants.map((merchant, index): HistoryShop => {
      const trade = trades[index];
      if (trade === undefined) throw new TypeError("a shop without a trade");
      return {
        accountId: `${merchant.region}${index}`,
        merchant,
        publicKeyId: `SANDBOX-KNOWN${index}`,
        trade,
        injected: [...discrepancies(sandbox.engine).values()].filter(
          ({ merchantId }) => merchantId === merchant.merchantId,
        ),
      };
    }),
  };
}

/** Length of a history with this many discrepancies a shop, in milliseconds. */
export function lengthOf(kinds: number): number {
  return (BEFORE + PERIOD * (kinds + 1) + AFTER) * DAY;
}
