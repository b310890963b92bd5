/** Signing a request: canonical request, hash, RSA-PSS 2048, headers. */
import { constants, createPrivateKey, generateKeyPairSync, sign as rawSign } from "node:crypto";
import { createRequire } from "node:module";
import { signRequest } from "@amazon-pay-kit/sdk/signing";
import { privateKeySigner } from "@amazon-pay-kit/sdk";
import { alternate, line } from "../compare.mjs";

const require = createRequire(import.meta.url);

export const sign = {
  name: "sign",
  async run(scale) {
    // Many short turns: one contender's few milliseconds of luck weigh less than in a few long ones.
    const count = scale.calls / 8;
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" });
    const key = createPrivateKey(pem);
    const body = JSON.stringify({
      chargePermissionId: "S01-1234567-1234567",
      chargeAmount: { amount: "10.00", currencyCode: "USD" },
      captureNow: true,
    });
    const text = Buffer.from(
      "AMZN-PAY-RSASSA-PSS-V2\n13fdf6db844bdfb9e9c0e27a4251ca04e60c29ca2132249c5dd1cb09c26e22f5",
    );
    const signer = privateKeySigner(pem);
    const { WebStoreClient } = require("@amazonpay/amazon-pay-api-sdk-nodejs");
    const official = new WebStoreClient({
      publicKeyId: "SANDBOX-ABC",
      privateKey: pem,
      region: "us",
      algorithm: "AMZN-PAY-RSASSA-PSS-V2",
    });
    const found = await alternate(
      {
        raw: () => {
          for (let index = 0; index < count; index += 1)
            rawSign("sha256", text, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
          return { units: count };
        },
        kit: async () => {
          for (let index = 0; index < count; index += 1) {
            await signRequest(
              {
                method: "POST",
                path: "/v2/charges",
                headers: {
                  accept: "application/json",
                  "content-type": "application/json",
                  "x-amz-pay-date": "20261120T120000Z",
                  "x-amz-pay-host": "pay-api.amazon.com",
                  "x-amz-pay-region": "na",
                  "x-amz-pay-idempotency-key": "0123456789abcdef0123456789abcdef",
                },
                body,
              },
              { publicKeyId: "SANDBOX-ABC", signer },
            );
          }
          return { units: count };
        },
        official: () => {
          for (let index = 0; index < count; index += 1) {
            official.getSignedHeaders({
              method: "POST",
              urlFragment: "charges",
              payload: body,
              headers: { "x-amz-pay-idempotency-key": "0123456789abcdef0123456789abcdef" },
            });
          }
          return { units: count };
        },
      },
      { rounds: scale.rounds * 4 },
    );
    const against = (name, title, least) => {
      const ratio = found.kit.rate / found[name].rate;
      return line({
        work: "sign a request",
        against: title,
        ours: found.kit,
        theirs: found[name],
        ratio,
        cpuRatio: found[name].cpuPerUnit / found.kit.cpuPerUnit,
        target: `≥ ${least}`,
        met: ratio >= least,
        note: `${Math.round(found.kit.rate)} against ${Math.round(found[name].rate)} a second`,
      });
    };
    return [against("raw", "raw crypto.sign with a parsed key", 0.95), against("official", "official Node SDK", 3)];
  },
};
