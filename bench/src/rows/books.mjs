/**
 * Reconciling: how time and memory grow with the books, what one settlement more costs, and how fast the pages are on them.
 * Every settlement has rows of captures, refunds and a transfer; each capture and refund has the merchant's own record.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { child, once } from "../child.mjs";
import { figure, line, median } from "../compare.mjs";
import { settlementRows, START } from "../settlement-file.mjs";

const DAY = 86_400_000;

const ROWS_EACH = 1000;
/** Runs of the large books: each takes minutes. */
const LARGE_ROUNDS = 1;

function check(found, settlements) {
  if (found.balanced === settlements && found.exceptions === 0) return;
  const first = JSON.stringify(found.first);
  throw new Error(
    `${found.balanced} of ${settlements} settlements balanced, ${found.exceptions} exceptions, first ${first}`,
  );
}

const medians = (runs) => ({
  seconds: median(runs.map((run) => run.seconds)),
  cpu: median(runs.map((run) => run.cpu)),
  peakMegabytes: Math.max(...runs.map((run) => run.peakMegabytes)),
  rounds: runs.length,
});

/** Books of this many settlements, where they lie afterwards, and what reconciling them took. */
async function reconciled(scale, settlements, rounds) {
  const fresh = join(scale.folder, `books-${settlements}`);
  const work = join(scale.folder, `work-${settlements}`);
  await once("books", "grow", { folder: fresh, settlements, rows: ROWS_EACH });
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round === rounds - 1) await once("books", "move", { from: fresh, to: work });
    else await once("books", "copy", { from: fresh, to: work });
    const found = await once("books", "reconcile", { folder: work, settlements });
    check(found, settlements);
    runs.push(found);
  }
  return { folder: work, figures: medians(runs) };
}

const thousands = (value) => value.toLocaleString("en-US");

function grown({ figures: small }, { figures: large }, { settlements, growth: times }) {
  const ratio = large.seconds / small.seconds;
  const rows = thousands(settlements * times * ROWS_EACH);
  return [
    line({
      work: `reconcile ${rows} rows: time`,
      against: `${thousands(settlements * ROWS_EACH)} rows`,
      ours: large,
      theirs: small,
      ratio,
      cpuRatio: large.cpu / small.cpu,
      target: `≤ ${times * 1.1}`,
      met: ratio <= times * 1.1,
      note: `${figure(large.seconds)} against ${figure(small.seconds)} s`,
    }),
    line({
      work: `reconcile ${rows} rows: memory`,
      against: "resident, all of the process",
      ours: large,
      theirs: null,
      value: `${Math.round(large.peakMegabytes)} MB`,
      target: "≤ 512 MB",
      met: large.peakMegabytes <= 512,
      note: `${Math.round(small.peakMegabytes)} MB for ${thousands(settlements * ROWS_EACH)} rows`,
    }),
  ];
}

async function incremental(scale, small, settlements) {
  const runs = [];
  for (let round = 0; round < scale.rounds; round += 1) {
    const more = { folder: small.folder, settlement: settlements + round, rows: ROWS_EACH };
    const found = await once("books", "reconcileOneMore", more);
    check(found, settlements + round + 1);
    runs.push(found);
  }
  const one = medians(runs);
  const all = small.figures;
  const ratio = one.seconds / all.seconds;
  return line({
    work: `reconcile one settlement of ${thousands(ROWS_EACH)} rows more`,
    against: `all of ${thousands(settlements * ROWS_EACH)} rows`,
    ours: one,
    theirs: all,
    ratio,
    cpuRatio: one.cpu / all.cpu,
    target: "≤ 0.01",
    met: ratio <= 0.01,
    note: `${(one.seconds * 1000).toFixed(0)} ms against ${figure(all.seconds)} s`,
  });
}

const percentile = (values, share) =>
  [...values].sort((left, right) => left - right)[Math.ceil(values.length * share) - 1];

