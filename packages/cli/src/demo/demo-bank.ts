import { formatAmount, importStatement, type BooksContext, type NewRecord } from "@amazon-pay-kit/ledger";
import { DAY } from "@amazon-pay-kit/money";

/** What the demo makes wrong, so that there is something to explain. */
export interface InjectedDeposits {
  /** Of the transfers, oldest first: this one is short by a bank's charge, and this one never arrives. */
  readonly short: number;
  readonly missing: number;
}

/** The bank's charge on the deposit that is short. */
const CHARGE = 350n;

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * The order book with one order canceled whose charge is settled all the same: the oldest of which nothing was refunded.
 */
export function withCanceledOrder(records: readonly NewRecord[]): NewRecord[] {
  const refunded = new Set(records.filter(({ kind }) => kind === "refund").map((one) => one.permissionId));
  const charges = records.filter(
    (one) => one.kind === "charge" && !refunded.has(one.permissionId) && one.status?.toLowerCase() !== "declined",
  );
  const at = (one: NewRecord): number => Number(one.occurredAt);
  const oldest = charges.toSorted((left, right) => at(left) - at(right))[0];
  return records.map((one) => (one === oldest ? { ...one, status: "canceled" } : one));
}

/** Imports the bank statement of an account: a deposit two days after each transfer, but for the differences injected. */
export async function importDemoStatement(
  books: BooksContext & { readonly accountId: string },
  now: number,
  injected: InjectedDeposits | null,
): Promise<void> {
  const transfers = await books.store.db
    .selectFrom("settlement")
    .select(["settlement_id", "currency", "payout_minor", "payout_at"])
    .where("account_id", "=", books.accountId)
    .where("payout_minor", "<", 0n)
    .orderBy("payout_at")
    .orderBy("settlement_id")
    .execute();
  const lines = transfers.flatMap((one, index) => {
    const at = (one.payout_at ?? 0) + 2 * DAY;
    if (index === injected?.missing || at > now) return [];
    const amount = -one.payout_minor - (index === injected?.short ? CHARGE : 0n);
    return [`${day(at)},${formatAmount(amount, one.currency)},${one.currency},AMAZON PAYMENTS ${one.settlement_id}`];
  });
  const [first] = transfers;
  if (first === undefined) return;
  const rent = `${day(now)},-${formatAmount(90_000n, first.currency)},${first.currency},RENT`;
  const csv = ["bookedAt,amount,currency,text", ...lines, rent, ""].join("\n");
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(csv);
  }
  await importStatement(books, bytes(), { fileName: `bank-${books.accountId}.csv` });
}
