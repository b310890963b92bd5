import { sql } from "kysely";
import { chunks } from "../../store/chunks.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { reserveRollForward } from "../../rules/reserve-roll-forward.ts";
import { settlementGap } from "../../rules/settlement-gap.ts";
import { settlementOpening } from "../../rules/settlement-opening.ts";
import { settlementOverlap } from "../../rules/settlement-overlap.ts";
import { settlementRollForward } from "../../rules/settlement-roll-forward.ts";
import { settlementZeroSum } from "../../rules/settlement-zero-sum.ts";
import type { Finding } from "../finding.ts";
import type { Settings } from "../settings.ts";
import type { Step } from "../step/step.ts";
import { judgeBalance, judgeLast, judgeZeroSum, nothingCarried, payoutsEmpty, type BalanceFacts } from "./balance.ts";
import type { Stretch } from "../coverage/span.ts";
import { coverageGapsOf } from "./coverage-gaps.ts";
import { continuityOf, judgeContinuity } from "./continuity.ts";
import { attributeDifference } from "./attribute-difference.ts";
import { keepImpliedOpenings, withImpliedOpenings } from "./implied-opening.ts";
import { type Link, linkOf } from "./link.ts";

const CODES = [
  settlementGap,
  settlementOverlap,
  settlementOpening,
  settlementRollForward,
  settlementZeroSum,
  reserveRollForward,
].map((check) => check.code);

function inOrder(left: Link, right: Link): number {
  const byStart = (left.startAt ?? 0) - (right.startAt ?? 0);
  const byEnd = (left.endAt ?? 0) - (right.endAt ?? 0);
  return byStart || byEnd || (left.settlementId < right.settlementId ? -1 : 1);
}

/**
 * What the chain of one currency says: its findings, and the settlements that do not lead to the next.
 *
 * @param chain in the order of time
 */
function judgeChain(
  chain: readonly Link[],
  settings: Settings,
  gaps: readonly Stretch[],
  blames: BalanceFacts["blames"] = () => false,
): { findings: Finding[]; failing: Set<string> } {
  const findings: Finding[] = [];
  const failing = new Set<string>();
  const facts = {
    emptied: payoutsEmpty(chain, settings.transferPays),
    carryless: nothingCarried(chain),
    blames,
    settings,
  };
  let earlier: Link | null = null;
  let before: Link | null = null;
  let beforeOff = 0n;
  for (const link of chain) {
    const zeroSum = judgeZeroSum(link, settings);
    if (zeroSum !== null) findings.push(zeroSum);
    let off = 0n;
    let linked = true;
    if (before !== null) {
      const continuity = continuityOf(before, link, { tolerance: settings.windowTolerance, gaps });
      const lying = judgeContinuity(before, link, continuity);
      if (lying !== null) findings.push(lying);
      linked = continuity !== "gap";
      if (linked) {
        const verdict = judgeBalance(earlier, before, link, { ...facts, beforeOff });
        findings.push(...verdict.findings);
        if (verdict.beforeFails) failing.add(before.settlementId);
        off = verdict.openingOff;
      } else {
        const last = judgeLast(earlier, before, beforeOff, settings);
        if (last !== null) failing.add(before.settlementId);
        if (last !== null) findings.push(last);
      }
    }
    earlier = linked ? before : null;
    before = link;
    beforeOff = off;
  }
  const last = before === null ? null : judgeLast(earlier, before, beforeOff, settings);
  if (last !== null && before !== null) {
    findings.push(last);
    failing.add(before.settlementId);
  }
  return { findings, failing };
}

/**
 * Checks how the settlements of an account follow each other, currency by currency. A settlement is one row of a table,
 * so that the whole chain is looked at whenever one of its links is new.
 */
export async function checkChain(step: Step): Promise<void> {
  const rows = await step.db.selectFrom("settlement").selectAll().where("account_id", "=", step.accountId).execute();
  const all = rows.map(linkOf);
  const gaps = await coverageGapsOf(step, all);
  const chains = groupBy(all, (link) => link.currency);
  const findings: Finding[] = [];
  const failing = new Map<string, Set<string>>();
  const openings = new Map<string, bigint>();
  for (const [currency, links] of [...chains].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const over = gaps(currency);
    const { chain, implied } = withImpliedOpenings(links.toSorted(inOrder), step.settings);
    for (const [settlementId, opening] of implied) openings.set(`${settlementId} ${currency}`, opening);
    const first = judgeChain(chain, step.settings, over);
    const doubtful = first.findings.some((finding) => finding.code === settlementOpening.code);
    const verdict = doubtful
      ? judgeChain(chain, step.settings, over, await attributeDifference(step, currency))
      : first;
    findings.push(...verdict.findings);
    failing.set(currency, verdict.failing);
  }
  await replaceFindings(step, { codes: CODES }, findings);
  await keepImpliedOpenings(step, rows, (row) => openings.get(`${row.settlement_id} ${row.currency}`) ?? 0n);
  for (const value of [0, 1] as const) {
    const changed = rows.filter(
      (row) =>
        row.rolls_forward !== value && (failing.get(row.currency)?.has(row.settlement_id) ?? false) === (value === 0),
    );
    for (const some of chunks(changed)) {
      await sql`update settlement set rolls_forward = ${value} where account_id = ${step.accountId}
        and (settlement_id, currency) in (${sql.join(some.map((row) => sql`(${row.settlement_id}, ${row.currency})`))})
      `.execute(step.db);
    }
  }
}
