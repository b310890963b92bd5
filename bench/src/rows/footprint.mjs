/** What a client that creates a charge costs before it does anything: import time and size after tree-shaking. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { alternate, line } from "../compare.mjs";

const here = fileURLToPath(new URL("../..", import.meta.url));
const KIT = `
import { AmazonPay } from "@amazon-pay-kit/sdk";
export const client = (options) => new AmazonPay(options);
export const charge = (pay, body) => pay.charges.create(body);
`;
/** As the documentation says for bundles that are to hold only what they use. */
const PIECES = `
import { Charges, connect } from "@amazon-pay-kit/sdk";
export const client = (options) => new Charges(connect(options));
export const charge = (charges, body) => charges.create(body);
`;
const OFFICIAL = `
import Client from "@amazonpay/amazon-pay-api-sdk-nodejs";
export const client = (options) => new Client.WebStoreClient(options);
export const charge = (pay, body, headers) => pay.createCharge(body, headers);
`;

async function size(name, code) {
  const folder = mkdtempSync(`${here}node_modules/.footprint-`);
  writeFileSync(`${folder}/${name}.mjs`, code);
  const result = await build({
    entryPoints: [`${folder}/${name}.mjs`],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  return result.outputFiles[0].contents.byteLength;
}

/** Time of an import alone, inside a fresh process: the process's own start does not count. */
function importing(specifier) {
  const code = `const t = process.hrtime.bigint(); await import(${JSON.stringify(specifier)}); process.stdout.write(String(process.hrtime.bigint() - t));`;
  return () => {
    const result = spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd: here, encoding: "utf8" });
    if (result.status !== 0) throw new Error(result.stderr);
    return { units: 1, figures: { seconds: Number(result.stdout) / 1e9 } };
  };
}

export const footprint = {
  name: "footprint",
  async run(scale) {
    const found = await alternate(
      { kit: importing("@amazon-pay-kit/sdk"), official: importing("@amazonpay/amazon-pay-api-sdk-nodejs") },
      { rounds: scale.rounds * 3 },
    );
    const time = found.kit.seconds / found.official.seconds;
    const official = await size("official", OFFICIAL);
    const milliseconds = (one) => `${(one.seconds * 1000).toFixed(0)} ms`;
    const kibibytes = (bytes) => `${Math.round(bytes / 1024)} KiB`;
    return [
      line({
        work: "import the client",
        against: "official Node SDK",
        ours: found.kit,
        theirs: found.official,
        ratio: time,
        target: "≤ 0.2",
        met: time <= 0.2,
        note: `${milliseconds(found.kit)} of ${milliseconds(found.official)}`,
      }),
      ...(await Promise.all(
        [
          ["`connect` and `Charges`", PIECES],
          ["`AmazonPay`, all resources", KIT],
        ].map(async ([how, code], index) => {
          const kit = await size(`kit${index}`, code);
          return line({
            work: `tree-shaken size of a client that creates a charge: ${how}`,
            against: "official Node SDK",
            ours: { bytes: kit },
            theirs: { bytes: official },
            ratio: kit / official,
            target: "≤ 0.2",
            met: kit / official <= 0.2,
            note: `${kibibytes(kit)} of ${kibibytes(official)}, minified`,
          });
        }),
      )),
    ];
  },
};
