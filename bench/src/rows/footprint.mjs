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
  async run() {
    const found = await alternate(
      { kit: importing("@amazon-pay-kit/sdk"), official: importing("@amazonpay/amazon-pay-api-sdk-nodejs") },
      { rounds: 15 },
    );
    const time = found.kit.seconds / found.official.seconds;
    const [kit, official] = [await size("kit", KIT), await size("official", OFFICIAL)];
    return [
      line(
        "import time of the client",
        "official Node SDK",
        found.kit,
        found.official,
        time,
        "≤ 0.2",
        time <= 0.2,
        "of its time",
      ),
      line(
        "tree-shaken size of a client that creates a charge",
        "official Node SDK",
        { bytes: kit },
        { bytes: official },
        kit / official,
        "≤ 0.2",
        kit / official <= 0.2,
        `${Math.round(kit / 1024)} KiB of ${Math.round(official / 1024)} KiB minified`,
      ),
    ];
  },
};
