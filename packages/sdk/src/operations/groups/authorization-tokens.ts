import { authorizationTokenQuery } from "../fields/authorization-tokens.ts";
import { operation } from "../operation.ts";

export const getAuthorizationToken = operation(
  "getAuthorizationToken",
  "GET",
  "/authorizationTokens/{mwsAuthToken}",
  [200],
  {
    query: authorizationTokenQuery,
  },
);
