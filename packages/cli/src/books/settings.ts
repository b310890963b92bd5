import type { FeeSchedule, ReconcileSettings } from "@amazon-pay-kit/ledger";
import type { Config } from "../config/config.ts";

/**
 * Settings of the reconciler out of the configuration: `reconcile` as it stands, and the fee schedules of the accounts.
 * The ledger checks them; what it refuses names the setting.
 */
export function reconcileSettings(config: Config): ReconcileSettings {
  const settings = { ...config.reconcile } as ReconcileSettings;
  const schedules = [...config.accounts.values()].flatMap((account) =>
    (account.fees ?? []).map((schedule) => ({ ...schedule, accountId: account.name })),
  );
  return schedules.length === 0
    ? settings
    : { ...settings, fees: { ...settings.fees, schedules: schedules as unknown as readonly FeeSchedule[] } };
}
