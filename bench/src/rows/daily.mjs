/**
 * A month of daily files from the files to the verdict, as commands of the shell, against what an analyst would take for it; what is
 * written and kept on the way, and the rows taken out again.
 */
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { once } from "../child.mjs";
import { isInstalled, runCommand } from "../command-cpu.mjs";
import { figure, line } from "../compare.mjs";
import { writeMonth } from "../month-files.mjs";

const APAY = fileURLToPath(new URL("../../../packages/cli/bin/apay.js", import.meta.url));
const DUCK = fileURLToPath(new URL("../workers/duckdb-month.mjs", import.meta.url));
const FILES = { full: 1000, quick: 100, smoke: 2 };

/** Fresh books, the four commands of the month. @param before words that each command is begun with */
function kit(month, work, before = []) {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const account = { region: "na", environment: "live", sources: ["folder"], inbox: join(month, "inbox") };
  const shop = { ...account, merchantId: "A1XX111XXX111XXX" };
  writeFileSync(join(work, "apay.config.json"), JSON.stringify({ accounts: { shop }, dataDir: "books" }));
  const apay = (...args) =>
    runCommand([...before, process.execPath, APAY, "--quiet", ...args], { cwd: work, statuses: [0, 1] });
  const steps = {
    sync: apay("sync"),
    records: apay("records", "import", join(month, "orders.csv")),
    bank: apay("bank", "import", join(month, "bank.csv")),
    reconcile: apay("reconcile"),
  };
  const all = Object.values(steps);
  const sumOf = (figureOf) => all.reduce((sum, step) => sum + figureOf(step), 0);
  return { steps, cpu: sumOf(({ cpu }) => cpu), seconds: sumOf(({ seconds }) => seconds), apay };
}

/** The same with the command line of SQLite: copies with their hash, typed tables, an index for matching, the same questions. */
function sqliteScript(month, work) {
  const database = join(work, "books.sqlite");
  const minor = (name) => `cast(round(${name} * 100) as integer)`;
  const sql = [
    "pragma journal_mode = off; pragma synchronous = off;",
    "create table text_row (posted, settlement, id, reference, type, permission, orderid, store, currency, description, amount, percentage, fixed, fee, net, tail);",
    "create table orders (kind, id, reference, permission, orderid, amount, currency, at);",
    "create table bank (booked, amount, currency, reference);",
    ".mode csv",
    ...Array.from({ length: month.files }, (_, index) => `.import --skip 6 "${month.paths[index]}" text_row`),
    `.import --skip 1 "${join(month.folder, "orders.csv")}" orders`,
    `.import --skip 1 "${join(month.folder, "bank.csv")}" bank`,
    `create table row as select posted, settlement, id, reference, type, permission, orderid, currency,
      ${minor("amount")} amount, ${minor("percentage")} percentage, ${minor("fixed")} fixed, ${minor("fee")} fee, ${minor("net")} net
      from text_row;`,
    "drop table text_row;",
    "create index row_by_id on row (id); create index row_by_order on row (orderid);",
    "create index row_by_settlement on row (settlement, posted);",
    "select count(*) from orders o where not exists (select 1 from row r where r.id = o.id);",
    `select count(*) from orders o join row r on r.id = o.id where abs(r.amount) <> ${minor("o.amount")};`,
    "select count(*) from row where fee <> percentage + fixed or net <> amount + fee;",
    "select count(*) from (select settlement from row group by settlement having sum(net) = 0);",
    `select count(*) from row r join bank b on b.reference = r.settlement and ${minor("b.amount")} = -r.net where r.type = 'Transfer';`,
  ];
  writeFileSync(join(work, "month.sql"), `${sql.join("\n")}\n`);
  return `mkdir -p archive && cp ${join(month.folder, "inbox")}/*.csv archive/ && sha256sum archive/*.csv > hashes && sqlite3 ${database} < month.sql`;
}

function fresh(work) {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
}

const against = (work, title, ours, theirs, target, note = "") => {
  const ratio = ours / theirs;
  const cpu = (value) => ({ cpu: value, rounds: 1 });
  return line({
    work,
    against: title,
    ours: cpu(ours),
    theirs: cpu(theirs),
    ratio,
    cpuRatio: ratio,
    target: `≤ ${target}`,
    met: ratio <= target,
    note: note === "" ? `${figure(ours)} against ${figure(theirs)} s` : note,
  });
};

