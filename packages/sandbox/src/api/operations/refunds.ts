import { readPrice } from "../../engine/amounts.ts";
import { createRefund } from "../../engine/refunds/index.ts";
import { textOf } from "../../engine/sessions/read-details.ts";
import { chargeOf, refundOf } from "../own-objects.ts";
import { showRefund } from "../render/render.ts";
import { ServiceError } from "../service-error.ts";
import { simulationOf } from "../simulation.ts";
import type { Handlers } from "./handlers.ts";

/** docs/amazon-pay/operations.md. */
export const refundHandlers = {
  createRefund: (call) => {
    const charge = chargeOf(call, call.body["chargeId"]);
    const amount = readPrice(call.body["refundAmount"], "refundAmount");
    if (amount === null) throw new ServiceError("MissingParameterValue", "The value for [refundAmount] is missing.");
    const simulation = simulationOf(call);
    const declined = simulation?.kind === "refund" ? simulation.reason : null;
    const softDescriptor = textOf(call.body["softDescriptor"]);
    return { body: showRefund(createRefund(call.engine, charge, { amount, softDescriptor }, declined)) };
  },

  getRefund: (call) => ({ body: showRefund(refundOf(call)) }),
} satisfies Handlers;
