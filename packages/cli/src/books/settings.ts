import { DAY, SECOND } from "@amazon-pay-kit/money";
import {
  type BankRule,
  checkFeeTax,
  type ConversionRule,
  type FeeSchedule,
  type FeeSettings,
  type FeeTax,
  type ReconcileSettings,
} from "@amazon-pay-kit/ledger";
import type { Config } from "../config/config.ts";

function scaled(value: number | undefined, unit: number): number | undefined {
  return value === undefined ? undefined : Math.round(value * unit);
}

/**
 * Settings of the reconciler out of the configuration: `reconcile`, with days made milliseconds, and the fee schedules of
 * the accounts. An account without a schedule of its own is audited as by default.
 */
export function reconcileSettings(config: Config): ReconcileSettings {
  const { windowToleranceSeconds, unsettledGraceDays, unsettledAfterDays, refundHorizonDays, ...same } =
    config.reconcile;
  const settings = {
    ...same,
    windowTolerance: scaled(windowToleranceSeconds, SECOND),
    unsettledGrace: scaled(unsettledGraceDays, DAY),
    unsettledAfter: scaled(unsettledAfterDays, DAY),
    refundHorizon: scaled(refundHorizonDays, DAY),
    conversions: conversions(config),
    bankRules: bankRules(config),
    fees: feeSettings(config),
    feeTax: feeTaxSettings(config),
  };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as ReconcileSettings;
}

/** The accounts whose bank converts every payout, by `bank.fx`; nothing where there are none. */
function conversions(config: Config): readonly ConversionRule[] | undefined {
  const rules = [...config.accounts.values()].flatMap((account) =>
    account.bank?.fx === undefined ? [] : [{ accountId: account.name, tolerance: account.bank.fx.tolerance }],
  );
  return rules.length === 0 ? undefined : rules;
}

/** The rules of all accounts for what comes again and again at the bank; nothing where there are none. */
function bankRules(config: Config): readonly BankRule[] | undefined {
  const rules = [...config.accounts.values()].flatMap((account) =>
    (account.bank?.rules ?? []).map((rule) => ({ ...rule, accountId: account.name }) as BankRule),
  );
  return rules.length === 0 ? undefined : rules;
}

function feeSettings(config: Config): FeeSettings {
  const { fees } = config.reconcile;
  if (fees === "off") return { schedules: "off" };
  const schedules = [...config.accounts.values()].flatMap((account) =>
    (account.fees ?? []).map((schedule) => ({ ...schedule, accountId: account.name })),
  ) as FeeSchedule[];
  const rules = Object.fromEntries(Object.entries(fees ?? {}).filter(([, value]) => value !== undefined));
  return schedules.length === 0 ? rules : { ...rules, schedules };
}

/** The VAT in the fees of all accounts, by their `feeTax`. @throws BooksError `books.bad-option`, naming the key */
export function feeTaxSettings(config: Config): readonly FeeTax[] {
  return [...config.accounts.values()].flatMap((account) => {
    const given = account.feeTax ?? [];
    checkFeeTax(given, `accounts.${account.name}.feeTax`);
    return given.map((one) => ({ ...one, accountId: account.name }));
  });
}
