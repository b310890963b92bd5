/** `tap --config FILE [--state FILE] [--catalog FILE] [--discover]`: messages on standard output, words on standard error. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { checkConfig, discover, tap, type TapCatalog, type TapState } from "./tap.ts";

const { values } = parseArgs({
  options: {
    config: { type: "string" },
    state: { type: "string" },
    catalog: { type: "string" },
    properties: { type: "string" },
    discover: { type: "boolean", default: false },
  },
});
const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

try {
  if (values.discover) process.stdout.write(`${JSON.stringify(discover(), null, 2)}\n`);
  else if (values.config === undefined) throw new TypeError("name a file of settings with --config");
  else {
    const catalog = values.catalog ?? values.properties;
    const messages = tap(
      checkConfig(read(values.config)),
      values.state === undefined ? {} : (read(values.state) as TapState),
      catalog === undefined ? undefined : (read(catalog) as TapCatalog),
    );
    for await (const message of messages) process.stdout.write(`${JSON.stringify(message)}\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
