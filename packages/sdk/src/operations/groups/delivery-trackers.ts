import { createDeliveryTrackerFields } from "../fields/delivery-trackers.ts";
import { trackedObject } from "../fields/rules.ts";
import { throttle, type Operation } from "../operation.ts";

export const createDeliveryTracker = {
  name: "deliveryTrackers",
  method: "POST",
  path: "/deliveryTrackers",
  success: [200],
  idempotency: "optional",
  body: createDeliveryTrackerFields,
  rules: [trackedObject],
  authToken: "unsupported",
  throttle: throttle(10, 1, 1, 1),
} as const satisfies Operation;
