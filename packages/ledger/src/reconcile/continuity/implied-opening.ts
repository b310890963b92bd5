import { sql } from "kysely";
import type { Settings } from "../settings.ts";
import type { Step } from "../step/step.ts";
import { paysPreviousBalance } from "./balance.ts";
import type { Link } from "./link.ts";

/**
 * What a settlement opens with although its file does not say so: files are known whose transfer, in the middle of the
 * period, pays what the settlement before has left, with no row that carries it in. Then opening and closing are known
 * from the settlements before, and not from the file.
 *
 * @param chain settlements of one currency in the order of time, by their own rows alone
 * @returns the links with what they really open with, and how much of it is implied by settlement
 */
export function withImpliedOpenings(
  chain: readonly Link[],
  { transferPays }: Pick<Settings, "transferPays">,
): { readonly chain: readonly Link[]; readonly implied: ReadonlyMap<string, bigint> } {
  const implied = new Map<string, bigint>();
  const links: Link[] = [];
  for (const link of chain) {
    const opening = impliedOpening(link, links.at(-1) ?? null, transferPays);
    if (opening !== 0n) implied.set(link.settlementId, opening);
    links.push(opening === 0n ? link : { ...link, carriedIn: opening, left: link.left + opening });
  }
  return { chain: links, implied };
}

function impliedOpening(link: Link, before: Link | null, policy: Settings["transferPays"]): bigint {
  if (before === null || before.left <= 0n || link.carriedIn !== 0n || link.payout !== -before.left) return 0n;
  return paysPreviousBalance(link, before, policy) ? before.left : 0n;
}

/** What is kept of a settlement's opening. */
interface KeptOpening {
  readonly settlement_id: string;
  readonly currency: string;
  readonly implied_minor: bigint;
}

/** Keeps what settlements open with by what was left to them: it is part of their opening and closing balance. */
export async function keepImpliedOpenings(
  step: Step,
  rows: readonly KeptOpening[],
  implied: (row: KeptOpening) => bigint,
): Promise<void> {
  for (const row of rows) {
    const opening = implied(row);
    const more = opening - row.implied_minor;
    if (more === 0n) continue;
    await sql`
      update settlement set opening_minor = opening_minor + ${more}, closing_minor = closing_minor + ${more},
        implied_minor = ${opening}
      where account_id = ${step.accountId} and settlement_id = ${row.settlement_id} and currency = ${row.currency}
    `.execute(step.db);
  }
}
