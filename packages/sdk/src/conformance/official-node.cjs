"use strict";
// Runs in a process of its own, because the official package changes its process (it can switch TLS verification off).
// Reads one JSON request a line and writes what the official client would sign, and the headers it would send.
const crypto = require("node:crypto");
const readline = require("node:readline");

const hashed = [];
const { createHash, createSign } = crypto;
crypto.createHash = (name) => {
  const hash = createHash(name);
  return { update: (data) => (hashed.push(String(data)), hash.update(data)) };
};
const helper = require("@amazonpay/amazon-pay-api-sdk-nodejs/src/clientHelper.js");

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { config, options, sign, lost } = JSON.parse(line);
  for (const name of lost) options.queryParams[name] = undefined;
  if (options.payload === "\u0000undefined") delete options.payload;
  hashed.length = 0;
  // Most requests need no real signature: it is the text that is compared.
  crypto.createSign = sign ? createSign : () => ({ update: () => ({ sign: () => "none" }) });
  let result;
  try {
    const prepared = helper.prepareOptions(config, options);
    const headers = helper.signHeaders(config, prepared);
    result = {
      canonical: hashed[1],
      stringToSign: `${headers.authorization.split(" ")[0]}\n${createHash("sha256").update(hashed[1]).digest("hex")}`,
      headers,
      path: `/${prepared.urlFragment}`,
    };
  } catch (error) {
    result = { error: error.name };
  }
  process.stdout.write(`${JSON.stringify(result)}\n`);
});
