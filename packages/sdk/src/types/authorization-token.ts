/** Answer of `authorizationTokens.retrieve`. */
export interface AuthorizationToken {
  /** A JWT; pass it on as `authToken`. */
  authorizationToken: string;
}
