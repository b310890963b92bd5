/** Each class exists once, whether a program loads it with `require` or with `import`, of every entry point. */
"use strict";

const assert = require("node:assert");
const manifest = require("@amazon-pay-kit/sdk/package.json");

async function main() {
  let classes = 0;
  for (const path of Object.keys(manifest.exports).filter((each) => !each.endsWith(".json"))) {
    const name = manifest.name + path.slice(1);
    const imported = await import(name);
    const required = require(name);
    for (const exported of Object.keys(imported)) {
      if (exported === "default" || exported === "module.exports") continue;
      assert.strictEqual(required[exported], imported[exported], `${exported} of ${name}`);
      const value = imported[exported];
      if (typeof value !== "function" || !Function.prototype.toString.call(value).startsWith("class ")) continue;
      classes += 1;
      assert.ok(Object.create(required[exported].prototype) instanceof imported[exported], `${exported} of ${name}`);
    }
  }
  assert.ok(classes > 40, `${classes} classes`);
  const { AmazonPay, AmazonPayError } = require("@amazon-pay-kit/sdk");
  const { MwsReports } = require("@amazon-pay-kit/sdk/mws");
  assert.throws(() => new AmazonPay({}), AmazonPayError);
  assert.throws(() => new MwsReports({}), (await import("@amazon-pay-kit/sdk")).AmazonPayError);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
