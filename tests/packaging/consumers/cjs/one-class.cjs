/** Each class exists once, whether a program loads it with `require` or with `import`. */
"use strict";

const assert = require("node:assert");

async function main() {
  for (const [path, names] of Object.entries({
    "@amazon-pay-kit/sdk": ["AmazonPay", "AmazonPayError", "DeclinedError"],
    "@amazon-pay-kit/sdk/compat": ["WebStoreClient"],
    "@amazon-pay-kit/sdk/mws": ["MwsReports", "MwsError"],
    "@amazon-pay-kit/sdk/notifications": ["verifyNotification", "NotificationError"],
    "@amazon-pay-kit/sdk/signing": ["signRequest"],
    "@amazon-pay-kit/sdk/clock": ["systemClock"],
  })) {
    const imported = await import(path);
    for (const name of names) {
      assert.ok(imported[name], `${path} has ${name}`);
      assert.strictEqual(require(path)[name], imported[name], `${name} of ${path}`);
    }
  }
  const { AmazonPay, AmazonPayError } = require("@amazon-pay-kit/sdk");
  const { MwsReports } = require("@amazon-pay-kit/sdk/mws");
  assert.throws(() => new AmazonPay({}), AmazonPayError);
  assert.throws(() => new MwsReports({}), AmazonPayError);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
