/** What a client that creates a charge costs before it does anything: import time and size after tree-shaking. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
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

const STRIPE = `
import Stripe from "stripe";
export const client = (key) => new Stripe(key);
export const charge = (stripe, body) => stripe.paymentIntents.create(body);
`;
const OPENAI = `
import OpenAI from "openai";
export const client = (options) => new OpenAI(options);
export const charge = (openai, body) => openai.responses.create(body);
`;

/** Bytes of a bundle, and what a server sends of it. */
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
  const { contents } = result.outputFiles[0];
  return { bytes: contents.byteLength, gzipped: gzipSync(contents, { level: 9 }).byteLength };
}

/** An import alone, inside a fresh process: the process's own start does not count. CPU is that of all its threads. */
function importing(specifier) {
  const code = `const [t, c] = [process.hrtime.bigint(), process.cpuUsage()]; await import(${JSON.stringify(specifier)});
    const used = process.cpuUsage(c);
    process.stdout.write(JSON.stringify([Number(process.hrtime.bigint() - t) / 1e9, (used.user + used.system) / 1e6]));`;
  return () => {
    const result = spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd: here, encoding: "utf8" });
    if (result.status !== 0) throw new Error(result.stderr);
    const [seconds, cpu] = JSON.parse(result.stdout);
    return { units: 1, cpu, figures: { seconds } };
  };
}

/** What is compared with, and what the kit's share of it is to be. */
const OTHERS = [
  { title: "official Node SDK", specifier: "@amazonpay/amazon-pay-api-sdk-nodejs", code: OFFICIAL, target: 0.2 },
  { title: "stripe", specifier: "stripe", code: STRIPE, target: 1 },
  { title: "openai", specifier: "openai", code: OPENAI, target: 1 },
];

export const footprint = {
  name: "footprint",
  async run(scale) {
    const contenders = { kit: importing("@amazon-pay-kit/sdk") };
    for (const { title, specifier } of OTHERS) contenders[title] = importing(specifier);
    const { kit, ...found } = await alternate(contenders, { rounds: scale.rounds * 3 });
    const milliseconds = (one) => `${(one.cpu * 1000).toFixed(0)} ms`;
    const kibibytes = (bytes) => `${Math.round(bytes / 1024)} KiB`;
    const lines = OTHERS.map(({ title, target }) => {
      const ratio = kit.cpu / found[title].cpu;
      return line({
        work: "import the client: CPU",
        against: title,
        ours: kit,
        theirs: found[title],
        ratio,
        cpuRatio: ratio,
        target: `≤ ${target}`,
        met: ratio <= target,
        note: `${milliseconds(kit)} of ${milliseconds(found[title])}`,
      });
    });
    const theirs = await Promise.all(OTHERS.map(({ code }, index) => size(`other${index}`, code)));
    const ways = [
      ["`connect` and `Charges`", PIECES],
      ["`AmazonPay`, all resources", KIT],
    ];
    for (const [index, [how, code]] of ways.entries()) {
      const ours = await size(`kit${index}`, code);
      for (const [place, { title, target }] of OTHERS.entries()) {
        const ratio = ours.bytes / theirs[place].bytes;
        const gzipped = `${kibibytes(ours.gzipped)} of ${kibibytes(theirs[place].gzipped)} gzipped`;
        lines.push(
          line({
            work: `tree-shaken size of a client that creates a charge: ${how}`,
            against: title,
            ours,
            theirs: theirs[place],
            ratio,
            target: `≤ ${target}`,
            met: ratio <= target,
            note: `${kibibytes(ours.bytes)} of ${kibibytes(theirs[place].bytes)}, minified; ${gzipped}`,
          }),
        );
      }
    }
    return lines;
  },
};
