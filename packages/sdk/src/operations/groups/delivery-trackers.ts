import { createDeliveryTrackerFields } from "../fields/delivery-trackers.ts";
import { trackedObject } from "../fields/rules.ts";
import { operation } from "../operation.ts";

export const createDeliveryTracker = operation("deliveryTrackers", "POST", "/deliveryTrackers", [200], {
  body: createDeliveryTrackerFields,
  rules: [trackedObject],
  authToken: "unsupported",
});
