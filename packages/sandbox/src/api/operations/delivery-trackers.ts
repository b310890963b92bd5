import { textOf } from "../../engine/sessions/read-details.ts";
import { owned } from "../own-objects.ts";
import { ServiceError } from "../service-error.ts";
import type { Handlers } from "./handlers.ts";

interface Tracker {
  readonly merchantId: string;
  readonly trackedObject: string;
}

/** docs/amazon-pay/operations.md: the answer repeats the request; a tracking number may be used once. */
export const deliveryTrackerHandlers = {
  deliveryTrackers: (call) => {
    const { engine, merchant, body } = call;
    const permissionId = textOf(body["chargePermissionId"]);
    if (permissionId !== null) owned(call, engine.state.chargePermissions, permissionId);
    const trackedObject = permissionId ?? textOf(body["amazonOrderReferenceId"]) ?? "";
    const used = engine.state.extra<Tracker>("deliveryTrackers");
    const details = body["deliveryDetails"] as readonly {
      readonly trackingNumber: string;
      readonly carrierCode: string;
    }[];
    if (details.length === 0) throw invalid("deliveryDetails");
    const places = details.map(({ trackingNumber, carrierCode }) =>
      JSON.stringify([merchant.merchantId, call.environment, carrierCode, trackingNumber]),
    );
    places.forEach((place, index) => {
      if (used.get(place) !== undefined || places.indexOf(place) !== index) {
        throw invalid(
          `deliveryDetails[${index}].trackingNumber`,
          " It was used before: a tracking number can be used once.",
        );
      }
    });
    for (const place of places) used.put(place, { merchantId: merchant.merchantId, trackedObject });
    return {
      body: {
        ...(permissionId === null ? {} : { chargePermissionId: permissionId }),
        ...(body["amazonOrderReferenceId"] === undefined
          ? {}
          : { amazonOrderReferenceId: body["amazonOrderReferenceId"] }),
        deliveryDetails: details.map(({ trackingNumber, carrierCode }) => ({ trackingNumber, carrierCode })),
      },
    };
  },
} satisfies Handlers;

const invalid = (path: string, why = ""): ServiceError =>
  new ServiceError("InvalidParameterValue", `The value provided for [${path}] is invalid.${why}`);
