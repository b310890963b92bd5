/**
 * Puts what the files of a sandbox's ready file hold into it, since a Worker has no files:
 *
 *     node sandbox-in-one.js sandbox.json > .dev.vars
 */
import { readFileSync } from "node:fs";

const ready = JSON.parse(readFileSync(process.argv[2], "utf8"));
ready.ca = readFileSync(ready.caFile, "utf8");
for (const { keys } of ready.merchants)
  for (const key of keys) key.privateKey = readFileSync(key.privateKeyFile, "utf8");
process.stdout.write(`SANDBOX='${JSON.stringify(ready)}'\n`);
