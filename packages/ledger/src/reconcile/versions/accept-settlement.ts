import { appendAudit } from "../../audit/index.ts";
import { oneOf, type Versioned } from "./versioned.ts";
import { accountsOf, type BooksContext } from "../../books/context.ts";
import { BooksError } from "../../books/errors.ts";
import { letCount, type SettlementVersion } from "../../store/rows/versions.ts";
import { settlementReissued } from "../../rules/settlement-reissued.ts";
import { LIVE } from "../exceptions/status.ts";
import { settleStatus } from "../exceptions/settlement-status.ts";
import { fileNames } from "./file-names.ts";

/** Which version of a settlement is to count. */
export interface AcceptSettlement {
  readonly settlementId: string;
  /** The beginning of the file's SHA-256, as the list of versions shows it. Default: the version that counts. */
  readonly version?: string | undefined;
}

/** What was accepted. */
export interface SettlementAccepted {
  readonly accountId: string;
  readonly settlementId: string;
  /** SHA-256 of the file. */
  readonly hash: string;
  readonly file: string;
  /** Another version counts than before: reconcile, so that verdicts and journals follow. */
  readonly changed: boolean;
}

interface Candidate {
  readonly version: SettlementVersion;
  readonly hash: string;
  readonly name: string;
}

function chosen(candidates: readonly Candidate[], wanted: string | undefined): Candidate {
  const list = candidates.map(({ hash, name }) => `${hash.slice(0, 12)} (${name})`).join(", ");
  if (wanted === undefined) {
    const counting = candidates.find(({ version }) => version.counts);
    if (counting !== undefined) return counting;
    throw new BooksError("books.not-found", `no version of the settlement counts: name one, there are ${list}`);
  }
  const found = candidates.filter(({ hash }) => hash.startsWith(wanted.toLowerCase()));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0 && wanted !== "") return only;
  throw new BooksError(
    "books.not-found",
    `${JSON.stringify(wanted)} ${found.length === 0 ? "is the hash of no version" : "could be several versions"}: there are ${list}`,
  );
}

/**
 * Decides which version of a settlement that was delivered with different contents counts from now on. Journals of its
 * period are exported again afterwards; a version that comes later asks anew.
 *
 * @throws BooksError `books.not-found` when there is no such settlement or version, or nothing to decide;
 *   `books.which-account` when several accounts have it
 *
 * @example
 * await acceptSettlement(context, { settlementId: "5984862222" });
 */
export async function acceptSettlement(context: BooksContext, request: AcceptSettlement): Promise<SettlementAccepted> {
  const { settlementId } = request;
  const accounts = await accountsOf(context);
  return context.store.transaction(async (db): Promise<SettlementAccepted> => {
    const known: Versioned = await oneOf(db, accounts, settlementId);
    const { accountId, versions } = known;
    if (versions.length === 0) {
      throw new BooksError(
        "books.not-found",
        `settlement ${settlementId} was delivered with one content only: there is nothing to accept`,
      );
    }
    const names = await fileNames(
      db,
      accountId,
      versions.map(({ fileId }) => fileId),
    );
    const candidates = versions.map((version) => ({
      version,
      hash: names.get(version.fileId)?.contentHash ?? "",
      name: names.get(version.fileId)?.name ?? "",
    }));
    const { version, hash, name } = chosen(candidates, request.version);
    const counting = versions.find(({ counts }) => counts);
    const changed = !version.counts && counting !== undefined;
    if (changed) await letCount(db, accountId, counting, version);
    const now = context.clock.now();
    const who = context.who ?? "unknown";
    const ofSettlement = db
      .updateTable("settlement_version")
      .where("account_id", "=", accountId)
      .where("settlement_id", "=", settlementId);
    await ofSettlement.set({ accepted_at: null, accepted_by: null }).execute();
    await ofSettlement.set({ accepted_at: now, accepted_by: who }).where("file_id", "=", version.fileId).execute();
    const raised = await db
      .updateTable("exception")
      .set({ status: "resolved", changed_at: now })
      .where("account_id", "=", accountId)
      .where("settlement_id", "=", settlementId)
      .where("code", "=", settlementReissued.code)
      .where("status", "in", [...LIVE])
      .returning("exception_id")
      .execute();
    for (const { exception_id } of raised) {
      const note = `accepted ${name}, ${hash}`;
      const event = { account_id: accountId, exception_id, what: "resolved", who, note, at: now };
      await db.insertInto("exception_event").values(event).execute();
    }
    await settleStatus(db, accountId);
    const before = candidates.find((one) => one.version === counting)?.hash ?? null;
    await appendAudit(context, db, {
      accountId,
      what: "settlement.accepted",
      subject: settlementId,
      was: { counts: before },
      became: { counts: hash },
    });
    return { accountId, settlementId, hash, file: name, changed };
  });
}
