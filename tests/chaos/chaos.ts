import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ledger, openLedger, openS3Archive } from "@amazon-pay-kit/ledger";
import { type JobQueue, deadJobs, listJobs, openJobQueue, presentWorkers } from "@amazon-pay-kit/worker";
import { startSandbox, tradeTogether, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { integer, seededRandom } from "@amazon-pay-kit/sdk/random";
import { startPostgres } from "../postgres/server.ts";
import { startS3, type S3Server } from "../s3/server.ts";
import { differences } from "./differences.ts";
import { openWire, type WireFigures } from "./wire.ts";
import { startWorkers, type Workers } from "./workers.ts";

const DAY = 86_400_000;

/** How large, and how bad it gets. */
export interface ChaosOptions {
  readonly seed: string;
  readonly merchants: number;
  /** Days of trade; each is a settlement report of each merchant. */
  readonly days: number;
  readonly ordersPerDay: number;
  /** Times that a worker is killed, at least. */
  readonly kills: number;
  /** Processes at a time. */
  readonly workers: number;
  /** Where the bytes of reports are kept: a folder of this machine, or a bucket of a real S3 server behind a wire of its own. */
  readonly archive: "folder" | "s3";
  /** Share of connections to Amazon Pay and to the bucket that something happens to, every few kilobytes. */
  readonly rate: number;
  /** The same for connections to the database, which carry much more. */
  readonly databaseRate: number;
  /** When all of it has to be over, in seconds. */
  readonly within: number;
  /** Told how it goes, every second or so. */
  readonly onProgress?: (figures: {
    readonly loaded: number;
    readonly reports: number;
    readonly kills: number;
  }) => void;
}

/** What came of it. */
export interface ChaosOutcome {
  readonly merchants: number;
  readonly reports: number;
  readonly rows: number;
  readonly settlements: number;
  readonly kills: number;
  readonly processes: number;
  /** Times that a worker could not begin, because the database broke away from it, and was started again. */
  readonly startedAgain: number;
  /** What happened on the way to Amazon Pay. */
  readonly wire: WireFigures;
  /** On the way to the bucket, when there is one. */
  readonly archiveWire?: WireFigures;
  readonly databaseWire: WireFigures;
  readonly jobs: number;
  /** Jobs that were tried more than once. */
  readonly retried: number;
  readonly seconds: number;
  /** What the ledger has and the truth has not, or the other way round; what is not accounted for. */
  readonly differences: readonly string[];
}

async function tradedSandbox(options: ChaosOptions): Promise<StartedSandbox> {
  const regions = ["na", "eu", "jp"] as const;
  const started = await startSandbox({
    port: 0,
    httpsPort: 0,
    seed: options.seed,
    merchants: Array.from({ length: options.merchants }, (_none, index) => ({ region: regions[index % 3] ?? "na" })),
  });
  const { sandbox } = started;
  await sandbox.clock.advance(-(options.days + 2) * DAY);
  await tradeTogether(
    sandbox,
    sandbox.merchants.map(({ merchantId }) => ({
      merchantId,
      days: options.days + 1,
      orders: options.ordersPerDay * (options.days + 1),
      seed: `${options.seed} ${merchantId}`,
      books: { firstSettlementAfter: "P1D", settlementEvery: "P1D" },
      reports: { daily: false },
    })),
  );
  await sandbox.clock.moveTo(systemClock.now());
  return started;
}

/** The bucket at the near end of its wire, as a configuration names it. */
function bucketAt(s3: S3Server, port: number): object {
  return { bucket: s3.bucket, prefix: "books/", region: s3.region, endpoint: `http://127.0.0.1:${port}` };
}

/** What `apay worker` reads: every merchant, at the near end of the wire. */
async function writeConfig(
  folder: string,
  { ready }: StartedSandbox,
  { port, archive }: { readonly port: number; readonly archive: object | undefined },
): Promise<string[]> {
  const accounts = Object.fromEntries(
    ready.merchants.map((merchant, index) => [
      `m${index}`,
      {
        region: merchant.region,
        publicKeyId: merchant.keys[0]?.publicKeyId,
        privateKeyFile: merchant.keys[0]?.privateKeyFile,
        endpoint: `https://localhost:${port}`,
        caFile: ready.caFile,
        merchantId: merchant.merchantId,
      },
    ]),
  );
  await writeFile(join(folder, "apay.config.json"), JSON.stringify({ accounts, dataDir: "books", archive }));
  return Object.keys(accounts);
}

async function loadedReports(ledger: Ledger): Promise<number> {
  const row = await ledger.store.db
    .selectFrom("report")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("state", "in", ["loaded", "linked"])
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Brings everything forward that waits for a later time, so that a minute is enough for what takes an hour otherwise. */
async function hurry(queue: JobQueue): Promise<void> {
  await queue.query(
    `update apay_jobs.job set start_after = now() where state in ('created', 'retry') and start_after > now() + interval '1 second'`,
  );
}

/** Whether all that is known is loaded, nothing waits but the calendar, and the verdicts are out. */
async function isSettled(queue: JobQueue, ledger: Ledger, reports: number): Promise<boolean> {
  if ((await loadedReports(ledger)) < reports) return false;
  const open = (await listJobs(queue, { limit: 10_000 })).filter(({ state }) => !["done", "failed"].includes(state));
  return open.length === 0;
}

/**
 * Real processes of `apay worker` on a real PostgreSQL fetch from a real sandbox over HTTPS, through a wire that cuts, stalls
 * and truncates, keep what they fetch in a folder or in a bucket behind another such wire, reach their database over a third,
 * and are killed at random with SIGKILL. Afterwards the books are compared with the truth: nothing lost,
 * nothing twice.
 *
 * Everything stays on this machine, and ends by itself.
 */
export async function chaos(options: ChaosOptions): Promise<ChaosOutcome> {
  const began = systemClock.now();
  const random = seededRandom(`chaos ${options.seed}`);
  const folder = await mkdtemp(join(tmpdir(), "apay-chaos-"));
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres();
    undo.push(() => postgres.stop());
    const started = await tradedSandbox(options);
    undo.push(() => started.close());
    const wire = await openWire(Number(new URL(started.ready.https).port), options.seed, options.rate);
    undo.push(() => wire.close());
    const s3 = options.archive === "s3" ? await startS3() : undefined;
    if (s3 !== undefined) undo.push(() => s3.stop());
    const archiveWire =
      s3 === undefined
        ? undefined
        : await openWire(Number(new URL(s3.endpoint).port), `${options.seed} archive`, options.rate);
    if (archiveWire !== undefined) undo.push(() => archiveWire.close());
    const bucket = s3 === undefined || archiveWire === undefined ? undefined : bucketAt(s3, archiveWire.port);
    const accounts = await writeConfig(folder, started, { port: wire.port, archive: bucket });
    const databaseUrl = await postgres.createDatabase();
    const databaseWire = await openWire(
      Number(new URL(databaseUrl).port),
      `${options.seed} database`,
      options.databaseRate,
    );
    undo.push(() => databaseWire.close());
    const archive = s3 === undefined ? undefined : await openS3Archive({ ...s3, prefix: "books/" });
    if (archive !== undefined) undo.push(async () => archive.close());
    const ledger = await openLedger({
      databaseUrl,
      dataDir: join(folder, "books"),
      ...(archive === undefined ? {} : { archive }),
    });
    undo.push(() => ledger.close());
    const queue = await openJobQueue({ databaseUrl });
    undo.push(() => queue.close());
    const reportIds = new Set(
      [...started.sandbox.engine.state.reports.values()]
        .filter(({ processingStatus }) => processingStatus === "COMPLETED")
        .map(({ reportId }) => reportId),
    );
    const reports = reportIds.size;
    const nearDatabase = new URL(databaseUrl);
    nearDatabase.port = String(databaseWire.port);
    const workers: Workers = startWorkers(folder, options.workers, {
      DATABASE_URL: nearDatabase.href,
      ...(s3 === undefined
        ? {}
        : {
            AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId,
            AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
          }),
    });
    undo.push(() => workers.killAll());
    const end = began + options.within * 1000;
    let nextKill = Number.POSITIVE_INFINITY;
    while (workers.kills < options.kills || !(await isSettled(queue, ledger, reports))) {
      const now = systemClock.now();
      await workers.startAgain();
      if (workers.gone > 0)
        throw new Error(`${workers.gone} workers ended by themselves\n${await workers.lastLines()}`);
      if (now > end) {
        const loaded = await loadedReports(ledger);
        throw new Error(
          `after ${options.within} s ${loaded} of ${reports} reports are loaded\n${await workers.lastLines()}`,
        );
      }
      // A process that is still starting has nothing to lose: only a crew at work is worth a kill.
      const busy = (await presentWorkers(queue.query)).some(
        ({ jobs, seenAt }) => jobs.length > 0 && now - seenAt < 2000,
      );
      if (busy && nextKill === Number.POSITIVE_INFINITY) nextKill = now + integer(random, 0, 1500);
      if (now >= nextKill && workers.kills < options.kills) {
        await workers.killOne(random);
        nextKill = Number.POSITIVE_INFINITY;
      }
      // Once enough were killed, those that are left may finish.
      if (workers.kills >= options.kills)
        for (const one of [wire, archiveWire, databaseWire]) if (one !== undefined) one.rate = Math.min(one.rate, 0.05);
      await hurry(queue);
      options.onProgress?.({ loaded: await loadedReports(ledger), reports, kills: workers.kills });
      await systemClock.sleep(250);
    }
    // How they end is a matter of theirs and not of the network.
    databaseWire.rate = 0;
    const statuses = await workers.drain();
    const found = await differences(ledger, started.sandbox, accounts, reportIds);
    for (const [index, status] of statuses.entries())
      if (status !== 0) found.push(`worker ${index} ended with ${status} when it was told to end`);
    for (const job of await deadJobs(queue))
      found.push(`a ${job.kind} job of ${job.accountId} is dead: ${job.message}`);
    const jobs = await listJobs(queue, { limit: 100_000 });
    const count = async (table: "settlement_row" | "settlement"): Promise<number> =>
      (
        await ledger.store.db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as("n"))
          .executeTakeFirstOrThrow()
      ).n;
    return {
      merchants: options.merchants,
      reports,
      rows: await count("settlement_row"),
      settlements: await count("settlement"),
      kills: workers.kills,
      processes: workers.started,
      startedAgain: workers.startedAgain,
      wire: wire.figures,
      ...(archiveWire === undefined ? {} : { archiveWire: archiveWire.figures }),
      databaseWire: databaseWire.figures,
      jobs: jobs.length,
      retried: jobs.filter(({ tries }) => tries > 0).length,
      seconds: Math.round((systemClock.now() - began) / 1000),
      differences: found,
    };
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
