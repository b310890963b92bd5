import { readPrice } from "../../engine/amounts.ts";
import { cancelCharge, captureCharge, createCharge, requireChargeOperation } from "../../engine/payments/charges.ts";
import { requireChargeable } from "../../engine/payments/create-charge.ts";
import type { Charge } from "../../engine/objects/index.ts";
import { booleanOf, objectOf, textOf } from "../../engine/sessions/read-details.ts";
import { CHARGE_STATES } from "../../engine/states/state-tables.ts";
import type { OperationCall } from "../operation-call.ts";
import { chargeOf, permissionOf } from "../own-objects.ts";
import { showCharge } from "../render/render.ts";
import { ServiceError } from "../service-error.ts";
import { chargeOutcome, simulationOf } from "../simulation.ts";
import type { Handlers } from "./handlers.ts";

const show = (call: OperationCall, charge: Charge): { readonly body: unknown } => ({
  body: showCharge(charge, call.merchant),
});

/** A price that the request table requires. */
function amountOf(call: OperationCall, name: string): NonNullable<ReturnType<typeof readPrice>> {
  const amount = readPrice(call.body[name], name);
  if (amount === null) throw new ServiceError("MissingParameterValue", `The value for [${name}] is missing.`);
  return amount;
}

/** docs/amazon-pay/operations.md. */
export const chargeHandlers = {
  createCharge: (call) => {
    const { engine, body } = call;
    const permission = permissionOf(call, body["chargePermissionId"]);
    const amount = amountOf(call, "chargeAmount");
    requireChargeable(engine, permission, amount);
    const captureNow = booleanOf(body["captureNow"]) ?? false;
    const canHandlePendingAuthorization = booleanOf(body["canHandlePendingAuthorization"]) ?? false;
    const outcome = chargeOutcome(call, permission.instrumentId, call.merchant.region, {
      canHandlePendingAuthorization,
      captureNow,
    });
    const charge = createCharge(
      engine,
      permission,
      {
        amount,
        captureNow,
        canHandlePendingAuthorization,
        softDescriptor: textOf(body["softDescriptor"]),
        channel: textOf(body["channel"]),
        chargeInitiator: textOf(body["chargeInitiator"]),
        providerMetadata: body["providerMetadata"] ?? null,
        platformId: textOf(body["platformId"]),
        resultReturnUrl: textOf(objectOf(body["webCheckoutDetails"])["checkoutResultReturnUrl"]),
        merchantMetadata: objectOf(body["merchantMetadata"]) as Partial<Charge["merchantMetadata"]>,
      },
      outcome,
    );
    return show(call, charge);
  },

  getCharge: (call) => show(call, chargeOf(call)),

  captureCharge: (call) => {
    const charge = chargeOf(call);
    const simulation = simulationOf(call);
    captureCharge(
      call.engine,
      charge,
      amountOf(call, "captureAmount"),
      textOf(call.body["softDescriptor"]),
      simulation?.kind === "charge" ? simulation.outcome : undefined,
    );
    return show(call, charge);
  },

  cancelCharge: (call) => {
    const charge = chargeOf(call);
    requireChargeOperation(charge, "cancel");
    cancelCharge(call.engine, charge, "MerchantCanceled", String(call.body["cancellationReason"]));
    return show(call, charge);
  },

  /** For payment service providers: which transitions are allowed is unknown; an open charge may be ended (decisions/0030-sandbox-unknowns.md). */
  updateCharge: (call) => {
    const charge = chargeOf(call);
    const status = objectOf(call.body["statusDetails"]);
    const [state, reasonCode] = [textOf(status["state"]), textOf(status["reasonCode"])];
    const allowed = CHARGE_STATES.states.Authorized.to.Canceled ?? [];
    if (state !== "Canceled") throw invalid("statusDetails.state");
    if (!allowed.includes(reasonCode)) throw invalid("statusDetails.reasonCode");
    requireChargeOperation(charge, "update");
    cancelCharge(call.engine, charge, reasonCode ?? "");
    return show(call, charge);
  },
} satisfies Handlers;

const invalid = (path: string): ServiceError =>
  new ServiceError("InvalidParameterValue", `The value provided for [${path}] is invalid.`);