export const daily = {
  name: "daily",
  async run(scale) {
    const files = FILES[scale.name];
    const folder = join(scale.folder, "month");
    const { bytes, rows } = await writeMonth(folder, { files, rows: 1000 });
    const paths = runCommand(["ls", join(folder, "inbox")])
      .stdout.trim()
      .split("\n");
    const month = { folder, files, paths: paths.map((name) => join(folder, "inbox", name)) };
    const work = (name) => join(scale.folder, `month-${name}`);
    const title = `a month of ${files.toLocaleString("en-US")} daily files, ${rows.toLocaleString("en-US")} rows, to the verdict: CPU`;

    const ours = kit(folder, work("kit"));
    const verdict = JSON.parse(ours.apay("settlements", "list", "--json").stdout);
    if (verdict.settlements.length === 0) throw new Error("no settlement was judged");
    const parts = Object.entries(ours.steps).map(([name, step]) => `${name} ${figure(step.cpu)}`);
    const lines = [];
    const duck = existsSync(fileURLToPath(new URL("../../node_modules/@duckdb/node-api", import.meta.url)));
    if (isInstalled("sqlite3")) {
      fresh(work("sqlite"));
      const theirs = runCommand(sqliteScript(month, work("sqlite")), { cwd: work("sqlite") });
      const note = `${figure(ours.cpu)} (${parts.join(", ")}) against ${figure(theirs.cpu)} s`;
      lines.push(against(title, "sqlite3, the command line, with three indexes", ours.cpu, theirs.cpu, 1, note));
    }
    if (duck) {
      const theirs = runCommand([process.execPath, DUCK, folder, work("duck")]);
      lines.push(against(title, "DuckDB", ours.cpu, theirs.cpu, 2));
    }

    if (isInstalled("taskset")) {
      const one = kit(folder, work("one"), ["taskset", "-c", "0"]);
      rmSync(work("one"), { recursive: true, force: true });
      const ratio = one.seconds / ours.seconds;
      lines.push(
        line({
          work: `${title.replace(/: CPU$/, "")}: time with one core`,
          against: "with all cores",
          ours: { seconds: one.seconds, rounds: 1 },
          theirs: { seconds: ours.seconds, rounds: 1 },
          ratio,
          target: "≥ 1.6",
          met: ratio >= 1.6,
          note: `${figure(one.seconds)} against ${figure(ours.seconds)} s`,
        }),
      );
    }

    const books = join(work("kit"), "books", "ledger.sqlite");
    const perRow = statSync(books).size / rows;
    lines.push(
      line({
        work: "bytes on disk for a settlement row with its record",
        against: "",
        ours: { bytes: perRow, rounds: 1 },
        value: figure(perRow),
        target: "≤ 400",
        met: perRow <= 400,
      }),
    );
    const written = await once("daily", "sync", { folder: work("written"), inbox: join(folder, "inbox") });
    if (written.bytes !== null) {
      const ratio = written.bytes / bytes;
      lines.push(
        line({
          work: `sync of ${files.toLocaleString("en-US")} daily files: bytes written`,
          against: "bytes of the files",
          ours: { bytes: written.bytes, rounds: 1 },
          theirs: { bytes, rounds: 1 },
          ratio,
          target: "≤ 5",
          met: ratio <= 5,
          note: `${figure(written.bytes / 1e6)} against ${figure(bytes / 1e6)} MB`,
        }),
      );
    }

    // Thirty days more, on the books of what has been.
    const later = join(scale.folder, "month-later");
    const further = Math.min(30, files);
    const more = await writeMonth(later, { files: further, rows: 1000, first: files });
    const onFilled = await once("daily", "sync", { folder: work("written"), inbox: join(later, "inbox"), again: true });
    if (onFilled.bytes !== null) {
      const ratio = onFilled.bytes / more.bytes;
      lines.push(
        line({
          work: `sync of ${further} daily files more on books of ${rows.toLocaleString("en-US")} rows: bytes written`,
          against: "bytes of the files",
          ours: { bytes: onFilled.bytes, rounds: 1 },
          theirs: { bytes: more.bytes, rounds: 1 },
          ratio,
          target: "≤ 5",
          met: ratio <= 5,
          note: `${figure(onFilled.bytes / 1e6)} against ${figure(more.bytes / 1e6)} MB`,
        }),
      );
    }

    const csv = ours.apay("export", "--format", "csv", "--out", join(work("kit"), "rows.csv")).cpu;
    if (isInstalled("sqlite3")) {
      const all = "select * from settlement_row order by posted_at, file_id, line";
      const theirs = runCommand(`sqlite3 -csv ${books} "${all}" > ${join(work("kit"), "plain.csv")}`).cpu;
      const what = `export ${rows.toLocaleString("en-US")} rows as CSV: CPU`;
      lines.push(against(what, "sqlite3 -csv, values as they lie in the file", csv, theirs, 1));
    }
    const parquet = ours.apay("export", "--format", "parquet", "--out", join(work("kit"), "parquet")).cpu;
    if (duck) {
      const theirs = runCommand([process.execPath, DUCK, folder, work("duck"), join(work("duck"), "rows.parquet")]);
      lines.push(
        against(`export ${rows.toLocaleString("en-US")} rows as Parquet: CPU`, "DuckDB", parquet, theirs.cpu, 3),
      );
    }
    const memory = [];
    for (const share of [0.1, 1]) {
      const until = new Date(Date.UTC(2024, 0, 1) + Math.ceil(files * share) * 86_400_000).toISOString().slice(0, 10);
      const input = { folder: join(work("kit"), "books"), out: join(work("kit"), `share-${share}`), until };
      memory.push((await once("daily", "exportParquet", input)).peakMegabytes);
    }
    lines.push(
      line({
        work: `memory of a Parquet export of ${rows.toLocaleString("en-US")} rows`,
        against: "of a tenth of them",
        ours: { peakMegabytes: memory[1], rounds: 1 },
        theirs: { peakMegabytes: memory[0], rounds: 1 },
        ratio: memory[1] / memory[0],
        target: "≤ 1.2: flat",
        met: memory[1] / memory[0] <= 1.2,
        note: `${Math.round(memory[1])} against ${Math.round(memory[0])} MB`,
      }),
    );
    for (const name of ["kit", "duck", "sqlite", "written"]) rmSync(work(name), { recursive: true, force: true });
    return lines;
  },
};
