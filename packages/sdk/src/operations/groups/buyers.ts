import type { Operation } from "../operation.ts";

/** Reference 3.16. */
export const getBuyer: Operation = {
  name: "getBuyer",
  method: "GET",
  path: "/buyers/{buyerToken}",
  success: [200],
  idempotency: "none",
};
