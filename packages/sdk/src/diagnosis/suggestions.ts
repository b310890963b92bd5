import { nearest, type Suggest } from "../operations/fields/suggestion.ts";

/** Finds what a misspelt value of a request, or a misspelt option of the client, was probably meant to be. */
export interface Suggestions {
  /** For values and members of requests. */
  readonly value: Suggest;
  /** For options of the client. */
  readonly option: Suggest;
}

/** What the official SDKs and other clients call an option. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  sandbox: 'environment ("sandbox" or "live")',
  overrideServiceUrl: "baseUrl",
  endpoint: "baseUrl",
  timeout: "timeoutMs",
  retries: "maxRetries",
  agent: "proxy, fetch or transport",
  httpAgent: "proxy, fetch or transport",
};

/** The suggestions that `AmazonPay` makes. */
export const suggestions: Suggestions = {
  value: nearest,
  option: (name, names) => (Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : nearest(name, names)),
};
