import { authorizationTokenQuery } from "../fields/authorization-tokens.ts";
import { operation } from "../operation.ts";

/** Live only: no sandbox figure is published for it. */
export const getAuthorizationToken = operation(
  "getAuthorizationToken",
  "GET",
  "/authorizationTokens/{mwsAuthToken}",
  [200],
  {
    query: authorizationTokenQuery,
    throttle: { live: { burst: 5, perSecond: 1 } },
  },
);
