import { checkRequest, FILING_REASONS, OPERATIONS } from "@amazon-pay-kit/sdk/operations";
import { evidenceUploads } from "../api/operations/evidence-uploads.ts";
import { checkoutModule } from "../checkout/module.ts";
import { ControlError } from "../control/control-error.ts";
import { readControlAmount } from "../control/read-amount.ts";
import { optionalChoice, optionalText, requiredText } from "../control/read-members.ts";
import { discrepanciesModule } from "../discrepancies/module.ts";
import { requirePresentable } from "../engine/amounts.ts";
import { changeDispute, openDispute } from "../engine/disputes/index.ts";
import type { Engine } from "../engine/engine.ts";
import { installObjects } from "../engine/install.ts";
import type { Amount, ChargePermission, Merchant } from "../engine/objects/index.ts";
import { changeInstrument, closePermission, grantPermission, movePermission } from "../engine/payments/permissions.ts";
import { inspectorModule } from "../inspector/module.ts";
import { keyExchangeModule } from "../key-exchange/module.ts";
import type { ControlRequest, ControlRoute, Module } from "../module.ts";
import { mwsModule } from "../mws/module.ts";
import { notificationsModule } from "../notifications/module.ts";
import { reportsModule } from "../reports/module.ts";
import { settlementModule } from "../settlement/module.ts";
import { buyersOf, findInstrument } from "../test-data/index.ts";

const TYPES = ["OneTime", "Recurring", "PaymentMethodOnFile"] as const;

/** What the buyer can do to a permission on Amazon's own site, or on the pages behind `amazonPayRedirectUrl`. */
const ACTIONS = [
  "cancel",
  "change-instrument",
  "delete-instrument",
  "delete-billing-address",
  "expire-instrument",
] as const;

const WAITING: Readonly<Partial<Record<(typeof ACTIONS)[number], string>>> = {
  "delete-instrument": "PaymentMethodDeleted",
  "delete-billing-address": "BillingAddressDeleted",
  "expire-instrument": "PaymentMethodExpired",
};

/**
 * `POST /_sandbox/charge-permissions` makes a permission without a browser; `POST …/charge-permissions/{id}/buyer` plays
 * the buyer later, and `…/amazon` cancels it as Amazon does; `POST /_sandbox/charges/{id}/chargeback` is a dispute from the bank, and
 * `POST /_sandbox/disputes/{id}/decision` decides one now.
 */
function tradeCalls(engine: Engine): ControlRoute[] {
  return [
    {
      method: "POST",
      path: "/charge-permissions",
      members: [
        "merchantId",
        "type",
        "amount",
        "currencyCode",
        "merchantReferenceId",
        "environment",
        "instrument",
        "recurringMetadata",
      ],
      handle: (request) => makePermission(engine, request),
    },
    {
      method: "POST",
      path: "/charge-permissions/:id/buyer",
      members: ["action", "instrument"],
      handle: (request) => playBuyer(engine, request),
    },
    {
      method: "POST",
      path: "/charge-permissions/:id/amazon",
      members: ["action"],
      handle: (request) => playAmazon(engine, request),
    },
    {
      method: "POST",
      path: "/charges/:id/chargeback",
      members: ["amount", "type", "filingReason"],
      handle: (request) => chargeBack(engine, request),
    },
    {
      method: "POST",
      path: "/disputes/:id/decision",
      members: ["resolution"],
      handle: (request) => decideDispute(engine, request),
    },
  ];
}

function makePermission(engine: Engine, { body }: ControlRequest): unknown {
  const merchant = merchantOf(engine, requiredText(body, "merchantId"));
  const merchantReferenceId = optionalText(body, "merchantReferenceId") ?? null;
  const recurringMetadata = body["recurringMetadata"] ?? null;
  requireFields({ merchantMetadata: { merchantReferenceId }, recurringMetadata });
  const type = optionalChoice(body, "type", TYPES) ?? "OneTime";
  const order = orderOf(body, merchant, type);
  const region = merchant.region;
  const buyer = buyersOf(region)[0];
  if (buyer === undefined) throw new TypeError(`there is no test buyer in region ${region}`);
  const instrument = findInstrument(optionalText(body, "instrument") ?? "visa-1111", region);
  if (instrument === undefined) {
    throw new ControlError(
      "control.invalid",
      'instrument must be a test card, by id ("visa-1111") or last digits ("0701")',
    );
  }
  const permission = grantPermission(engine, {
    merchant,
    environment: optionalChoice(body, "environment", ["sandbox", "live"]) ?? "sandbox",
    type,
    order,
    buyer: {
      buyerId: buyer.buyerId,
      instrumentId: instrument.instrumentId,
      addressId: buyer.addressIds[0] ?? null,
    },
    merchantMetadata: {
      merchantReferenceId,
      merchantStoreName: merchant.storeName,
    },
    recurringMetadata:
      recurringMetadata ?? (type === "Recurring" ? { frequency: { unit: "Month", value: "1" }, amount: null } : null),
  });
  return { chargePermissionId: permission.chargePermissionId };
}

/** By the rules of the API, as a permission holds them. @throws ControlError */
function requireFields(members: Readonly<Record<string, unknown>>): void {
  if (UPDATE_PERMISSION === undefined) throw new TypeError("the operations table has no updateChargePermission");
  const [issue] = checkRequest(UPDATE_PERMISSION, members);
  if (issue !== undefined) throw new ControlError("control.invalid", issue.message.replace("merchantMetadata.", ""));
}

