/** Loads the kit's sources, with counters in those of its packages; see instrument.mjs. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { COUNTERS, instrumented } from "./instrument.mjs";

const PACKAGES = new URL("../../../../packages/", import.meta.url).href;
/** What only makes input for tests says nothing about readers. */
const UNCOUNTED = /\/(conformance|testing)\/|\.test\.ts$/;

let counter = 0;

export async function load(url, context, next) {
  if (!url.endsWith(".ts") || url.includes("/node_modules/")) return next(url, context);
  const text = await readFile(fileURLToPath(url), "utf8");
  const { code } = await transform(text, { loader: "ts", format: "esm", target: "node20", sourcefile: url });
  if (!url.startsWith(PACKAGES) || UNCOUNTED.test(url)) return { format: "module", shortCircuit: true, source: code };
  const found = instrumented(code, () => (counter += 1) % COUNTERS);
  const prelude =
    "const __apayHit = globalThis.__apayFuzz.hit, __apaySame = globalThis.__apayFuzz.same;" +
    `globalThis.__apayFuzz.speaksOf(${JSON.stringify(found.words)}, ${counter});`;
  return { format: "module", shortCircuit: true, source: prelude + found.code };
}
