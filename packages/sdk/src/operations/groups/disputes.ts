import { contestDisputeFields, createDisputeFields, updateDisputeFields } from "../fields/disputes.ts";
import { operation } from "../operation.ts";

export const createDispute = operation("createDispute", "POST", "/disputes", [200], {
  idempotency: "required",
  body: createDisputeFields,
});

export const getDispute = operation("getDispute", "GET", "/disputes/{disputeId}", [200]);

export const updateDispute = operation("updateDispute", "PATCH", "/disputes/{disputeId}", [200], {
  idempotency: "optional",
  body: updateDisputeFields,
});

export const contestDispute = operation("contestDispute", "POST", "/disputes/{disputeId}/contest", [200], {
  body: contestDisputeFields,
});