async function pages(scale, small, settlements) {
  const server = child("books");
  const visitor = child("visitor");
  const loader = child("books");
  const stopFile = join(scale.folder, "stop-loading");
  try {
    const { url } = await server.ask("serve", { folder: small.folder, settlements: settlements + scale.rounds });
    const sought = [];
    for (let count = 0; count < scale.loads; count += 1) {
      const settlement = (count * 7919) % settlements;
      const wanted = [...settlementRows({ rows: 40, settlement })][(count * 31) % 39].values;
      sought.push([wanted.amazonTransactionId, wanted.sellerOrderId, wanted.amazonOrderReferenceId][count % 3]);
    }
    const every = (path, holds) => ({ urls: sought.map(() => `${url}${path}`), holds: sought.map(() => holds) });
    const month = (place) => new Date(START + place * DAY).toISOString().slice(0, 7);
    const middle = month(Math.floor(settlements / 2));
    const visits = {
      "first page": every("/", "Coverage"),
      "search by id": { urls: sought.map((id) => `${url}/transactions?q=${id}`), holds: sought },
      ...Object.fromEntries(
        [
          ["/settlements", "<table"],
          ["/settlements?currency=USD", "<table"],
          ["/exceptions", "<main"],
          ["/transactions", "<table"],
          ["/transactions?type=capture", "<table"],
          ["/transactions?type=transfer", "<table"],
          ["/transactions?type=chargeback", "<main"],
          ["/transactions?currency=EUR", "<main"],
          [`/transactions?from=${middle}-01&to=${middle}-28`, "<main"],
          ["/transactions?q=10.00", "<main"],
          ["/fees", "<table"],
          [`/fees?month=${middle}`, "<main"],
          ["/bank", "<main"],
          ["/ageing", "<main"],
          ["/reports", "<main"],
          ["/close", "<main"],
          ["/accounts", "<main"],
          ["/explain?q=123.45", "<main"],
        ].map(([path, holds]) => [path, every(path, holds)]),
      ),
    };
    // Others work with the books meanwhile: a process of its own loads one settlement after the other.
    const loading = loader.ask("loadUntil", {
      folder: small.folder,
      settlement: settlements + scale.rounds,
      rows: ROWS_EACH,
      stop: stopFile,
    });
    const lines = [];
    for (const [work, visit] of Object.entries(visits)) {
      // What a page costs is the same on its tenth visit as on its hundredth.
      if (!work.startsWith("search")) visit.urls.length = Math.min(visit.urls.length, Math.max(3, scale.loads / 5));
      const warm = { urls: visit.urls.slice(0, 3), holds: visit.holds.slice(0, 3) };
      await visitor.ask("visit", warm);
      const { millis } = await visitor.ask("visit", visit);
      const p95 = percentile(millis, 0.95);
      lines.push(
        line({
          work: `dashboard, ${work}: ${thousands(settlements * ROWS_EACH)} rows, while a sync runs`,
          against: "–",
          ours: { p50: percentile(millis, 0.5), p95, count: millis.length },
          theirs: null,
          value: `p95 ${figure(p95)} ms`,
          target: "p95 ≤ 100 ms",
          met: p95 <= 100,
          note: `median ${figure(percentile(millis, 0.5))} ms`,
        }),
      );
    }
    writeFileSync(stopFile, "");
    const { loaded } = await loading;
    lines.push(
      line({
        work: "settlements of 1,000 rows loaded by the sync that ran beside these visits",
        against: "–",
        ours: { loaded, rounds: 1 },
        theirs: null,
        value: String(loaded),
        target: "reported",
      }),
    );
    await server.ask("close");
    return lines;
  } finally {
    await Promise.all([server.end(), visitor.end(), loader.end()]);
  }
}

let measured;

/** The small books, measured once for both comparisons. */
async function smallBooks(scale) {
  measured ??= await reconciled(scale, scale.settlements, scale.rounds);
  return measured;
}

export const growth = {
  name: "growth",
  async run(scale) {
    const few = await smallBooks(scale);
    await once("books", "remove", { folder: few.folder });
    const many = await reconciled(scale, scale.settlements * scale.growth, LARGE_ROUNDS);
    await once("books", "remove", { folder: many.folder });
    return grown(few, many, scale);
  },
};

export const books = {
  name: "books",
  async run(scale) {
    const { settlements } = scale;
    const whole = await smallBooks(scale);
    return [await incremental(scale, whole, settlements), ...(await pages(scale, whole, settlements))];
  },
};
