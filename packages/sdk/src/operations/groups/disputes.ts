import { contestDisputeFields, createDisputeFields, updateDisputeFields } from "../fields/disputes.ts";
import type { Operation } from "../operation.ts";

/** Reference 3.29. 200, not 201. */
export const createDispute: Operation = {
  name: "createDispute",
  method: "POST",
  path: "/disputes",
  success: [200],
  idempotency: "required",
  body: createDisputeFields,
};

/** Reference 3.29. */
export const getDispute: Operation = {
  name: "getDispute",
  method: "GET",
  path: "/disputes/{disputeId}",
  success: [200],
  idempotency: "none",
};

/** Reference 3.29. */
export const updateDispute: Operation = {
  name: "updateDispute",
  method: "PATCH",
  path: "/disputes/{disputeId}",
  success: [200],
  idempotency: "optional",
  body: updateDisputeFields,
};

/** Reference 3.29. */
export const contestDispute: Operation = {
  name: "contestDispute",
  method: "POST",
  path: "/disputes/{disputeId}/contest",
  success: [200],
  idempotency: "optional",
  body: contestDisputeFields,
};
