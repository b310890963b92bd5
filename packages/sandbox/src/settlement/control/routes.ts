import { formatAmount } from "@amazon-pay-kit/money";
import { ControlError } from "../../control/control-error.ts";
import { onlyMembers, optionalText, requiredQuery, requiredText } from "../../control/read-members.ts";
import type { Engine } from "../../engine/engine.ts";
import type { ControlRequest, ControlRoute } from "../../module.ts";
import { bankStatement } from "../bank-statement.ts";
import { configureBooks } from "../configure.ts";
import { settlementCurrency } from "../../engine/exchange.ts";
import { postAdjustment } from "../postings/adjustment.ts";
import { booksSettings } from "../settings.ts";
import { closeSettlements } from "../periods/settlement-clock.ts";
import { findMerchant } from "./find-merchant.ts";
import { amountOf, currencyOf, wordOf } from "./read-fields.ts";
import { readBooksSettings } from "./read-books-settings.ts";
import { showMovement } from "./show-movement.ts";
import { showBooksSettings } from "./show-settings.ts";
import { showSettlement } from "./show-settlement.ts";

/** The control calls of the books, below `/_sandbox`. */
export function booksControl(engine: Engine): ControlRoute[] {
  return [
    { method: "POST", path: "/settlements", handle: (request) => closeNow(engine, request) },
    { method: "POST", path: "/adjustments", handle: (request) => adjust(engine, request) },
    { method: "GET", path: "/bank", query: ["merchantId"], handle: (request) => showBank(engine, request) },
    { method: "GET", path: "/merchants/:merchantId/books", handle: (request) => showSettings(engine, request) },
    { method: "POST", path: "/merchants/:merchantId/books", handle: (request) => changeSettings(engine, request) },
  ];
}

const ENVIRONMENTS = ["sandbox", "live"] as const;

function closeNow(engine: Engine, { body }: ControlRequest): unknown {
  onlyMembers(body, "merchantId", "environment", "currencyCode");
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
  onlyMembers(body, "merchantId", "environment", "amount", "currencyCode", "description");
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
