import type { Logger } from "@amazon-pay-kit/ledger";
import { connect } from "@amazon-pay-kit/ledger/store";
import type { Context } from "../program/context.ts";
import { isNetwork } from "../program/failure.ts";

/** Pauses before the database is asked again, in milliseconds; the last one is repeated. */
const PAUSES = [1000, 2000, 5000, 10_000] as const;

async function ask(databaseUrl: string): Promise<void> {
  const pool = connect(databaseUrl, { max: 1 });
  try {
    await pool.query("select 1");
  } finally {
    await pool.end();
  }
}

/**
 * Waits for a database that cannot be reached yet: after a power cut it may come up later than a service, and nobody is there to
 * start the service again. Every other fault is left to the work, which names it. Returns when the signal aborts, too.
 */
export async function waitForDatabase(
  { clock, signal }: Pick<Context, "clock" | "signal">,
  databaseUrl: string,
  log: Logger,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await ask(databaseUrl);
      if (attempt > 0) log.info?.("the database answers", {});
      return;
    } catch (error) {
      if (!isNetwork(error)) return;
      if (attempt === 0) log.warn?.("the database cannot be reached: it is waited for", { error: String(error) });
      await clock.sleep(PAUSES[Math.min(attempt, PAUSES.length - 1)] ?? 1000, signal).catch(() => {});
    }
  }
}
