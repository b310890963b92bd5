/** A CommonJS project, also where `require` cannot load ES modules. */
"use strict";

const { AmazonPay } = require("@amazon-pay-kit/sdk");
const Client = require("@amazon-pay-kit/sdk/compat");
const { stringToSign } = require("@amazon-pay-kit/sdk/signing");
const { verifyNotification } = require("@amazon-pay-kit/sdk/notifications");
const { MwsReports } = require("@amazon-pay-kit/sdk/mws");
const { openapi } = require("@amazon-pay-kit/sdk/openapi.json");

function check(condition, what) {
  if (!condition) throw new Error(what);
}

check(openapi === "3.1.0", "the API's document cannot be read");

for (const value of [
  AmazonPay,
  Client.WebStoreClient,
  Client.InStoreClient,
  Client.AmazonPayClient,
  verifyNotification,
  MwsReports,
]) {
  check(typeof value === "function", "every entry point loads with require");
}
const expected = "AMZN-PAY-RSASSA-PSS-V2\n239f59ed55e737c77147cf55ad0c1b030b6d7ee748a7426952f9b852d5a935e5";
check(stringToSign("payload") === expected, "it works");
