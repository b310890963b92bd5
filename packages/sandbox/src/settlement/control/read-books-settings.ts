import { ControlError } from "../../control/control-error.ts";
import { onlyMembers } from "../../control/read-members.ts";
import type { FeeSchedule } from "../fees/index.ts";
import type { ReservePolicy } from "../periods/reserve-policy.ts";
import type { BooksSettings } from "../settings.ts";
import {
  amountOf,
  currencyOf,
  fieldsOf,
  instantOf,
  onlyKnown,
  spanOf,
  truth,
  wholeNumber,
  wordOf,
  type Fields,
} from "./read-fields.ts";

/** Reads one setting from JSON; amounts are in the merchant's currency. */
type Readers = { readonly [Name in keyof BooksSettings]: (value: unknown, currency: string) => BooksSettings[Name] };

const READERS: Readers = {
  firstSettlementAfter: (value) => spanOf("firstSettlementAfter", value),
  settlementEvery: (value) => spanOf("settlementEvery", value),
  reserve: (value, currency) => reserveOf(fieldsOf("reserve", value), currency),
  minimumTransfer: (value, currency) => notNegative("minimumTransfer", amountOf("minimumTransfer", value, currency)),
  holdTransfersUntil: (value) => (value === null ? null : instantOf("holdTransfersUntil", value)),
  transferTiming: (value) => wordOf("transferTiming", value, ["period-end", "next-period"]),
  negativeBalance: (value) => wordOf("negativeBalance", value, ["carry", "debt"]),
  debtSign: (value) => wordOf("debtSign", value, ["credit", "debit"]),
  disputeFee: (value) => wordOf("disputeFee", value, ["chargeback", "contest", "never"]),
  crossBorder: (value) => truth("crossBorder", value),
  fees: (value) => feesOf(value),
};

/**
 * Reads the settings that a caller wants changed.
 *
 * @throws ControlError for unknown members and for values that no setting can have
 */
export function readBooksSettings(body: Fields, currency: string): Partial<BooksSettings> {
  onlyMembers(body, ...Object.keys(READERS));
  const changes: Record<string, unknown> = {};
  for (const name of Object.keys(body) as (keyof BooksSettings)[]) changes[name] = READERS[name](body[name], currency);
  return changes;
}

function reserveOf(fields: Fields, currency: string): ReservePolicy {
  const kinds = ["none", "tier-1", "tier-2", "tier-2-plus", "rolling", "fixed"] as const;
  const kind = wordOf("reserve.kind", fields["kind"], kinds);
  switch (kind) {
    case "rolling":
      onlyKnown("reserve", fields, ["kind", "basisPoints", "days"]);
      return {
        kind,
        basisPoints: wholeNumber("reserve.basisPoints", fields["basisPoints"], 1, 10_000),
        days: wholeNumber("reserve.days", fields["days"], 1, 365),
      };
    case "fixed":
      onlyKnown("reserve", fields, ["kind", "amount"]);
      return { kind, minor: notNegative("reserve.amount", amountOf("reserve.amount", fields["amount"], currency)) };
    case "none":
    case "tier-1":
    case "tier-2":
    case "tier-2-plus":
      onlyKnown("reserve", fields, ["kind"]);
      return { kind };
  }
}

function feesOf(value: unknown): FeeSchedule[] {
  if (!Array.isArray(value)) throw new ControlError("control.invalid", "fees: expected a list of fee schedules");
  return value.map((entry: unknown, index) => {
    const path = `fees[${index}]`;
    const fields = fieldsOf(path, entry);
    onlyKnown(path, fields, [
      "currency",
      "from",
      "basisPoints",
      "crossBorderBasisPoints",
      "fixed",
      "dispute",
      "uncapturedAuthorization",
    ]);
    const currency = currencyOf(`${path}.currency`, fields["currency"]);
    const fixed = (name: string): bigint =>
      fields[name] === undefined
        ? 0n
        : notNegative(`${path}.${name}`, amountOf(`${path}.${name}`, fields[name], currency));
    const rate = (name: string, otherwise?: number): bigint =>
      BigInt(wholeNumber(`${path}.${name}`, fields[name] ?? otherwise, 0, 10_000));
    return {
      currency,
      from: fields["from"] === undefined ? 0 : instantOf(`${path}.from`, fields["from"]),
      rate: rate("basisPoints"),
      crossBorderRate: rate("crossBorderBasisPoints", 0),
      fixed: fixed("fixed"),
      dispute: fixed("dispute"),
      uncapturedAuthorization:
        fields["uncapturedAuthorization"] === undefined
          ? true
          : truth(`${path}.uncapturedAuthorization`, fields["uncapturedAuthorization"]),
    };
  });
}

function notNegative(path: string, minor: bigint): bigint {
  if (minor < 0n) throw new ControlError("control.invalid", `${path}: cannot be negative`);
  return minor;
}
