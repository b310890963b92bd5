import type { Ledger, SyncOptions } from "@amazon-pay-kit/ledger";
import type { Context } from "../program/context.ts";

/** Stays and brings in what is new until the signal comes. */
export async function watchReports(
  context: Context,
  ledger: Ledger,
  options: SyncOptions & { readonly everyMinutes?: number },
  _port: number | undefined,
): Promise<void> {
  while (!context.signal.aborted) {
    await ledger.sync(options);
    await context.clock
      .sleep((options.everyMinutes ?? 60) * 60_000 * (0.9 + context.random.fraction() * 0.2), context.signal)
      .catch(() => undefined);
  }
}
