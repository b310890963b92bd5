import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { ControlError } from "../../control/control-error.ts";
import { onlyMembers, optionalText, requiredQuery, requiredText } from "../../control/read-members.ts";
import type { Engine } from "../../engine/engine.ts";
import { settlementCurrency } from "../../engine/exchange.ts";
import type { ControlRequest, ControlRoute } from "../../module.ts";
import { bankStatement } from "../bank-statement.ts";
import { configureBooks } from "../configure.ts";
import type { FeeSchedule } from "../fees/index.ts";
import type { ReservePolicy } from "../periods/reserve-policy.ts";
import { closeSettlements } from "../periods/settlement-clock.ts";
import { postAdjustment } from "../postings/postings.ts";
import { booksSettings, type BooksSettings } from "../settings.ts";
import { findMerchant } from "./find-merchant.ts";
import {
  amountOf,
  currencyOf,
  type Fields,
  fieldsOf,
  instantOf,
  spanOf,
  truth,
  wholeNumber,
  wordOf,
} from "./read-fields.ts";
import { showMovement } from "./show-movement.ts";
import { showSettlement } from "./show-settlement.ts";

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
 * @throws ControlError for values that no setting can have
 */
function readBooksSettings(body: Fields, currency: string): Partial<BooksSettings> {
  const changes: Record<string, unknown> = {};
  for (const name of Object.keys(body) as (keyof BooksSettings)[]) changes[name] = READERS[name](body[name], currency);
  return changes;
}

function reserveOf(fields: Fields, currency: string): ReservePolicy {
  const kinds = ["none", "tier-1", "tier-2", "tier-2-plus", "rolling", "fixed"] as const;
  const kind = wordOf("reserve.kind", fields["kind"], kinds);
  switch (kind) {
    case "rolling":
      onlyMembers(fields, ["kind", "basisPoints", "days"], "reserve");
      return {
        kind,
        basisPoints: wholeNumber("reserve.basisPoints", fields["basisPoints"], 1, 10_000),
        days: wholeNumber("reserve.days", fields["days"], 1, 365),
      };
    case "fixed":
      onlyMembers(fields, ["kind", "amount"], "reserve");
      return { kind, minor: notNegative("reserve.amount", amountOf("reserve.amount", fields["amount"], currency)) };
    case "none":
    case "tier-1":
    case "tier-2":
    case "tier-2-plus":
      onlyMembers(fields, ["kind"], "reserve");
      return { kind };
  }
}

const FEE_MEMBERS = [
  "currency",
  "from",
  "basisPoints",
  "crossBorderBasisPoints",
  "fixed",
  "dispute",
  "uncapturedAuthorization",
] as const;

function feesOf(value: unknown): FeeSchedule[] {
  if (!Array.isArray(value)) throw new ControlError("control.invalid", "fees: expected a list of fee schedules");
  return value.map((entry: unknown, index) => {
    const path = `fees[${index}]`;
    const fields = fieldsOf(path, entry);
    onlyMembers(fields, FEE_MEMBERS, path);
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

/** Settings as JSON, in the form in which they can be sent back. */
function showBooksSettings(settings: BooksSettings, currency: string): Readonly<Record<string, unknown>> {
  const { reserve, holdTransfersUntil } = settings;
  return {
    ...settings,
    reserve: reserve.kind === "fixed" ? { kind: "fixed", amount: formatAmount(reserve.minor, currency) } : reserve,
    minimumTransfer: formatAmount(settings.minimumTransfer, currency),
    holdTransfersUntil: holdTransfersUntil === null ? null : formatInstant(holdTransfersUntil),
    fees: settings.fees.map((row) => ({
      currency: row.currency,
      from: formatInstant(row.from),
      basisPoints: Number(row.rate),
      crossBorderBasisPoints: Number(row.crossBorderRate),
      fixed: formatAmount(row.fixed, row.currency),
      dispute: formatAmount(row.dispute, row.currency),
      uncapturedAuthorization: row.uncapturedAuthorization,
    })),
  };
}

/** The control calls of the books, below `/_sandbox`. */
export function booksControl(engine: Engine): ControlRoute[] {
  return [
    {
      method: "POST",
      path: "/settlements",
      members: ["merchantId", "environment", "currencyCode"],
      handle: (request) => closeNow(engine, request),
    },
    {
      method: "POST",
      path: "/adjustments",
      members: ["merchantId", "environment", "amount", "currencyCode", "description"],
      handle: (request) => adjust(engine, request),
    },
    { method: "GET", path: "/bank", query: ["merchantId"], handle: (request) => showBank(engine, request) },
    { method: "GET", path: "/merchants/:merchantId/books", handle: (request) => showSettings(engine, request) },
    {
      method: "POST",
      path: "/merchants/:merchantId/books",
      members: Object.keys(READERS),
      handle: (request) => changeSettings(engine, request),
    },
  ];
}

const ENVIRONMENTS = ["sandbox", "live"] as const;

function closeNow(engine: Engine, { body }: ControlRequest): unknown {
  const merchant = findMerchant(engine, requiredText(body, "merchantId"));
  const environment = optionalText(body, "environment");
  const currency = optionalText(body, "currencyCode");
  const closed = closeSettlements(engine, {
    merchantId: merchant.merchantId,
    ...(environment === undefined ? {} : { environment: wordOf("environment", environment, ENVIRONMENTS) }),
    ...(currency === undefined ? {} : { currency: currencyOf("currencyCode", currency) }),
  });
  return { settlements: closed.map((settlement) => showSettlement(settlement)) };
}

function adjust(engine: Engine, { body }: ControlRequest): unknown {
  const merchant = findMerchant(engine, requiredText(body, "merchantId"));
  const currency = currencyOf("currencyCode", body["currencyCode"] ?? merchant.currency);
  if (settlementCurrency(merchant, currency) !== currency) {
    throw new ControlError(
      "control.invalid",
      `currencyCode: merchants in ${merchant.region} are not settled in ${currency}`,
    );
  }
  const amount = amountOf("amount", body["amount"], currency);
  if (amount === 0n) throw new ControlError("control.invalid", "amount: an adjustment of zero moves nothing");
  const description = optionalText(body, "description");
  const movement = postAdjustment(engine, {
    merchantId: merchant.merchantId,
    environment: wordOf("environment", body["environment"] ?? "sandbox", ENVIRONMENTS),
    currency,
    amount,
    ...(description === undefined ? {} : { description }),
  });
  return showMovement(movement);
}

function showBank(engine: Engine, { query }: ControlRequest): unknown {
  const merchant = findMerchant(engine, requiredQuery(query, "merchantId"));
  const lines = bankStatement(engine, merchant.merchantId);
  return {
    merchantId: merchant.merchantId,
    lines: lines.map(({ amount, ...line }) => ({ ...line, amount: formatAmount(amount, line.currency) })),
  };
}

function showSettings(engine: Engine, { params }: ControlRequest): unknown {
  const merchant = findMerchant(engine, params["merchantId"] ?? "");
  return showBooksSettings(booksSettings(engine, merchant), merchant.currency);
}

function changeSettings(engine: Engine, request: ControlRequest): unknown {
  const merchant = findMerchant(engine, request.params["merchantId"] ?? "");
  configureBooks(engine, merchant.merchantId, readBooksSettings(request.body, merchant.currency));
  return showSettings(engine, request);
}
