import { formatAmount } from "@amazon-pay-kit/money";
import { type RawBuilder, sql } from "kysely";
import { groupBy } from "@amazon-pay-kit/backports";
import { message } from "../../rules/index.ts";
import { captureReturnedTwice } from "../../rules/capture-returned-twice.ts";
import { inChunks } from "../../store/chunks.ts";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import type { Finding } from "../finding.ts";
import { placeOf } from "../matching/component.ts";
import { subject } from "../subject.ts";
import type { Step } from "../step/step.ts";

/** What a bank or Amazon took back for the buyer, and their reversals. The fee of a dispute is no money of the buyer's. */
const DISPUTES = ["chargeback", "a-to-z-guarantee-claim"];

interface Ids {
  readonly transactionId: string | null;
  readonly permissionId: string | null;
  readonly orderId: string | null;
}

interface OrderRow extends Ids {
  readonly fileId: number;
  readonly line: number;
  readonly contentHash: string;
  readonly settlementId: string;
  readonly typeKey: string;
  readonly storeName: string | null;
  readonly postedAt: number;
  readonly currency: string;
  readonly amountMinor: bigint;
}

const MOVED = sql.join(["capture", "refund", ...DISPUTES]);

const COLUMNS = sql`r.file_id as "fileId", r.line, f.content_hash as "contentHash", s.settlement_id as "settlementId",
  r.transaction_id as "transactionId", r.type_key as "typeKey", r.permission_id as "permissionId",
  r.order_id as "orderId", r.store_name as "storeName", r.posted_at as "postedAt", r.currency,
  r.amount_minor as "amountMinor"`;
const FILES = sql`join file f on f.account_id = r.account_id and f.file_id = r.file_id
  join settlement_file s on s.account_id = r.account_id and s.file_id = r.file_id`;

