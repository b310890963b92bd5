import { privateKeySigner } from "@amazon-pay-kit/sdk";
import { privateKeyOf } from "../config/config.ts";
import { wordsOf, type Check } from "./check.ts";

/** The private key can be read and is one that the service takes. */
export const keyCheck: Check = {
  name: "private key",
  run: async (_context, account) => {
    try {
      await privateKeySigner(privateKeyOf(account)).sign(new TextEncoder().encode("doctor"), "AMZN-PAY-RSASSA-PSS-V2");
      return { ok: true, found: account.privateKeyFile ?? "from the environment" };
    } catch (error) {
      const remedy = (error as { remedy?: unknown }).remedy;
      return {
        ok: false,
        found: wordsOf(error),
        advice:
          typeof remedy === "string"
            ? remedy
            : "name the private half of the pair whose public half is in Seller Central",
      };
    }
  },
};
