import { authorizationTokenQuery } from "../fields/authorization-tokens.ts";
import type { Operation } from "../operation.ts";

/** Live only: no sandbox figure is published for it. */
export const getAuthorizationToken = {
  name: "getAuthorizationToken",
  method: "GET",
  path: "/authorizationTokens/{mwsAuthToken}",
  success: [200],
  idempotency: "none",
  query: authorizationTokenQuery,
  throttle: { live: { burst: 5, perSecond: 1 } },
} as const satisfies Operation;
