import type { Store } from "@amazon-pay-kit/ledger/store";
import { type Kysely, sql } from "kysely";
import { TABLES } from "../../packages/ledger/src/store/schema/index.ts";

/** How large invented books are. */
export interface LargeShape {
  readonly accounts: number;
  /** Settlements of each account, one a day. */
  readonly settlements: number;
  /** Rows of each settlement. */
  readonly rows: number;
  /** One exception among so many rows, and one open item. Default 500. */
  readonly exceptionEvery?: number;
}

const DAY = 86_400_000;
const BEGIN = Date.UTC(2024, 0, 1);

/** What of `n.i` an account is called: all the same length, so that names and numbers sort alike. */
const account = (number: string): string => `'shop-' || cast(100000 + ${number} as text)`;

/** Four currencies take turns, one a settlement. */
const currency = (number: string): string =>
  `case (${number}) % 4 when 0 then 'USD' when 1 then 'EUR' when 2 then 'GBP' else 'JPY' end`;

/** Two hours after the last settlement of such books. */
export function lastMoment({ settlements }: LargeShape): number {
  return BEGIN + settlements * DAY + 7_200_000;
}

/** Rows of a table made by the database: what is not named is empty, 0, or the first of the texts that are allowed. */
async function fill(
  db: Kysely<never>,
  table: keyof typeof TABLES,
  count: number,
  named: Readonly<Record<string, string>>,
): Promise<void> {
  const cells = Object.entries(TABLES[table].columns).flatMap(([name, kind]: [string, string | readonly string[]]) => {
    const given = named[name];
    if (given !== undefined) return [[name, given] as const];
    if (kind === "id") return [];
    if (typeof kind !== "string") return [[name, `'${kind[0] ?? ""}'`] as const];
    return [[name, kind.endsWith("?") ? "null" : kind === "text" ? "''" : "0"] as const];
  });
  await sql
    .raw(
      `with recursive n(i) as (select cast(0 as bigint) union all select i + 1 from n where i + 1 < ${count})
       insert into ${table} (${cells.map(([name]) => name).join(", ")}) select ${cells.map(([, cell]) => cell).join(", ")} from n`,
    )
    .execute(db);
}

/**
 * Fills an empty store with invented books as large as asked, in a few statements: accounts, reports, rows with their sums,
 * verdicts, own records and their matches, bank lines, exceptions with histories, open items. A third of the sales have the same
 * price, as in any shop, so that a search for it finds a third of the rows.
 */
