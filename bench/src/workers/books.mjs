/** Books of many settlements, reconciled and looked at. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startDashboard } from "@amazon-pay-kit/dashboard";
import { addRecords, openLedger, reconcile } from "@amazon-pay-kit/ledger";
import { serveWorks } from "../serve-works.mjs";
import { recordsOf, START, writeSettlement } from "../settlement-file.mjs";
import { openSqlite } from "../sqlite.mjs";

const ACCOUNT = { accountId: "shop", region: "na", environment: "live", currency: "USD" };
const DAY = 86_400_000;
/** Settlements that are loaded from files; the others are made from them inside the database. */
const BLOCK = 10;

/** Two hours after the end of the last settlement, so that nothing is late. */
const clockAfter = (settlements) => ({
  now: () => START + settlements * DAY + 7_200_000,
  sleep: () => Promise.reject(new Error("nothing here has to wait")),
});

/** Brings in a settlement and the merchant's records of it, two hours after its end. */
async function addSettlement(folder, settlement, rows) {
  const clock = clockAfter(settlement + 1);
  const ledger = await openLedger({ dataDir: folder, clock });
  const path = join(folder, `settlement-${settlement}.csv`);
  await writeSettlement(path, { rows, settlement });
  await ledger.loadFile({ accountId: ACCOUNT.accountId, file: path });
  const context = { store: ledger.store, clock, accountId: ACCOUNT.accountId };
  await addRecords(context, [...recordsOf({ rows, settlement })]);
  await ledger.close();
  rmSync(path);
}

/** Numbers in ids, moved on by whole blocks, as the writer of files would have made them. */
const later = {
  file_id: `file_id + b * ${BLOCK}`,
  import_id: `import_id + b * ${BLOCK}`,
  first_file_id: `first_file_id + b * ${BLOCK}`,
  settlement_id: `cast(cast(settlement_id as integer) + b * ${BLOCK} as text)`,
  content_hash: "substr(content_hash, 1, 56) || printf('%08x', b)",
  report_id: "report_id || '-' || b",
  archive_path: "archive_path || '-' || b",
  reference_id: `'SHIPMENT-' || (cast(substr(reference_id, 10) as integer) + b * ${BLOCK} * 1000000)`,
  order_id: `'ORDER-' || (cast(substr(order_id, 7) as integer) + b * ${BLOCK} * 1000000)`,
  ...Object.fromEntries(
    ["transaction_id", "parent_transaction_id", "permission_id"].map((name) => [
      name,
      `substr(${name}, 1, 4) || printf('%07d', cast(substr(${name}, 5, 7) as integer) + b * ${BLOCK}) || substr(${name}, 12)`,
    ]),
  ),
  day: `day + b * ${BLOCK}`,
  ...Object.fromEntries(
    ["posted_at", "occurred_at", "window_start_at", "window_end_at", "created_at"].map((name) => [
      name,
      `${name} + b * ${BLOCK * DAY}`,
    ]),
  ),
};

function repeatBlock(database, table, blocks) {
  const columns = database
    .prepare(`select name from pragma_table_info('${table}')`)
    .all()
    .map((column) => column.name)
    .filter((name) => name !== "record_id");
  const indexes = database
    .prepare(`select name, sql from sqlite_master where type = 'index' and tbl_name = '${table}' and sql is not null`)
    .all();
  for (const { name } of indexes) database.exec(`drop index ${name}`);
  database.exec(`create temporary table one as select * from ${table};
    with recursive block(b) as (select 1 union all select b + 1 from block where b + 1 < ${blocks})
    insert into ${table} (${columns.join(",")})
      select ${columns.map((name) => `case when ${name} is null then null else ${later[name] ?? name} end`).join(",")}
      from block cross join one;
    drop table one`);
  for (const { sql } of indexes) database.exec(sql);
}

let dashboard;

serveWorks({
  /** Books of this many settlements, not yet reconciled. */
  async grow({ folder, settlements, rows }) {
    mkdirSync(folder, { recursive: true });
    const ledger = await openLedger({ dataDir: folder, clock: clockAfter(0) });
    await ledger.accounts.add(ACCOUNT);
    await ledger.close();
    const made = Math.min(BLOCK, settlements);
    for (let settlement = 0; settlement < made; settlement += 1) {
      await addSettlement(folder, settlement, rows);
    }
    if (settlements <= BLOCK) return;
    // Outside Node's own module a closed ledger has the file open until its statements are collected.
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
    const database = await openSqlite(join(folder, "ledger.sqlite"));
    // Without a journal, because these books are made anew if anything goes wrong.
    database.exec("pragma journal_mode = delete; pragma journal_mode = off; pragma synchronous = off");
    database.exec("pragma cache_size = -1000000; begin");
    for (const table of ["report", "report_file", "file", "settlement_row", "fee_sum", "import", "record"]) {
      repeatBlock(database, table, Math.ceil(settlements / BLOCK));
    }
    database.exec("commit; pragma journal_mode = wal");
    database.close();
  },

  async copy({ from, to }) {
    const database = await openSqlite(join(from, "ledger.sqlite"));
    database.exec("pragma wal_checkpoint(truncate)");
    database.close();
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to, { recursive: true });
    copyFileSync(join(from, "ledger.sqlite"), join(to, "ledger.sqlite"));
  },

  move({ from, to }) {
    rmSync(to, { recursive: true, force: true });
    renameSync(from, to);
  },

  remove({ folder }) {
    rmSync(folder, { recursive: true, force: true });
  },

  /** Reconciles whatever is new. */
  async reconcile({ folder, settlements }, timer) {
    const ledger = await openLedger({ dataDir: folder });
    timer.begin();
    const verdicts = await reconcile({
      store: ledger.store,
      clock: clockAfter(settlements),
      accountId: ACCOUNT.accountId,
    });
    timer.stop();
    await ledger.close();
    const balanced = verdicts.settlements.filter((one) => one.status === "balanced").length;
    return { balanced, exceptions: verdicts.exceptions.length, first: verdicts.exceptions[0] };
  },

  /** Loads one settlement after the other until a file is there that says stop. */
  async loadUntil({ folder, settlement, rows, stop }) {
    let loaded = 0;
    while (!existsSync(stop)) {
      await addSettlement(folder, settlement + loaded, rows);
      loaded += 1;
    }
    return { loaded };
  },

  /** Loads one settlement more, then reconciles. */
  async reconcileOneMore({ folder, settlement, rows }, timer) {
    await addSettlement(folder, settlement, rows);
    const ledger = await openLedger({ dataDir: folder });
    const context = { store: ledger.store, clock: clockAfter(settlement + 1), accountId: ACCOUNT.accountId };
    timer.begin();
    const verdicts = await reconcile(context);
    timer.stop();
    await ledger.close();
    const balanced = verdicts.settlements.filter((one) => one.status === "balanced").length;
    return { balanced, exceptions: verdicts.exceptions.length, first: verdicts.exceptions[0] };
  },

  async serve({ folder, settlements }) {
    const ledger = await openLedger({ dataDir: folder });
    dashboard = await startDashboard({
      views: { store: ledger.store },
      books: {},
      port: 0,
      secret: "0".repeat(64),
      now: clockAfter(settlements).now,
    });
    return { url: dashboard.url };
  },

  async close() {
    await dashboard.close();
  },
});
