import { message } from "../../rules/index.ts";
import { type Cause, type Symptom, valueOf } from "./cause.ts";

/** Symptoms by a key; those without one are in no group. */
export function grouped(symptoms: readonly Symptom[], keyOf: (one: Symptom) => string | null): Symptom[][] {
  const groups = new Map<string, Symptom[]>();
  for (const one of symptoms) {
    const key = keyOf(one);
    if (key === null) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [one]);
    else known.push(one);
  }
  return [...groups.values()];
}

const BALANCE = ["settlement.roll-forward", "settlement.opening", "settlement.zero-sum"];

/** Whether a difference of a balance is that of a settlement: of its own, or of what the next one took over from it. */
export function concerns(balance: Symptom, settlementId: string | null): boolean {
  if (settlementId === null || !BALANCE.includes(balance.code)) return false;
  return balance.settlementId === settlementId || valueOf(balance, "before") === settlementId;
}

/** An amount without its sign. */
export const size = (minor: bigint | null): bigint => (minor === null ? 0n : minor < 0n ? -minor : minor);

/** What tells best what is wrong with a row. */
const FIRST = ["transaction.duplicate", "match.amount", "row.net", "row.fee-sum", "fee.mismatch"];

function rank({ code }: Symptom): number {
  const place = FIRST.indexOf(code);
  return place === -1 ? FIRST.length : place;
}

/** One wrong row: all that is wrong with it, and the balance that is wrong by exactly as much. */
export function wrongRows(symptoms: readonly Symptom[]): readonly Cause[] {
  const ofRows = grouped(symptoms, ({ fileId, line, code }) =>
    fileId === null || line === null || BALANCE.includes(code) ? null : `${fileId}:${line}`,
  );
  const taken = new Set<Symptom>();
  return ofRows.flatMap((rows) => {
    const [head, ...others] = rows.toSorted((left, right) => rank(left) - rank(right));
    if (head === undefined) return [];
    const balances = symptoms.filter(
      (one) =>
        !taken.has(one) &&
        concerns(one, head.settlementId) &&
        one.currency === head.currency &&
        rows.some((row) => size(row.amountMinor) !== 0n && size(row.amountMinor) === size(one.amountMinor)),
    );
    for (const one of balances) taken.add(one);
    return {
      head,
      others: [...others, ...balances],
      explain: (codes: string, total: string) => message("cause.row", { codes, total }),
    };
  });
}

/** A type of transaction that is new brings an exception a row. */
export function unknownTypes(symptoms: readonly Symptom[]): readonly Cause[] {
  const unknown = symptoms.filter(({ code }) => code === "transaction.unknown-type");
  return grouped(unknown, (one) => valueOf(one, "type")).flatMap(([head, ...others]) =>
    head === undefined
      ? []
      : {
          head,
          others,
          explain: (codes: string, total: string) =>
            message("cause.unknown-type", { codes, total, type: valueOf(head, "type") ?? "" }),
        },
  );
}

/** A bank that converts every payout brings a difference of currency a payout. */
export function converting(symptoms: readonly Symptom[]): readonly Cause[] {
  const converted = symptoms.filter(
    (one) => one.code === "match.currency" && valueOf(one, "rate") !== null && valueOf(one, "tolerance") === null,
  );
  return grouped(converted, (one) => `${one.currency} ${valueOf(one, "to") ?? valueOf(one, "currency") ?? ""}`).flatMap(
    ([head, ...others]) =>
      head === undefined
        ? []
        : { head, others, explain: (codes: string, total: string) => message("cause.conversion", { codes, total }) },
  );
}