const UPDATE_PERMISSION = OPERATIONS.find((operation) => operation.name === "updateChargePermission");

function orderOf(body: Readonly<Record<string, unknown>>, merchant: Merchant, type: ChargePermission["type"]): Amount {
  const currencyCode = optionalText(body, "currencyCode") ?? merchant.currency;
  const order =
    body["amount"] === undefined && type !== "OneTime"
      ? { minor: 0n, currencyCode }
      : readControlAmount(body["amount"], currencyCode, "amount");
  try {
    requirePresentable(order, merchant.region, "amount");
  } catch {
    throw new ControlError("control.invalid", `buyers of region ${merchant.region} cannot pay in ${currencyCode}`);
  }
  return order;
}

/** A permission that is not closed. @throws ControlError */
function openPermission(engine: Engine, id: string): ChargePermission {
  const permission = engine.state.chargePermissions.get(id);
  if (permission === undefined) throw new ControlError("control.not-found", `there is no charge permission ${id}`);
  if (permission.state === "Closed") throw new ControlError("control.conflict", "the charge permission is closed");
  return permission;
}

function playAmazon(engine: Engine, { params, body }: ControlRequest): unknown {
  const permission = openPermission(engine, params["id"] ?? "");
  if (optionalChoice(body, "action", ["cancel"]) === undefined)
    throw new ControlError("control.missing", "action is missing: cancel");
  closePermission(engine, permission, "AmazonCanceled", true);
  return { chargePermissionId: permission.chargePermissionId, state: permission.state, reasons: permission.reasons };
}

function decideDispute(engine: Engine, { params, body }: ControlRequest): unknown {
  const dispute = engine.state.disputes.get(params["id"] ?? "");
  if (dispute === undefined) throw new ControlError("control.not-found", `there is no dispute ${params["id"]}`);
  const resolution = optionalChoice(body, "resolution", ["MerchantWon", "BuyerWon"]);
  if (resolution === undefined)
    throw new ControlError("control.missing", "resolution is missing: MerchantWon or BuyerWon");
  changeDispute(engine, dispute, { state: "Resolved", reasonCode: "InvestigatorResolved", resolution });
  return { disputeId: dispute.disputeId, state: dispute.state, resolution };
}

function playBuyer(engine: Engine, { params, body }: ControlRequest): unknown {
  const permission = openPermission(engine, params["id"] ?? "");
  const action = optionalChoice(body, "action", ACTIONS);
  if (action === undefined)
    throw new ControlError("control.missing", `action is missing: one of ${ACTIONS.join(", ")}`);
  const card = optionalText(body, "instrument");
  if (card !== undefined && action !== "change-instrument")
    throw new ControlError("control.invalid", `instrument belongs to the action change-instrument, not to ${action}`);
  const waiting = WAITING[action];
  if (waiting !== undefined) {
    if (permission.state === "NonChargeable" && permission.reasons?.[0]?.reasonCode === "ChargeInProgress") {
      throw new ControlError("control.conflict", "a charge is in progress: capture or cancel it first");
    }
    movePermission(engine, permission, "NonChargeable", waiting);
  } else if (action === "cancel") {
    closePermission(engine, permission, "BuyerCanceled", false);
  } else {
    const region = merchantOf(engine, permission.merchantId).region;
    const instrument = findInstrument(card ?? "visa-1111", region);
    if (instrument === undefined) throw new ControlError("control.invalid", "instrument must be a test card");
    changeInstrument(engine, permission, instrument.instrumentId);
  }
  return { chargePermissionId: permission.chargePermissionId, state: permission.state, reasons: permission.reasons };
}

function chargeBack(engine: Engine, { params, body }: ControlRequest): unknown {
  const charge = engine.state.charges.get(params["id"] ?? "");
  if (charge === undefined) throw new ControlError("control.not-found", `there is no charge ${params["id"]}`);
  const type = optionalChoice(body, "type", ["Chargeback", "AtoZClaim"]);
  const amount =
    body["amount"] === undefined
      ? (charge.captured ?? charge.amount)
      : readControlAmount(body["amount"], charge.amount.currencyCode, "amount");
  const dispute = openDispute(engine, charge, {
    amount,
    ...(type === undefined ? {} : { disputeType: type }),
    filingReason:
      optionalChoice(body, "filingReason", FILING_REASONS) ??
      (type === "AtoZClaim" ? "ProductNotReceived" : "Fraudulent"),
  });
  return { disputeId: dispute.disputeId };
}

function merchantOf(engine: Engine, merchantId: string): Merchant {
  const merchant = engine.state.merchants.get(merchantId);
  if (merchant !== undefined) return merchant;
  const known = [...engine.state.merchants.values()].map((row) => row.merchantId).join(", ");
  throw new ControlError("control.not-found", `there is no merchant ${merchantId}; there are ${known}`);
}

/** The objects that all modules share. */
const coreModule: Module = {
  name: "core",
  install: ({ engine }) => {
    installObjects(engine);
    return {
      routes: [evidenceUploads(engine)],
      control: tradeCalls(engine),
    };
  },
};

/** Every module of the sandbox: one line each. Operations, routes and control calls of a later one must not clash. */
export const MODULES: readonly Module[] = [
  coreModule,
  checkoutModule,
  notificationsModule,
  settlementModule,
  reportsModule,
  discrepanciesModule,
  mwsModule,
  keyExchangeModule,
  inspectorModule,
];
