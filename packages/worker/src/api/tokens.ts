import { createHash, timingSafeEqual } from "node:crypto";
import { appendAudit, type AuditState, LedgerError, type Role } from "@amazon-pay-kit/ledger";
import type { Store } from "@amazon-pay-kit/ledger/store";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { hex, type Random } from "@amazon-pay-kit/sdk/random";

/** A token as it may be shown: the text itself is known to nobody but its owner. */
export interface ApiToken {
  readonly tokenId: string;
  /** Whose it is; stands in the history of what it changes. */
  readonly label: string;
  /** Accounts that it sees; null for all, also those that come later. */
  readonly accounts: readonly string[] | null;
  readonly role: Role;
  readonly createdAt: number;
  readonly createdBy: string;
  /** Not valid from then on; null for no end. */
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

/** A token to make. */
export interface NewApiToken extends Pick<ApiToken, "label" | "accounts" | "role" | "createdBy" | "expiresAt"> {}

/** Codes of {@link ApiTokenError}. */
export type ApiTokenErrorCode = "token.bad" | "token.unknown";

/** A token cannot be made or revoked as asked. */
export class ApiTokenError extends LedgerError<ApiTokenErrorCode> {}

/** Where tokens are kept. */
export interface ApiTokensContext {
  readonly store: Store;
  readonly clock: Clock;
}

const SECRET_BYTES = 32;
const ID_BYTES = 8;
const FORM = /^apay_([0-9a-f]{16})_([0-9a-f]{64})$/;

/** 256 random bits need no slow hash: nobody tries them through. */
function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** What stands in place of an account in the row of a token for all of them. */
const ALL = "*";

interface Row {
  readonly account_id: string;
  readonly token_id: string;
  readonly label: string;
  readonly role: Role;
  readonly created_at: number;
  readonly created_who: string;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
}

/** The token that its rows are, one for each account. */
function tokenOf(row: Row, rows: readonly Row[]): ApiToken {
  const accounts = rows.map(({ account_id: account }) => account).sort();
  return {
    tokenId: row.token_id,
    label: row.label,
    accounts: accounts.includes(ALL) ? null : accounts,
    role: row.role,
    createdAt: row.created_at,
    createdBy: row.created_who,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}

/**
 * Makes a token. Its text is given this once: the store has a hash of it.
 *
 * @throws ApiTokenError `token.bad` without a label, or with an empty list of accounts
 */
export async function createApiToken(
  { store, clock, random }: ApiTokensContext & { readonly random: Random },
  wanted: NewApiToken,
): Promise<{ readonly token: string; readonly created: ApiToken }> {
  const label = wanted.label.trim();
  if (label === "") throw new ApiTokenError("token.bad", "a token needs a label that says whose it is");
  if (wanted.accounts?.length === 0 || wanted.accounts?.includes(ALL) === true)
    throw new ApiTokenError("token.bad", "a token needs the names of accounts that it sees, or must be for all");
  const tokenId = hex(random, ID_BYTES);
  const secret = hex(random, SECRET_BYTES);
  const about = {
    token_id: tokenId,
    label,
    role: wanted.role,
    created_at: clock.now(),
    created_who: wanted.createdBy,
    expires_at: wanted.expiresAt,
    revoked_at: null,
  };
  const accounts = wanted.accounts === null ? [ALL] : [...new Set(wanted.accounts)];
  const rows = accounts.map((account) => ({ account_id: account, ...about }));
  const hash = hashOf(secret).toString("hex");
  await store.transaction(async (db) => {
    for (const row of rows)
      await db
        .insertInto("api_token")
        .values({ ...row, hash })
        .execute();
    await appendAudit({ store, clock, who: wanted.createdBy }, db, {
      accountId: null,
      what: "token.made",
      subject: tokenId,
      became: auditedToken(tokenOf({ account_id: ALL, ...about }, rows)),
    });
  });
  return { token: `apay_${tokenId}_${secret}`, created: tokenOf({ account_id: ALL, ...about }, rows) };
}

/** All tokens, the newest first; those that were revoked stay in the list. */
export async function listApiTokens({ store }: Pick<ApiTokensContext, "store">): Promise<readonly ApiToken[]> {
  const rows = await store.db
    .selectFrom("api_token")
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("token_id")
    .execute();
  const tokens = new Map<string, Row[]>();
  for (const row of rows) tokens.set(row.token_id, [...(tokens.get(row.token_id) ?? []), row]);
  return [...tokens.values()].flatMap((own) => own.slice(0, 1).map((row) => tokenOf(row, own)));
}

/**
 * Ends a token at once. One that has ended stays as it is.
 *
 * @param who in whose name, for the audit. Default `unknown`
 * @throws ApiTokenError `token.unknown`
 */
export function revokeApiToken({ store, clock }: ApiTokensContext, tokenId: string, who?: string): Promise<ApiToken> {
  return store.transaction(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable("api_token")
      .set({ revoked_at: clock.now() })
      .where("token_id", "=", tokenId)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    const rows = await db.selectFrom("api_token").selectAll().where("token_id", "=", tokenId).execute();
    const [row] = rows;
    if (row === undefined)
      throw new ApiTokenError(
        "token.unknown",
        `there is no token ${JSON.stringify(tokenId)}: see apay api tokens list`,
      );
    const token = tokenOf(row, rows);
    if (numUpdatedRows > 0n)
      await appendAudit({ store, clock, who }, db, {
        accountId: null,
        what: "token.revoked",
        subject: tokenId,
        was: auditedToken(token),
      });
    return token;
  });
}

/** What the audit keeps of a token: everything but the secret. */
function auditedToken({ label, accounts, role, expiresAt }: ApiToken): AuditState {
  return { label, accounts: accounts ?? "all", role, expiresAt };
}

/** The token that a text is, if it is valid now. */
export async function findApiToken({ store, clock }: ApiTokensContext, text: string): Promise<ApiToken | undefined> {
  const [, tokenId = "", secret = ""] = FORM.exec(text) ?? [];
  if (tokenId === "") return undefined;
  const rows = await store.db.selectFrom("api_token").selectAll().where("token_id", "=", tokenId).execute();
  const [row] = rows;
  if (row === undefined || !timingSafeEqual(Buffer.from(row.hash, "hex"), hashOf(secret))) return undefined;
  const ended = row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= clock.now());
  return ended ? undefined : tokenOf(row, rows);
}
