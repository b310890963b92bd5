import { type Random, systemRandom } from "@amazon-pay-kit/sdk/random";
import type { Kysely } from "kysely";
import { serviceClock } from "../accounts/service-clock.ts";
import { accountsOf, type BooksContext } from "../books/context.ts";
import { withLease } from "../leases/index.ts";
import type { Schema } from "../store/schema/index.ts";
import { readVerdicts } from "./read-verdicts.ts";
import { type ReconcileSettings, type Settings, settingsOf } from "./settings.ts";
import type { Verdicts } from "./verdicts.ts";
import { VERSIONS_MARK } from "../store/rows/versions.ts";
import { withDepositsElsewhere } from "./deposits/paid-elsewhere.ts";
import { forgetSuperseded } from "./versions/forget-superseded.ts";
import { type Announcing, announceVerdicts } from "./announce/announce.ts";
import { announceMonths } from "./periods/month-ready.ts";
import { runAccount } from "./run/run-account.ts";
import { batches } from "./step/files.ts";
import { findWork, MARK, type Work } from "./run/find-work.ts";
import { readMark, setMarks } from "./step/marks.ts";
import type { InStep, Step } from "./step/step.ts";

/** How to reconcile. */
export interface ReconcileOptions extends ReconcileSettings {
  /** Forget what earlier runs have worked out and do everything anew; the result is the same. Default `false`. */
  readonly full?: boolean;
  /** Ends the run between two steps; the next one takes it up. */
  readonly signal?: AbortSignal;
  /** After how long without a heartbeat another process may take over an account, in milliseconds. Default 60,000. */
  readonly leaseMillis?: number;
  /** Told of every batch of settlement files that is done. */
  readonly onProgress?: (progress: ReconcileProgress) => void;
}

/** How far a run is. */
export interface ReconcileProgress {
  readonly accountId: string;
  /** Steps done so far; how many there will be shows only at the end. */
  readonly steps: number;
  /** Settlement files that are new to the run. */
  readonly files: number;
}

/** Where chance for the runner's name comes from, beside what all of the books need. */
export interface ReconcileContext extends BooksContext {
  readonly random?: Random;
}

/**
 * Reconciles: works out every settlement, checks it against itself, its neighbours, the merchant's own records, the
 * transaction reports, the fee schedule and the bank, and brings the exceptions up to date.
 *
 * Only what new files, records and bank lines touch is looked at; a change of the settings makes the run a full one. The
 * same data give the same verdicts, whatever the order in which they came.
 *
 * @throws BooksError `books.unknown-account`, `books.bad-option`; LeaseError `lease.held` when another run is under way
 *
 * @example
 * const { settlements, exceptions } = await reconcile({ store, clock, accountId: "shop" });
 */
export async function reconcile(context: ReconcileContext, options: ReconcileOptions = {}): Promise<Verdicts> {
  return readVerdicts(context.store.db, await workOutVerdicts(context, options));
}

/**
 * Reconciles without reading the verdicts, of which an account may have tens of thousands.
 *
 * @returns the accounts that it was about
 * @throws as {@link reconcile}
 */
export async function workOutVerdicts(
  context: ReconcileContext,
  options: ReconcileOptions = {},
): Promise<readonly string[]> {
  const { full = false, signal, onProgress, leaseMillis: millis, ...given } = options;
  const settings = settingsOf(given);
  const accounts = await accountsOf(context);
  const run = async (accountId: string, anew: boolean): Promise<void> => {
    const lease = { store: context.store, clock: context.clock, random: context.random ?? systemRandom };
    const right = {
      accountId,
      name: "reconcile",
      ...(signal === undefined ? {} : { signal }),
      ...(millis === undefined ? {} : { millis }),
    };
    await withLease(lease, right, (held) =>
      reconcileAccount(context, accountId, settings, { full: anew, signal: held.signal, onProgress }),
    );
  };
  for (const accountId of accounts) await run(accountId, full);
  // Accounts that are paid to one bank account: the run over one decides which deposits of the statement are not another's.
  for (const accountId of await withDepositsElsewhere(context.store.db, accounts)) {
    await setMarks({ db: context.store.db, accountId }, [MARK.bank], "again");
    await run(accountId, false);
  }
  return accounts;
}

/** The verdicts as the last run left them, without a new one. */
export async function verdicts(context: BooksContext): Promise<Verdicts> {
  return readVerdicts(context.store.db, await accountsOf(context));
}

interface RunOptions {
  readonly full: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: ((progress: ReconcileProgress) => void) | undefined;
}

async function reconcileAccount(
  context: ReconcileContext,
  accountId: string,
  settings: Settings,
  { full, signal, onProgress }: RunOptions,
): Promise<void> {
  const { store } = context;
  const account = await store.db
    .selectFrom("account")
    .select("environment")
    .where("account_id", "=", accountId)
    .executeTakeFirstOrThrow();
  const now = (await serviceClock(context, accountId)).now();
  const fixed = { accountId, now, settings, environment: account.environment, dialect: store.dialect };
  const known = await readMark({ db: store.db, accountId }, MARK.settings);
  const reissued = (await readMark({ db: store.db, accountId }, VERSIONS_MARK)) !== null;
  if (full || reissued || (known !== null && known !== JSON.stringify(settings))) {
    await store.transaction(async (db) => {
      await forget(db, accountId);
      if (reissued) await forgetSuperseded({ db, accountId, now });
    });
  }
  const work = await findWork(store.db, accountId);
  let steps = 0;
  const counted = async <T>(step: Step, part: (step: Step) => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const result = await part(step);
    steps += 1;
    onProgress?.({ accountId, steps, files: work.settlementFiles.length });
    return result;
  };
  const tell = (db: Kysely<Schema>): Promise<void> =>
    tellOf({ db, accountId, now, at: context.clock.now(), dialect: store.dialect });
  if (isSmall(work)) {
    await store.transaction(async (db) => {
      await runAccount((part) => counted({ ...fixed, db }, part), work);
      await tell(db);
    });
  } else {
    await setMarks({ db: store.db, accountId }, [MARK.running], "yes");
    const inStep: InStep = (part) => store.transaction((db) => counted({ ...fixed, db }, part));
    await runAccount(inStep, work);
    await store.transaction(tell);
  }
}

/** Events of what the verdicts say otherwise than before. What a run that died before this did not tell, the next one tells. */
async function tellOf(of: Announcing & { readonly now: number }): Promise<void> {
  await announceVerdicts(of);
  await announceMonths(of);
}

/** A run over little is one transaction: committing takes longer than the work. */
function isSmall(work: Work): boolean {
  return [...batches([...work.settlementFiles, ...work.reportFiles])].length <= 1 && work.recordImports.length <= 20;
}

/** Takes away what runs have derived, but neither the exceptions and their history nor what people have paired. */
async function forget(db: Kysely<Schema>, accountId: string): Promise<void> {
  for (const table of ["reconcile_mark", "settlement", "settlement_file", "settlement_fee", "open_item"] as const) {
    await db.deleteFrom(table).where("account_id", "=", accountId).execute();
  }
  await db.deleteFrom("row_match").where("account_id", "=", accountId).where("rule", "!=", "manual").execute();
}
