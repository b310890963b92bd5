import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { getAuthorizationToken } from "../operations/groups/authorization-tokens.ts";
import type { AuthorizationToken } from "../types/authorization-token.ts";

/** Tokens with which a solution provider acts for a merchant. Live only. */
export class AuthorizationTokens extends Resource {
  /**
   * Gets a token; pass it on as the option `authToken`.
   *
   * @param mwsAuthToken what the merchant granted to the solution provider
   * @example
   * const { authorizationToken } = await client.authorizationTokens.retrieve(mwsAuthToken, { merchantId });
   * const charge = await client.charges.retrieve(chargeId, { authToken: authorizationToken });
   * @throws AuthenticationError, NotFoundError
   */
  retrieve(
    mwsAuthToken: string,
    query: { readonly merchantId: string },
    options?: RequestOptions,
  ): ApiPromise<AuthorizationToken> {
    return this.call(getAuthorizationToken, options, { ids: [mwsAuthToken], query });
  }
}
