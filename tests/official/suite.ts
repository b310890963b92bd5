import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What the official tests ask their user to fill in: the configuration, and identifiers of objects that exist. */
export interface Filling {
  readonly config: Readonly<Record<string, string | boolean>>;
  readonly privateKey: string;
  /** By file below `tst/`, by the name of the constant that is empty there. */
  readonly placeholders: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
/** The official package. */
export const official = join(root, "node_modules/@amazonpay/amazon-pay-api-sdk-nodejs");

/** The one line that is replaced when the tests are to run with another client. */
const IMPORT_OF_CLIENT = "require('../src/client')";

function configFile(config: Filling["config"], algorithm: string | undefined): string {
  const members = algorithm === undefined ? config : { ...config, algorithm };
  return `'use strict';
const fs = require('fs');
module.exports = { ...${JSON.stringify(members)}, privateKey: fs.readFileSync('AmazonPay_publicKeyId.pem') };
`;
}

/** Writes a value into an empty constant, as the tests' own Readme asks for. */
function fill(text: string, name: string, value: string): string {
  const empty = new RegExp(`^const ${name} ?= ?(''|\`\`);`, "m");
  if (!empty.test(text)) throw new Error(`the official tests have no empty constant ${name} any more`);
  return text.replace(empty, () => `const ${name} = ${JSON.stringify(value)};`);
}

/**
 * Copies the official package's own tests to a temporary folder and fills in what they ask for.
 *
 * @param client module to run them with in place of the official client; default: the official client itself
 * @returns the folder, in which the tests' own runner is started
 */
export function prepareSuite(filling: Filling, client?: string): string {
  const folder = mkdtempSync(join(tmpdir(), "apk-official-"));
  for (const part of ["src", "tst", "package.json"]) {
    cpSync(join(official, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
  mkdirSync(join(folder, "results"));
  writeFileSync(join(folder, "AmazonPay_publicKeyId.pem"), filling.privateKey);
  writeFileSync(join(folder, "tst/config.js"), configFile(filling.config, undefined));
  writeFileSync(join(folder, "tst/configWithAlgorithm.js"), configFile(filling.config, "AMZN-PAY-RSASSA-PSS-V2"));
  for (const [file, values] of Object.entries(filling.placeholders)) {
    const path = join(folder, "tst", file);
    let text = readFileSync(path, "utf8");
    for (const [name, value] of Object.entries(values)) text = fill(text, name, value);
    if (client !== undefined) {
      if (!text.includes(IMPORT_OF_CLIENT)) throw new Error(`${file} imports its client in another way now`);
      text = text.replace(IMPORT_OF_CLIENT, () => `require(${JSON.stringify(client)})`);
    }
    writeFileSync(path, text);
  }
  return folder;
}