export async function fillLargeBooks(store: Store, shape: LargeShape): Promise<void> {
  const db = store.db as unknown as Kysely<never>;
  const { accounts, settlements, rows, exceptionEvery: every = 500 } = shape;
  const files = accounts * settlements;
  const all = files * rows;
  const gap = Math.floor(DAY / rows);
  /** Of settlement number `s` of all: whose it is, which of theirs, when it begins, and what it is called. */
  const of = (s: string) => ({
    account_id: account(`(${s}) % ${accounts}`),
    file_id: `(${s}) + 1`,
    settlement_id: `cast(5000000000 + (${s}) / ${accounts} as text)`,
    currency: currency(`(${s}) / ${accounts}`),
    start: `${BEGIN} + ((${s}) / ${accounts}) * ${DAY}`,
  });
  const one = of("i");
  const many = of(`i / ${rows}`);
  const place = `i % ${rows}`;
  const last = `${place} = ${rows - 1}`;
  const refund = `${place} % 20 = 5`;
  const chargeback = `${place} % 997 = 13`;
  const amount = `(case when ${last} then -1000 * ${rows} when ${refund} or ${chargeback} then -1999
    when ${place} % 3 = 0 then 1999 else 1000 + (i * 7919) % 50000 end)`;
  const fee = `(case when ${last} then 0 else -30 - abs(${amount}) * 29 / 1000 end)`;
  const charge = `'P01-1111111-' || cast(1000000 + i as text) || '-C' || cast(100000 + ${place} as text)`;
  const report = { ...one, source: "'v2'", report_id: `'R' || cast(i as text)` };

  await fill(db, "account", accounts, {
    account_id: account("i"),
    region: "'na'",
    environment: "'live'",
    currency: "'USD'",
  });
  await fill(db, "report", files, {
    ...report,
    report_type: `'_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_'`,
    window_start_at: one.start,
    window_end_at: `${one.start} + ${DAY}`,
    created_at: `${one.start} + ${DAY}`,
    first_seen_at: `${one.start} + ${DAY}`,
    processing_status: "'COMPLETED'",
    state: "case when i % 50 = 49 then 'quarantined' else 'loaded' end",
  });
  await fill(db, "file", files, {
    ...one,
    content_hash: `'hash-' || cast(i as text)`,
    kind: "'settlement'",
    archive_path: `'archive/' || cast(i as text)`,
    row_count: String(rows),
    error_count: "case when i % 40 = 0 then 2 else 0 end",
    window_start_at: one.start,
    window_end_at: `${one.start} + ${DAY}`,
    archived_at: `${one.start} + ${DAY}`,
    loaded_at: `${one.start} + ${DAY}`,
  });
  await fill(db, "report_file", files, {
    ...report,
    content_hash: `'hash-' || cast(i as text)`,
    fetched_at: `${one.start} + ${DAY}`,
  });
  await fill(db, "settlement_row", all, {
    ...many,
    line: `${place} + 2`,
    posted_at: `${many.start} + (${place}) * ${gap}`,
    type: `case when ${last} then 'Transfer' when ${refund} then 'Refund' when ${chargeback} then 'Chargeback' else 'Capture' end`,
    type_key: `case when ${last} then 'transfer' when ${refund} then 'refund' when ${chargeback} then 'chargeback' else 'capture' end`,
    transaction_id: `case when ${last} then null else ${charge} end`,
    reference_id: `'SHIPMENT-' || cast(i as text)`,
    permission_id: `'P01-1111111-' || cast(1000000 + i as text)`,
    order_id: `'ORDER-' || cast(i as text)`,
    amount_minor: amount,
    percentage_fee_minor: `${fee} + 30`,
    fixed_fee_minor: `case when ${last} then 0 else -30 end`,
    total_fee_minor: fee,
    net_minor: `${amount} + ${fee}`,
  });
  await sql
    .raw(
      `insert into fee_sum (account_id, file_id, settlement_id, currency, type_key, day, type, row_count, unnamed_count,
         amount_minor, percentage_fee_minor, fixed_fee_minor, total_fee_minor, net_minor)
       select account_id, file_id, settlement_id, currency, type_key, posted_at / ${DAY}, min(type), count(*), 0,
         sum(amount_minor), sum(percentage_fee_minor), sum(fixed_fee_minor), sum(total_fee_minor), sum(net_minor)
       from settlement_row group by account_id, file_id, settlement_id, currency, type_key, posted_at / ${DAY}`,
    )
    .execute(db);
  await fill(db, "settlement", files, {
    ...one,
    start_at: one.start,
    end_at: `${one.start} + ${DAY}`,
    status: "case when i % 30 = 0 then 'exceptions' when i % 30 = 7 then 'explained' else 'balanced' end",
    bank: "case when i % 9 = 0 then 'unchecked' when i % 50 = 7 then 'differs' else 'matched' end",
    activity_minor: `20000 * ${rows} + (i * 7919) % 100000`,
    fees_minor: `-600 * ${rows}`,
    transfer_minor: `-1000 * ${rows}`,
    payout_minor: `-1000 * ${rows}`,
    payout_at: `${one.start} + ${DAY - gap}`,
    payout_file_id: "i + 1",
    payout_line: String(rows + 1),
    row_count: String(rows),
    zero_sum: "1",
    rolls_forward: "1",
    sign_convention: "'amount-plus-fee'",
  });
  await fill(db, "settlement_fee", files, {
    ...one,
    actual_minor: `-600 * ${rows}`,
    expected_minor: `-600 * ${rows} - case when i % 30 = 0 then 100 else 0 end`,
    checked_count: String(rows - 1),
  });
  await fill(db, "settlement_file", files, { ...one, sign_convention: "'amount-plus-fee'" });
  await fill(db, "disbursement", files, {
    ...one,
    disbursement_reference_id: `'DR' || cast(i as text)`,
    amount_minor: `1000 * ${rows}`,
    transferred_at: `${one.start} + ${DAY}`,
  });
  await fill(db, "import", 2 * files, {
    ...of("i / 2"),
    import_id: "i + 1",
    what: "case when i % 2 = 0 then 'records' else 'bank' end",
    file_name: `'import-' || cast(i as text) || '.csv'`,
    content_hash: `'import-' || cast(i as text)`,
    row_count: String(rows),
    imported_at: `${of("i / 2").start} + ${DAY}`,
  });
  await fill(db, "record", all, {
    ...many,
    record_id: "i + 1",
    import_id: `2 * (i / ${rows}) + 1`,
    line: `${place} + 2`,
    source: "'file'",
    kind: `case when ${refund} then 'refund' else 'charge' end`,
    transaction_id: charge,
    reference_id: `'SHIPMENT-' || cast(i as text)`,
    order_id: `'ORDER-' || cast(i as text)`,
    amount_minor: `abs(${amount})`,
    occurred_at: `${many.start} + (${place}) * ${gap}`,
  });
  await fill(db, "row_match", all, {
    ...many,
    line: `${place} + 2`,
    counterpart: `case when ${last} then 'bank' else 'record' end`,
    counterpart_id: `case when ${last} then cast((i / ${rows}) * 20 + 1 as text) else cast(i + 1 as text) end`,
    rule: `case when ${last} then 'reference' else 'transaction-id' end`,
    match_group: `case when ${last} then ${many.settlement_id} else null end`,
    amount_minor: `abs(${amount})`,
  });
  // Each ninth payout is on no statement.
  await sql.raw(`delete from row_match where counterpart = 'bank' and (file_id - 1) % 9 = 0`).execute(db);
  const line = of("i / 20");
  await fill(db, "bank_line", files * 20, {
    ...line,
    bank_line_id: "i + 1",
    import_id: "2 * (i / 20) + 2",
    line: "i % 20 + 1",
    booked_at: `${line.start} + ${DAY}`,
    amount_minor: `case when i % 20 = 0 then 1000 * ${rows} when i % 20 < 4 then 5000 + i % 777 else -3000 - i % 999 end`,
    reference: `'REF' || cast(i as text)`,
    counterparty: "case when i % 20 = 0 then 'AMAZON PAYMENTS' else 'SOMEBODY ELSE' end",
    text: `'PAYMENT ' || cast(i as text)`,
  });
  const exceptions = Math.ceil(all / every);
  const row = of(`(i * ${every}) / ${rows}`);
  const codes = ["capture.unknown", "fee.mismatch", "match.amount", "capture.unsettled", "bank.missing-deposit"];
  await fill(db, "exception", exceptions, {
    ...row,
    exception_id: `'e' || cast(1000000 + i as text)`,
    code: `case i % 5 ${codes.map((code, index) => `when ${index} then '${code}'`).join(" ")} end`,
    severity: "case when i % 3 = 0 then 'warning' else 'error' end",
    transaction_id: `'P01-1111111-' || cast(1000000 + i * ${every} as text) || '-C100000'`,
    line: `(i * ${every}) % ${rows} + 2`,
    amount_minor: "-100 - i % 5000",
    message: `'the row and its record differ by some amount: number ' || cast(i as text)`,
    status:
      "case when i % 10 < 3 then 'open' when i % 10 = 3 then 'reopened' when i % 10 < 6 then 'explained' else 'resolved' end",
    subject: `'subject-' || cast(i as text)`,
    order_id: `'ORDER-' || cast(i * ${every} as text)`,
    cause: `case when i % 3 = 0 then null else 'e' || cast(1000000 + (i / 50) * 50 as text) end`,
    owner: "case when i % 7 = 0 then 'mara' else null end",
    reason: "case when i % 10 = 4 then 'claim' else null end",
    found_at: `${row.start} + ${DAY}`,
    changed_at: `${row.start} + ${2 * DAY}`,
  });
  await fill(db, "exception_event", exceptions, {
    ...row,
    event_id: "i + 1",
    exception_id: `'e' || cast(1000000 + i as text)`,
    what: "'found'",
    who: "'apay'",
    at: `${row.start} + ${DAY}`,
    reason: "case when i % 10 = 4 then 'claim' else null end",
  });
  await fill(db, "open_item", exceptions, {
    ...row,
    counterpart: "'record'",
    counterpart_id: `cast(i * ${every} + 1 as text)`,
    kind: "case when i % 5 = 0 then 'refund' else 'charge' end",
    transaction_id: `'P01-1111111-' || cast(1000000 + i * ${every} as text) || '-C100000'`,
    amount_minor: "1000 + i % 5000",
    occurred_at: row.start,
    subject: `'open-' || cast(i as text)`,
  });
  await fill(db, "transfer_forecast", files, {
    ...one,
    after_settlement_id: one.settlement_id,
    made_at: `${one.start} + ${DAY}`,
    expected_minor: `1000 * ${rows}`,
    settlement_id: `case when i / ${accounts} >= ${settlements - 4} then null else ${of(`i + ${accounts}`).settlement_id} end`,
    actual_minor: `case when i / ${accounts} >= ${settlements - 4} then null else 1000 * ${rows} end`,
  });
  await fill(db, "coverage", files, {
    ...one,
    report_type: `'_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_'`,
    from_at: one.start,
    to_at: `${one.start} + ${DAY}`,
    status: "case when i % 60 = 59 then 'missing' else 'complete' end",
  });
  await fill(db, "row_error", files, {
    ...one,
    line: "i % 500 + 2",
    code: "'report.amount'",
    message: "'this is no amount'",
  });
}
