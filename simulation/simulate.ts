import { addRecords, reconcile, syncReports, type SyncSummary } from "@amazon-pay-kit/ledger";
import { formatAmount } from "@amazon-pay-kit/money";
import { type ShopRecord, shopRecords, tradeTogether } from "@amazon-pay-kit/sandbox";
import { integer, seededRandom, type Random } from "@amazon-pay-kit/sdk/random";
import { Crash, DiskFull, mortal, Mortality } from "./crashes.ts";
import { compareExceptions, damage, injectedIn } from "./damage.ts";
import { chargeOnce } from "./point-of-sale.ts";
import { compareWithTruth, unaccounted } from "./truth.ts";
import { buildEnvironment, LEASE_MILLIS, type Environment } from "./environment.ts";

/** How large and how unlucky a world is. */
export interface SimulationOptions {
  readonly seed: number | string;
  /** Default 3: one a region. */
  readonly merchants?: number;
  /** Default 6. */
  readonly days?: number;
  /** Orders of a merchant and day. Default 3. */
  readonly orders?: number;
  /** Share of calls that a fault hits. Default 0.08. */
  readonly faultRate?: number;
  /** Let the process die at write boundaries, and its disk fill. Default true. */
  readonly crashes?: boolean;
  /** Share of merchants and days whose next report is made wrong. Default 0.1. */
  readonly damageRate?: number;
  /** Share of worlds in which the first merchant gets notifications. Default 0.3. */
  readonly notificationRate?: number;
  /** Reports on a page of a listing. Default 5, so that every listing has several pages. */
  readonly pageSize?: number;
  /** Damages the ledger behind everybody's back before it is judged: a judge that sees nothing proves nothing. */
  readonly sabotage?: "drop-row" | "duplicate-row";
}

/** What a simulation saw. */
export interface SimulationOutcome {
  readonly seed: number | string;
  /** What should not be: empty when all is well. */
  readonly problems: readonly string[];
  readonly calls: number;
  /** How often each fault was met. */
  readonly faults: Readonly<Record<string, number>>;
  readonly deaths: number;
  /** Places at which the process could have died. */
  readonly boundaries: number;
  readonly diskFull: number;
  readonly damages: number;
  readonly notifications: number;
  readonly exceptions: number;
  readonly rows: number;
  readonly reports: number;
  readonly merchantDays: number;
}

const ATTEMPTS = 80;

/** Some work in a process that may die or find its disk full; `null` when that happened. */
async function oneLife<T>(mortality: Mortality, work: () => Promise<T>): Promise<T | null> {
  try {
    const result = await work();
    return mortality.isDead ? null : result;
  } catch (error) {
    if (error instanceof Crash || error instanceof DiskFull || mortality.isDead) return null;
    throw error;
  }
}

function syncOnce(environment: Environment, mortality: Mortality): Promise<SyncSummary | null> {
  return oneLife(mortality, () =>
    syncReports(mortal(environment.context, mortality), {
      accounts: environment.accounts(),
      downloads: 1,
      accountsAtOnce: 1,
      leaseMillis: LEASE_MILLIS,
    }),
  );
}

/** Starts the process anew, to die some writes later or to find its disk full, perhaps. */
function begin(mortality: Mortality, random: Random, unlucky: boolean): void {
  const fate = unlucky ? random.fraction() : 1;
  mortality.live(fate < 0.45 ? integer(random, 0, 120) : Number.POSITIVE_INFINITY);
  if (fate >= 0.45 && fate < 0.6) mortality.fillDisk(integer(random, 0, 60), integer(random, 1, 4));
}

/** Starts some work again and again until it has come through. */
async function untilDone<T>(
  environment: Environment,
  mortality: Mortality,
  crashes: boolean,
  work: () => Promise<T | null>,
): Promise<T> {
  const random = seededRandom(`deaths ${mortality.boundaries}`);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    begin(mortality, random, crashes && attempt < ATTEMPTS / 2);
    const done = await work();
    if (done !== null) return done;
    await environment.clock.pass(LEASE_MILLIS + 3_600_000);
  }
  throw new Error(`${ATTEMPTS} attempts did not come through`);
}

/**
 * Syncs until one has come through with nothing left over. Gives the moment at which that one began: what the service
 * published later, while the sync waited for a retry, is for the next one.
 */
function syncUntilDone(environment: Environment, mortality: Mortality, crashes: boolean): Promise<number> {
  return untilDone(environment, mortality, crashes, async () => {
    const began = environment.clock.now();
    const summary = await syncOnce(environment, mortality);
    const left = summary === null ? 1 : summary.notFetched + summary.waiting + summary.skipped;
    return left === 0 && summary?.failures.length === 0 ? began : null;
  });
}

function reconcileUntilDone(environment: Environment, mortality: Mortality, crashes: boolean): Promise<number> {
  const { clock, random } = environment.context;
  return untilDone(environment, mortality, crashes, () =>
    oneLife(mortality, async () => {
      const { store } = mortal(environment.context, mortality);
      return (await reconcile({ store, clock, random })).exceptions.length;
    }),
  );
}

/** Two processes at once: the lease lets one of them work. */
async function race(environment: Environment): Promise<void> {
  const immortal = new Mortality();
  await Promise.all([syncOnce(environment, immortal), syncOnce(environment, immortal)]);
}

/** What a shop itself has done by now. */
function orderBook(environment: Environment, index: number): readonly ShopRecord[] {
  return shopRecords(environment.sandbox.engine, environment.merchants[index]?.merchantId ?? "", "sandbox");
}

