import { findRegion } from "@amazon-pay-kit/sdk/operations";
import { buyersOf } from "../../test-data/index.ts";
import { readPrice, requirePresentable } from "../../engine/amounts.ts";
import { createCharge } from "../../engine/payments/charges.ts";
import type { Amount } from "../../engine/objects/index.ts";
import { grantPermission } from "../../engine/payments/permissions.ts";
import { createRefund } from "../../engine/refunds/index.ts";
import { objectOf, textOf } from "../../engine/sessions/read-details.ts";
import type { OperationCall } from "../operation-call.ts";
import { chargeOf, permissionOf } from "../own-objects.ts";
import { ServiceError } from "../service-error.ts";
import type { Handlers } from "./handlers.ts";

/** What a buyer's code is good for where the point of sale names no amount, in whole units. */
const WITHOUT_TOTAL = { USD: 500n, EUR: 500n, GBP: 500n, JPY: 50_000n } as const;

/** The code that every official sample has, and codes of the same shape (docs/amazon-pay/operations.md). */
const SCAN_DATA = /^[A-Za-z0-9]{8,64}$/;

/** docs/amazon-pay/operations.md. The reference ids in the bodies take the part of idempotency keys. */
export const inStoreHandlers = {
  merchantScan: (call) => {
    const { engine, merchant, environment, body } = call;
    if (!SCAN_DATA.test(String(body["scanData"]))) throw invalid("scanData");
    const currencies: readonly unknown[] = findRegion(merchant.region)?.currencies ?? [];
    const ledgerCurrency = String(body["ledgerCurrency"]);
    if (!currencies.includes(ledgerCurrency)) throw invalid("ledgerCurrency");
    const buyer = buyersOf(merchant.region)[0];
    if (buyer === undefined) throw invalid("scanData");
    const order = readPrice(body["chargeTotal"], "chargeTotal") ?? withoutTotal(ledgerCurrency);
    requirePresentable(order, merchant.region, "chargeTotal");
    const permission = grantPermission(engine, {
      merchant,
      environment,
      type: "OneTime",
      order,
      buyer: { buyerId: buyer.buyerId, instrumentId: "visa-1111", addressId: null },
      merchantMetadata: metadataOf(call),
      productType: "PayOnly",
    });
    return { body: { chargePermissionId: permission.chargePermissionId } };
  },

  charge: (call) => {
    const permission = permissionOf(call, call.body["chargePermissionId"]);
    const charge = createCharge(call.engine, permission, {
      amount: totalOf(call, "chargeTotal"),
      captureNow: true,
      softDescriptor: textOf(call.body["softDescriptor"]),
      channel: "PointOfSale",
      merchantMetadata: metadataOf(call),
    });
    return { body: { chargeId: charge.chargeId, chargeStatus: { state: "Completed" } } };
  },

  refund: (call) => {
    const charge = chargeOf(call, call.body["chargeId"]);
    const amount = totalOf(call, "refundTotal");
    const softDescriptor = textOf(call.body["softDescriptor"]);
    const refund = createRefund(call.engine, charge, { amount, softDescriptor });
    return { body: { refundId: refund.refundId, refundStatus: { state: "Pending" } } };
  },
} satisfies Handlers;

function totalOf(call: OperationCall, name: string): Amount {
  const amount = readPrice(call.body[name], name);
  if (amount === null) throw new ServiceError("MissingParameterValue", `The value for [${name}] is missing.`);
  return amount;
}

function withoutTotal(currencyCode: string): Amount {
  const whole = (WITHOUT_TOTAL as Readonly<Record<string, bigint>>)[currencyCode];
  if (whole === undefined) throw invalid("ledgerCurrency");
  return { minor: currencyCode === "JPY" ? whole : whole * 100n, currencyCode };
}

/** The point of sale's metadata in the form of an online order. */
function metadataOf(call: OperationCall): {
  readonly merchantReferenceId: string | null;
  readonly merchantStoreName: string | null;
  readonly noteToBuyer: string | null;
  readonly customInformation: string | null;
} {
  const metadata = objectOf(call.body["metadata"]);
  const context = objectOf(metadata["communicationContext"]);
  return {
    merchantReferenceId: textOf(context["merchantOrderId"]),
    merchantStoreName: textOf(context["merchantStoreName"]),
    noteToBuyer: textOf(metadata["merchantNote"]),
    customInformation: textOf(metadata["customInformation"]),
  };
}

const invalid = (path: string): ServiceError =>
  new ServiceError("InvalidParameterValue", `The value provided for [${path}] is invalid.`);
