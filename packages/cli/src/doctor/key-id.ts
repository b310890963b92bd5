import type { Check } from "./check.ts";

/** The key id is there, and its prefix does not contradict the environment: the client refuses such a pair. */
export const keyIdCheck: Check = {
  name: "public key id",
  run: async (_context, account) => {
    const id = account.publicKeyId;
    if (id === undefined)
      return { ok: false, found: "none is set", advice: "set publicKeyId of the account, or AMAZON_PAY_PUBLIC_KEY_ID" };
    const prefix = /^(live|sandbox)-?/i.exec(id)?.[1]?.toLowerCase();
    if (prefix === undefined && account.environment === undefined) {
      return {
        ok: false,
        found: "the key id has no prefix, so it does not say for which environment it is",
        advice: 'set environment of the account to "live" or "sandbox"',
      };
    }
    if (prefix !== undefined && account.environment !== undefined && prefix !== account.environment) {
      return {
        ok: false,
        found: `the key id is for ${prefix}, the account says ${account.environment}`,
        advice: "remove environment of the account, or use the other key",
      };
    }
    return { ok: true, found: `for ${prefix ?? account.environment ?? "live"}` };
  },
};