async function addOrderBooks(environment: Environment, mortality: Mortality, crashes: boolean): Promise<void> {
  for (const index of environment.merchants.keys()) {
    const records = orderBook(environment, index).map(({ amountMinor, ...record }) => ({
      ...record,
      amount: amountMinor,
    }));
    await untilDone(environment, mortality, crashes, () =>
      oneLife(mortality, () => {
        const { store } = mortal(environment.context, mortality);
        return addRecords({ store, clock: environment.clock, accountId: `m${index}` }, records);
      }),
    );
  }
}

/** What the operator has learnt from notifications, against what the shop did. */
async function compareOperator(environment: Environment): Promise<string[]> {
  const { operator } = environment;
  if (operator === null) return [];
  await environment.sandbox.clock.advance("PT4H");
  await environment.sandbox.idle();
  const learnt = new Set(await operator.money(environment.clientOf(0)));
  const done = new Set(
    orderBook(environment, 0)
      .filter(({ status }) => status === "Captured" || status === "Refunded")
      .map((record) => {
        const amount = formatAmount(record.amountMinor, record.currency);
        return `${record.kind} ${record.transactionId} ${amount} ${record.currency}`;
      }),
  );
  return [
    ...operator.violations,
    ...[...done].filter((text) => !learnt.has(text)).map((text) => `the operator never learnt of ${text}`),
    ...[...learnt].filter((text) => !done.has(text)).map((text) => `the operator made up ${text}`),
    ...(operator.deliveries === 0 ? ["no notification came: the operator proves nothing"] : []),
  ];
}

async function sabotage(environment: Environment, how: "drop-row" | "duplicate-row"): Promise<void> {
  const { db } = environment.context.store;
  const row = await db.selectFrom("settlement_row").selectAll().orderBy("line", "desc").executeTakeFirstOrThrow();
  if (how === "duplicate-row") {
    await db
      .insertInto("settlement_row")
      .values({ ...row, line: row.line + 1000 })
      .execute();
    return;
  }
  await db
    .deleteFrom("settlement_row")
    .where("account_id", "=", row.account_id)
    .where("file_id", "=", row.file_id)
    .where("line", "=", row.line)
    .execute();
}

async function count(environment: Environment, table: "settlement_row" | "report"): Promise<number> {
  const row = await environment.context.store.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return row.n;
}

/**
 * One life of a small world under a seed: shops trade, reports come out wrong, the network fails, notifications come twice
 * and out of order, disks fill, processes die. Afterwards the ledger must equal the truth, and its exceptions what was made
 * wrong.
 *
 * The same seed gives the same life, call by call.
 */
export async function simulate(options: SimulationOptions): Promise<SimulationOutcome> {
  const { seed, merchants = 3, days = 6, orders = 3, faultRate = 0.08, crashes = true } = options;
  const { damageRate = 0.1, notificationRate = 0.3 } = options;
  const fate = seededRandom(`fate ${seed}`);
  const notifications = fate.fraction() < notificationRate;
  const environment = await buildEnvironment({
    seed,
    merchants,
    faultRate,
    notifications,
    pageSize: options.pageSize ?? 5,
  });
  const mortality = new Mortality();
  const overcharged: string[] = [];
  try {
    for (let day = 0; day < days; day += 1) {
      if (notifications) await environment.operator?.confuse(fate);
      for (const merchant of environment.merchants)
        if (day > 0 && day < days - 1 && fate.fraction() < damageRate) damage(environment, merchant, fate);
      overcharged.push(...(await chargeOnce(environment, day % merchants, fate)));
      await tradeTogether(
        environment.sandbox,
        environment.merchants.map((merchant) => ({
          merchantId: merchant.merchantId,
          days: 1,
          orders,
          seed: `${seed} ${day} ${merchant.merchantId}`,
          books: { firstSettlementAfter: "P1D", settlementEvery: "P1D" },
        })),
      );
      await environment.sandbox.idle();
      if (day % 2 === 1) await syncUntilDone(environment, mortality, crashes);
    }
    // The last day's captures are settled, and their reports come out.
    await environment.sandbox.clock.advance("P1DT3H");
    await race(environment);
    await environment.clock.pass(LEASE_MILLIS);
    const known = await syncUntilDone(environment, mortality, crashes);
    await addOrderBooks(environment, mortality, crashes);
    const exceptions = await reconcileUntilDone(environment, mortality, crashes);
    if (options.sabotage !== undefined) await sabotage(environment, options.sabotage);
    const rows = await count(environment, "settlement_row");
    return {
      seed,
      problems: [
        ...environment.wire.violations,
        ...overcharged,
        ...(await compareWithTruth(environment, known)),
        ...(await unaccounted(environment, known)),
        ...(await compareExceptions(environment)),
        ...(await compareOperator(environment)),
        ...(rows === 0 ? ["nothing was settled: the simulation proves nothing"] : []),
      ],
      calls: environment.wire.calls,
      faults: Object.fromEntries(environment.wire.faults),
      deaths: mortality.deaths,
      boundaries: mortality.boundaries,
      diskFull: mortality.refusals,
      damages: environment.merchants.reduce((sum, merchant) => sum + injectedIn(environment, merchant).length, 0),
      notifications: environment.operator?.deliveries ?? 0,
      exceptions,
      rows,
      reports: await count(environment, "report"),
      merchantDays: merchants * days,
    };
  } finally {
    await environment.close();
  }
}
