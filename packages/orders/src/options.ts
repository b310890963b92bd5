import { DATE_FORMS, isDateForm, isIsoCurrency, MomentReader, readMoment } from "@amazon-pay-kit/money";
import type { ReadingOptions } from "@amazon-pay-kit/tabular";
import { OrdersError } from "./errors.ts";
import { RECORD_MEMBERS, type RecordMember, type RecordStatus } from "./record.ts";
import { checkedStatuses } from "./statuses.ts";

/** How a file of records is read. */
export interface OrdersOptions extends ReadingOptions<RecordMember> {
  /** Name of a profile, to skip recognition. */
  readonly format?: string | undefined;
  /** Kind of rows that name none. Default `charge`. */
  readonly kind?: "charge" | "refund" | undefined;
  /** Offset of times without one: `+01:00`. Default `Z`. */
  readonly utcOffset?: string | undefined;
  /** Amounts below zero are refunds. Default `false`: they are refused, save where the export is known to have them. */
  readonly signedAmounts?: boolean | undefined;
  /** What the shop's own status words mean: `{ shipped: "captured" }`. Wins over what is known. */
  readonly statuses?: Readonly<Record<string, string>> | undefined;
  /** What to do with rows whose ids are of Amazon's sandbox (`S01-`, `S02-`, `S03-`). Default `skip`. */
  readonly sandboxIds?: "skip" | "keep" | undefined;
}

/** Options that were checked. */
export interface CheckedOptions {
  readonly kind: "charge" | "refund";
  readonly currency: string | undefined;
  readonly decimal: "." | "," | undefined;
  /** The reader of this file's dates. */
  readonly moments: MomentReader;
  readonly signed: boolean;
  readonly statuses: ReadonlyMap<string, RecordStatus>;
  readonly keepSandbox: boolean;
}

/** @throws OrdersError `records.option`, `records.mapping` */
export function checkedOptions(options: OrdersOptions): CheckedOptions {
  const { dateFormat, decimal, utcOffset = "Z" } = options;
  const currency = options.currency?.trim().toUpperCase();
  if (currency !== undefined && !isIsoCurrency(currency)) {
    throw new OrdersError(
      "records.option",
      `--currency ${JSON.stringify(options.currency)}: expected an ISO 4217 code such as EUR`,
      "currency",
    );
  }
  if (dateFormat !== undefined && !isDateForm(dateFormat)) {
    throw new OrdersError(
      "records.option",
      `--date-format ${JSON.stringify(dateFormat)}: expected one of ${DATE_FORMS.join(", ")}`,
      "date-format",
    );
  }
  if (decimal !== undefined && decimal !== "." && decimal !== ",") {
    throw new OrdersError("records.option", `--decimal ${JSON.stringify(decimal)}: expected . or ,`, "decimal");
  }
  try {
    readMoment("2026-01-01 00:00", { offset: utcOffset });
  } catch {
    throw new OrdersError(
      "records.option",
      `cannot read ${JSON.stringify(utcOffset)} as an offset: write --utc-offset +01:00`,
      "utc-offset",
    );
  }
  for (const member of Object.keys(options.map ?? {})) {
    if ((RECORD_MEMBERS as readonly string[]).includes(member)) continue;
    throw new OrdersError(
      "records.mapping",
      `${member} is no member of a record: --map takes ${RECORD_MEMBERS.join(", ")}`,
      "map",
    );
  }
  return {
    kind: options.kind ?? "charge",
    currency,
    decimal,
    moments: new MomentReader({ form: dateFormat, offset: utcOffset }),
    signed: options.signedAmounts === true,
    statuses: checkedStatuses(options.statuses ?? {}),
    keepSandbox: options.sandboxIds === "keep",
  };
}
