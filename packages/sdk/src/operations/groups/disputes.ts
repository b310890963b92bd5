import { contestDisputeFields, createDisputeFields, updateDisputeFields } from "../fields/disputes.ts";
import type { Operation } from "../operation.ts";

export const createDispute = {
  name: "createDispute",
  method: "POST",
  path: "/disputes",
  success: [200],
  idempotency: "required",
  body: createDisputeFields,
} as const satisfies Operation;

export const getDispute = {
  name: "getDispute",
  method: "GET",
  path: "/disputes/{disputeId}",
  success: [200],
  idempotency: "none",
} as const satisfies Operation;

export const updateDispute = {
  name: "updateDispute",
  method: "PATCH",
  path: "/disputes/{disputeId}",
  success: [200],
  idempotency: "optional",
  body: updateDisputeFields,
} as const satisfies Operation;

export const contestDispute = {
  name: "contestDispute",
  method: "POST",
  path: "/disputes/{disputeId}/contest",
  success: [200],
  idempotency: "optional",
  body: contestDisputeFields,
} as const satisfies Operation;
