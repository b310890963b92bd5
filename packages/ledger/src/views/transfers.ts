import {
  accountIds,
  limitOf,
  pageOf,
  readCursor,
  type AccountFilter,
  type Page,
  type PageRequest,
  type ViewContext,
} from "./view.ts";

/** A transfer of a settlement and the deposit that it became. */
export interface TransferView {
  readonly accountId: string;
  readonly settlementId: string;
  readonly currency: string;
  readonly fileId: number;
  readonly line: number;
  readonly transferredAt: number;
  /** Positive: what should arrive. */
  readonly amountMinor: bigint;
  readonly disbursementReferenceId: string | null;
  /** How it was matched; null while no deposit is known. */
  readonly rule: string | null;
  readonly depositAt: number | null;
  readonly depositText: string | null;
}

/** Transfers, newest first, each with its deposit where one was found. */
export async function listTransfers(
  context: ViewContext,
  request: AccountFilter & PageRequest = {},
): Promise<Page<TransferView>> {
  const limit = limitOf(request);
  const cursor = readCursor(request, ["number", "string", "number", "number"]);
  const accounts = await accountIds(context, request);
  let query = context.store.db
    .selectFrom("settlement as s")
    .innerJoin("settlement_row as r", (join) =>
      join
        .onRef("r.account_id", "=", "s.account_id")
        .onRef("r.settlement_id", "=", "s.settlement_id")
        .onRef("r.currency", "=", "s.currency")
        .on("r.type_key", "=", "transfer"),
    )
    .leftJoin("row_match as m", (join) =>
      join
        .onRef("m.account_id", "=", "r.account_id")
        .onRef("m.file_id", "=", "r.file_id")
        .onRef("m.line", "=", "r.line")
        .on("m.counterpart", "=", "bank"),
    )
    .leftJoin("disbursement as d", (join) =>
      join
        .onRef("d.account_id", "=", "s.account_id")
        .onRef("d.settlement_id", "=", "s.settlement_id")
        .onRef("d.currency", "=", "s.currency"),
    )
    .select([
      "s.account_id",
      "s.settlement_id",
      "s.currency",
      "r.file_id",
      "r.line",
      "r.posted_at",
      "r.net_minor",
      "m.rule",
      "m.counterpart_id",
      "d.disbursement_reference_id",
    ])
    .where("s.account_id", "in", accounts);
  if (cursor !== null) {
    const [postedAt, accountId, fileId, line] = cursor as [number, string, number, number];
    query = query.where((eb) =>
      eb.or([
        eb("r.posted_at", "<", postedAt),
        eb.and([
          eb("r.posted_at", "=", postedAt),
          eb(eb.refTuple("r.account_id", "r.file_id", "r.line"), ">", eb.tuple(accountId, fileId, line)),
        ]),
      ]),
    );
  }
  const rows = await query
    .orderBy("r.posted_at", "desc")
    .orderBy("r.account_id")
    .orderBy("r.file_id")
    .orderBy("r.line")
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (row) => [row.posted_at, row.account_id, row.file_id, row.line]);
  const ids = page.items.flatMap((row) => (row.counterpart_id === null ? [] : [Number(row.counterpart_id)]));
  const deposits =
    ids.length === 0
      ? []
      : await context.store.db
          .selectFrom("bank_line")
          .selectAll()
          .where("account_id", "in", accounts)
          .where("bank_line_id", "in", ids)
          .execute();
  const byId = new Map(deposits.map((line) => [`${line.account_id} ${line.bank_line_id}`, line]));
  return {
    next: page.next,
    items: page.items.map((row) => {
      const deposit = byId.get(`${row.account_id} ${row.counterpart_id ?? ""}`);
      return {
        accountId: row.account_id,
        settlementId: row.settlement_id,
        currency: row.currency,
        fileId: row.file_id,
        line: row.line,
        transferredAt: row.posted_at,
        amountMinor: -row.net_minor,
        disbursementReferenceId: row.disbursement_reference_id,
        rule: row.rule,
        depositAt: deposit?.booked_at ?? null,
        depositText: deposit === undefined ? null : (deposit.reference ?? deposit.text),
      };
    }),
  };
}
