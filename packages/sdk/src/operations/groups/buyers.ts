import type { Operation } from "../operation.ts";

export const getBuyer = {
  name: "getBuyer",
  method: "GET",
  path: "/buyers/{buyerToken}",
  success: [200],
  idempotency: "none",
} as const satisfies Operation;
