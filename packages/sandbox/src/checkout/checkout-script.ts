import { readAsset } from "./asset-file.ts";

/** In the order in which they need each other. */
const MODULES = [
  "sandbox-place",
  "console-messages",
  "button-facts",
  "config-rules",
  "button-texts",
  "button-drawing",
  "checkout-window",
  "start",
  "button",
  "change-action",
  "upgrade-action",
  "amazon-pay",
] as const;

const IMPORT = /^import [^;]*;\n/gm;
const EXPORT = /^export (?=(async )?function |const |class )/gm;

/** The text of `/checkout.js`: one classic script that defines `amazon.Pay` and nothing else. */
export function checkoutScript(): string {
  const parts = MODULES.map((name) =>
    readAsset(`checkout/browser/${name}.js`).replaceAll(IMPORT, "").replaceAll(EXPORT, ""),
  );
  return [
    "/* Amazon Pay Kit sandbox: stands in for the checkout.js of Amazon Pay. Unofficial, for tests. */",
    '(() => {\n"use strict";',
    ...parts,
    "})();\n",
  ].join("\n");
}