async function rowsWhere(step: Step, condition: RawBuilder<unknown>): Promise<readonly OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select ${COLUMNS} from settlement_row r ${FILES}
    where r.account_id = ${step.accountId} and ${condition}
  `.execute(step.db);
  return rows;
}

/** The charge permission stands at the head of the ids of all that belongs to it. */
const PERMISSION = /^[A-Z]\d{2}-\d{7}-\d{7}/;

function permissionOf(row: Ids): string | null {
  return row.permissionId ?? PERMISSION.exec(row.transactionId ?? "")?.[0] ?? null;
}

/** What a row belongs to: the charge permission, or without one the order of a store; `null` where it names neither. */
function familyOf(row: OrderRow): string | null {
  const permission = permissionOf(row);
  if (permission !== null) return `permission ${permission} ${row.currency}`;
  return row.orderId === null ? null : `order ${row.storeName ?? ""} ${row.orderId} ${row.currency}`;
}

/**
 * Judges the orders of which some settlement files give money back: what refunds, claims and chargebacks together, less
 * what was reversed, exceed of the captures.
 *
 * @param excluded places of rows that settle a transaction a second time: they are exceptions of their own
 */
export async function checkReturnedTwice(
  step: Step,
  fileIds: readonly number[],
  excluded: ReadonlySet<string>,
): Promise<void> {
  const disputed = await disputedIn(step, fileIds);
  if (disputed.length === 0) return;
  const rows = new Map<string, OrderRow>();
  for (const column of ["permission_id", "order_id"] as const) {
    const ids = new Set(disputed.map((row) => (column === "order_id" ? row.orderId : permissionOf(row))));
    const found = await inChunks(
      [...ids].filter((id) => id !== null),
      (some) => rowsWhere(step, sql`r.${sql.ref(column)} in (${sql.join(some)}) and r.type_key in (${MOVED})`),
    );
    for (const row of found) rows.set(placeOf(row), row);
  }
  for (const row of disputed) rows.set(placeOf(row), row);
  const families = new Set(disputed.map(familyOf));
  const counted = [...rows.values()].filter((row) => families.has(familyOf(row)));
  const findings = [
    ...groupBy(
      counted.filter((row) => !excluded.has(placeOf(row)) && familyOf(row) !== null),
      (row) => familyOf(row) ?? "",
    ),
  ].flatMap(([family, some]) => judge(family, some));
  await replaceFindings(step, { codes: [captureReturnedTwice.code], rows: counted }, findings);
}

const DISPUTED = sql.join(DISPUTES);

/** Claims and chargebacks of the orders that some files have rows of, whichever file has them. */
async function disputedIn(step: Step, fileIds: readonly number[]): Promise<readonly OrderRow[]> {
  // The sums tell without a look at the rows that there are none, and which files have some that name no permission.
  const sums = await sql<{ fileId: number; unnamed: number }>`
    select file_id as "fileId", unnamed_count as unnamed from fee_sum
    where account_id = ${step.accountId} and type_key in (${DISPUTED})
  `.execute(step.db);
  if (sums.rows.length === 0) return [];
  const moved = (some: readonly number[]): RawBuilder<unknown> =>
    sql`g.account_id = ${step.accountId} and g.file_id in (${sql.join(some)}) and g.type_key in (${MOVED})`;
  // `cross join` keeps SQLite from starting with every dispute of the account.
  const named = await inChunks(fileIds, async (some) => {
    const { rows } = await sql<OrderRow>`
      select ${COLUMNS} from settlement_row g cross join settlement_row r ${FILES}
      where ${moved(some)} and r.account_id = ${step.accountId} and r.permission_id = g.permission_id
        and r.type_key in (${DISPUTED})
    `.execute(step.db);
    return rows;
  });
  const unnamed = await inChunks(fileIds, async (some) => {
    const { rows } = await sql<Ids>`
      select distinct null as "permissionId", g.transaction_id as "transactionId", g.order_id as "orderId"
      from settlement_row g where ${moved(some)} and g.permission_id is null
    `.execute(step.db);
    return rows;
  });
  const permissions = new Set<string>();
  const orders = new Set<string>();
  for (const row of unnamed) {
    const permission = permissionOf(row);
    if (permission !== null) permissions.add(permission);
    else if (row.orderId !== null) orders.add(row.orderId);
  }
  const types = sql`r.type_key in (${DISPUTED})`;
  const found = [
    ...named,
    ...(await inChunks([...permissions], (some) =>
      rowsWhere(step, sql`r.permission_id in (${sql.join(some)}) and ${types}`),
    )),
    ...(await inChunks([...orders], (some) => rowsWhere(step, sql`r.order_id in (${sql.join(some)}) and ${types}`))),
    ...(await disputesWithoutPermission(step, fileIds, permissions, sums.rows)),
  ];
  return [...new Map(found.map((row) => [placeOf(row), row])).values()];
}

/** Disputes that name no permission, which are few: only their ids tell which they belong to. */
async function disputesWithoutPermission(
  step: Step,
  fileIds: readonly number[],
  permissions: ReadonlySet<string>,
  sums: readonly { readonly fileId: number; readonly unnamed: number }[],
): Promise<readonly OrderRow[]> {
  const files = new Set(sums.filter(({ unnamed }) => Number(unnamed) > 0).map(({ fileId }) => fileId));
  const rows = await inChunks(files, (some) =>
    rowsWhere(step, sql`r.file_id in (${sql.join(some)}) and r.permission_id is null and r.type_key in (${DISPUTED})`),
  );
  const known = new Set(permissions);
  const wanted = new Set(rows.map(permissionOf).filter((id) => id !== null));
  const own = new Set(fileIds);
  for (const row of await inChunks(wanted, (some) =>
    rowsWhere(step, sql`r.permission_id in (${sql.join(some)}) and r.type_key in (${MOVED})`),
  )) {
    if (own.has(row.fileId) && row.permissionId !== null) known.add(row.permissionId);
  }
  return rows.filter((row) => known.has(permissionOf(row) ?? ""));
}

const total = (rows: readonly OrderRow[]): bigint => rows.reduce((sum, row) => sum + row.amountMinor, 0n);

const lesser = (left: bigint, right: bigint): bigint => (left < right ? left : right);

function judge(family: string, rows: readonly OrderRow[]): Finding[] {
  const captured = total(rows.filter((row) => row.typeKey === "capture"));
  const refunded = -total(rows.filter((row) => row.typeKey === "refund"));
  const disputes = rows.filter((row) => DISPUTES.includes(row.typeKey));
  const disputed = -total(disputes);
  // Without the capture nothing says how much could go back; the books may begin after it.
  if (captured <= 0n || disputed <= 0n) return [];
  // What refunds alone exceed is not counted again.
  const excess = lesser(disputed, refunded + disputed - captured);
  const last = disputes
    .filter((row) => row.amountMinor < 0n)
    .toSorted(inTime)
    .at(-1);
  if (excess <= 0n || last === undefined) return [];
  const text = (minor: bigint): string => formatAmount(minor, last.currency);
  const values = { excess: text(excess), captured: text(captured), refunded: text(refunded), disputed: text(disputed) };
  const charge = last.orderId ?? last.permissionId ?? last.transactionId ?? "";
  return [
    {
      code: captureReturnedTwice.code,
      subject: subject.refundsOf(family),
      settlementId: last.settlementId,
      transactionId: last.transactionId,
      fileId: last.fileId,
      line: last.line,
      amount: excess,
      currency: last.currency,
      messages: message("capture.returned-twice", { ...values, charge }),
    },
  ];
}

function inTime(left: OrderRow, right: OrderRow): number {
  return left.postedAt - right.postedAt || left.fileId - right.fileId || left.line - right.line;
}
