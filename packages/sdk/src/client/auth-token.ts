import { isText } from "../kind.ts";
/** What a token that is refused is told. */
export const AUTH_TOKEN_RULE = "must be the text of authorizationTokens.retrieve, without spaces";

/** Whether a value can be sent as the header of a token. */
export function isAuthToken(value: unknown): value is string {
  return isText(value) && /^[\x21-\x7E]+$/.test(value);
}
