import { chunks, inChunks } from "../../store/chunks.ts";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import type { CheckedFile } from "../../rules/rows/row-rule.ts";
import type { Finding } from "../finding.ts";
import { filesById, type LoadedFile } from "../step/files.ts";
import type { Step } from "../step/step.ts";
import { checkFile, FILE_CODES, unreadableRows } from "./check-rows.ts";
import { conventionOf, type Figures, figuresOf, settlementOf } from "./figures.ts";
import { type FileGroup, groupsOfFiles } from "./file-groups.ts";

/** A settlement with all the files that have rows of it. Most have one. */
export interface ScannedSettlement {
  readonly settlementId: string;
  readonly files: readonly CheckedFile[];
  /** When its first and its last row were posted. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/**
 * Reads some settlement files once: works out the figures of their settlements and checks their rows.
 *
 * A settlement whose rows come from several files is worked out from all of them, also from those of earlier runs.
 */
export async function scanSettlements(step: Step, files: readonly LoadedFile[]): Promise<readonly ScannedSettlement[]> {
  const fresh = await checkedFiles(step, files);
  const settlements = await withSiblings(step, fresh);
  await keepFiles(step, fresh);
  const scanned: ScannedSettlement[] = [];
  const figures: { settlement: ScannedSettlement; figures: readonly Figures[] }[] = [];
  for (const [settlementId, members] of settlements) {
    const own = figuresOf(members.flatMap((member) => member.groups));
    const settlement = {
      settlementId,
      files: members.map((member) => member.file),
      firstAt: Math.min(...own.map((figure) => figure.firstAt)),
      lastAt: Math.max(...own.map((figure) => figure.lastAt)),
    };
    scanned.push(settlement);
    figures.push({ settlement, figures: own });
  }
  await keepFigures(step, figures);
  const findings: Finding[] = [];
  for (const { file, groups } of fresh) {
    for (const finding of await checkFile(step, file, groups)) findings.push(finding);
  }
  const settlementIds = new Map(fresh.map(({ file }) => [file.fileId, file.settlementId]));
  const damaged = files
    .filter((file) => file.errors > 0)
    .map(
      ({ fileId, contentHash }) => [fileId, { contentHash, settlementId: settlementIds.get(fileId) ?? null }] as const,
    );
  for (const finding of await unreadableRows(step, new Map(damaged))) findings.push(finding);
  await replaceFindings(step, { codes: FILE_CODES, fileIds: files.map((file) => file.fileId) }, findings);
  return scanned;
}

interface Member {
  readonly file: CheckedFile;
  readonly groups: readonly FileGroup[];
}

/** Files with their groups; those whose rows had all come before, or that have none, are left out. */
async function checkedFiles(step: Step, files: readonly LoadedFile[]): Promise<readonly Member[]> {
  const groups = new Map<number, FileGroup[]>();
  for (const group of await groupsOfFiles(
    step.db,
    step.accountId,
    files.map((file) => file.fileId),
  )) {
    const known = groups.get(group.fileId);
    if (known === undefined) groups.set(group.fileId, [group]);
    else known.push(group);
  }
  return files.flatMap((file) => {
    const own = groups.get(file.fileId) ?? [];
    const settlementId = settlementOf(own);
    if (settlementId === null) return [];
    return {
      groups: own,
      file: {
        fileId: file.fileId,
        contentHash: file.contentHash,
        settlementId,
        startAt: file.startAt,
        endAt: file.endAt,
        convention: conventionOf(own),
        tolerance: step.settings.windowTolerance,
      },
    };
  });
}

/** The members of every settlement that the fresh files belong to, files of earlier runs among them, in order of file. */
async function withSiblings(step: Step, fresh: readonly Member[]): Promise<ReadonlyMap<string, readonly Member[]>> {
  const settlements = new Map<string, Member[]>();
  for (const member of fresh) {
    const known = settlements.get(member.file.settlementId);
    if (known === undefined) settlements.set(member.file.settlementId, [member]);
    else known.push(member);
  }
  const freshIds = new Set(fresh.map(({ file }) => file.fileId));
  const known = await inChunks(settlements.keys(), (some) =>
    step.db
      .selectFrom("settlement_file")
      .select("file_id")
      .where("account_id", "=", step.accountId)
      .where("settlement_id", "in", [...some])
      .execute(),
  );
  const siblings = known.map((row) => row.file_id).filter((id) => !freshIds.has(id));
  if (siblings.length > 0) {
    const loaded = await filesById(step.db, step.accountId, siblings);
    for (const some of chunks([...loaded.values()])) {
      for (const member of await checkedFiles(step, some)) settlements.get(member.file.settlementId)?.push(member);
    }
    for (const members of settlements.values()) members.sort((left, right) => left.file.fileId - right.file.fileId);
  }
  return settlements;
}

async function keepFiles(step: Step, fresh: readonly Member[]): Promise<void> {
  for (const some of chunks(fresh)) {
    await step.db
      .insertInto("settlement_file")
      .values(
        some.map(({ file }) => ({
          account_id: step.accountId,
          file_id: file.fileId,
          settlement_id: file.settlementId,
          sign_convention: file.convention,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(["account_id", "file_id"]).doUpdateSet((excluded) => ({
          settlement_id: excluded.ref("excluded.settlement_id"),
          sign_convention: excluded.ref("excluded.sign_convention"),
        })),
      )
      .execute();
  }
}

function earliest(times: readonly (number | null)[], fallback: number): number {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? fallback : Math.min(...known);
}

function latest(times: readonly (number | null)[], fallback: number): number {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? fallback : Math.max(...known);
}

async function keepFigures(
  step: Step,
  settlements: readonly { settlement: ScannedSettlement; figures: readonly Figures[] }[],
): Promise<void> {
  for (const some of chunks(settlements.map(({ settlement }) => settlement.settlementId))) {
    await step.db
      .deleteFrom("settlement")
      .where("account_id", "=", step.accountId)
      .where("settlement_id", "in", [...some])
      .execute();
  }
  const rows = settlements.flatMap(({ settlement, figures }) =>
    figures.map((figure) => ({
      account_id: step.accountId,
      settlement_id: settlement.settlementId,
      currency: figure.currency,
      file_id: settlement.files[0]?.fileId ?? 0,
      start_at: earliest(
        settlement.files.map((file) => file.startAt),
        figure.firstAt,
      ),
      end_at: latest(
        settlement.files.map((file) => file.endAt),
        figure.lastAt,
      ),
      status: "balanced" as const,
      bank: "unchecked" as const,
      opening_minor: figure.openingMinor,
      activity_minor: figure.activityMinor,
      fees_minor: figure.feesMinor,
      reserve_minor: figure.reserveMinor,
      transfer_minor: figure.transferMinor,
      closing_minor: figure.closingMinor,
      row_count: figure.rows,
      zero_sum: figure.closingMinor + figure.reserveMinor === 0n ? 1 : 0,
      rolls_forward: 1,
      sign_convention: settlement.files.every((file) => file.convention === "amount-minus-fee")
        ? "amount-minus-fee"
        : "amount-plus-fee",
      released_minor: figure.releasedMinor,
      debt_minor: figure.debtMinor,
      payout_minor: figure.payoutMinor,
      payout_at: figure.payout?.at ?? null,
      payout_file_id: figure.payout?.fileId ?? null,
      payout_line: figure.payout?.line ?? null,
    })),
  );
  for (const some of chunks(rows, 200))
    await step.db
      .insertInto("settlement")
      .values([...some])
      .execute();
}
