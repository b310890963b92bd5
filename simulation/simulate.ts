import { syncReports, type SyncSummary } from "@amazon-pay-kit/ledger";
import { tradeTogether } from "@amazon-pay-kit/sandbox";
import { integer, seededRandom } from "@amazon-pay-kit/sdk/random";
import { Crash, mortal, Mortality } from "./crashes.ts";
import { compareWithTruth, unaccounted } from "./truth.ts";
import { buildWorld, type World } from "./world.ts";

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
  /** Let the process die at write boundaries. Default true. */
  readonly crashes?: boolean;
}

/** What a simulation saw. */
export interface SimulationOutcome {
  readonly seed: number | string;
  /** What should not be: empty when all is well. */
  readonly problems: readonly string[];
  readonly calls: number;
  readonly faults: number;
  readonly deaths: number;
  readonly rows: number;
  readonly reports: number;
  readonly merchantDays: number;
}

/** Longest time that a lease of a dead process is respected. */
const LEASE_MILLIS = 5 * 60_000;
const ATTEMPTS = 60;

/** One sync in a process that may die; `null` when it did. */
async function oneLife(world: World, mortality: Mortality): Promise<SyncSummary | null> {
  try {
    const summary = await syncReports(mortal(world.context, mortality), {
      accounts: world.accounts(),
      downloads: 1,
      accountsAtOnce: 1,
    });
    return mortality.alive ? summary : null;
  } catch (error) {
    if (error instanceof Crash || !mortality.alive) return null;
    throw error;
  }
}

/**
 * Starts the process again and again until a sync has come through with nothing left over. Gives the moment at which that sync began: what the
 * service published later, while the sync waited for a retry, is for the next one.
 */
async function syncUntilDone(world: World, mortality: Mortality, crashes: boolean): Promise<number> {
  const random = seededRandom(`deaths ${world.wire.calls}`);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    mortality.dieAfter(
      crashes && attempt < ATTEMPTS / 2 && random.fraction() < 0.6 ? integer(random, 0, 60) : Number.POSITIVE_INFINITY,
    );
    const began = world.clock.now();
    const summary = await oneLife(world, mortality);
    if (summary !== null && summary.failures.length === 0 && summary.notFetched === 0 && summary.skipped === 0)
      return began;
    await world.clock.sleep(LEASE_MILLIS + 3_600_000);
  }
  throw new Error(`${ATTEMPTS} syncs did not come through`);
}

/** Two processes at once: the lease lets one of them work. */
async function race(world: World): Promise<void> {
  const immortal = new Mortality();
  await Promise.all([oneLife(world, immortal), oneLife(world, immortal)]);
}

/**
 * One life of a small world under a seed: shops trade, the network fails, the process dies; afterwards the ledger must equal the truth.
 *
 * The same seed gives the same life, call by call.
 */
export async function simulate(options: SimulationOptions): Promise<SimulationOutcome> {
  const { seed, merchants = 3, days = 6, orders = 3, faultRate = 0.08, crashes = true } = options;
  const world = await buildWorld(seed, merchants, faultRate);
  const mortality = new Mortality();
  const problems: string[] = [];
  try {
    for (let day = 0; day < days; day += 1) {
      await tradeTogether(
        world.sandbox,
        world.merchants.map((merchant) => ({
          merchantId: merchant.merchantId,
          days: 1,
          orders,
          seed: `${seed} ${day} ${merchant.merchantId}`,
          books: { firstSettlementAfter: "P1D", settlementEvery: "P1D" },
        })),
      );
      if (day % 2 === 1) await syncUntilDone(world, mortality, crashes);
    }
    await world.sandbox.clock.advance("PT3H");
    await race(world);
    await world.clock.sleep(LEASE_MILLIS);
    const known = await syncUntilDone(world, mortality, crashes);
    problems.push(
      ...world.wire.violations,
      ...(await compareWithTruth(world, known)),
      ...(await unaccounted(world, known)),
    );
    const { db } = world.context.store;
    const rows = await db
      .selectFrom("settlement_row")
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
    const reports = await db
      .selectFrom("report")
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
    if (rows.n === 0) problems.push("nothing was settled: the simulation proves nothing");
    return {
      seed,
      problems,
      calls: world.wire.calls,
      faults: [...world.wire.faults.values()].reduce((sum, count) => sum + count, 0),
      deaths: mortality.deaths,
      rows: rows.n,
      reports: reports.n,
      merchantDays: merchants * days,
    };
  } finally {
    await world.close();
  }
}
