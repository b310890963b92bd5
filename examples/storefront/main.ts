/** A sandbox and a shop that sells through it, until Ctrl-C. */
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { startSandbox } from "@amazon-pay-kit/sandbox";
import { writeBooksConfig } from "./books-config.ts";
import { openShop } from "./open-shop.ts";

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--${name} takes a port, not "${text}"`);
  return port;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8590" },
      "sandbox-port": { type: "string", default: "8580" },
      "sandbox-https-port": { type: "string", default: "8543" },
      books: { type: "string", default: ".apay" },
    },
  });
  const started = await startSandbox({
    port: portOf("sandbox-port", values["sandbox-port"]),
    httpsPort: portOf("sandbox-https-port", values["sandbox-https-port"]),
  });
  try {
    const shop = await openShop(started, portOf("port", values.port));
    const [merchant] = started.ready.merchants;
    if (merchant === undefined) throw new Error("the sandbox has no merchant");
    const config = writeBooksConfig(values.books, started.ready, merchant);
    const here = process.env["INIT_CWD"] ?? process.cwd();
    const apay = `npx @amazon-pay-kit/cli --config ${relative(here, config)}`;
    process.stdout.write(
      [
        `shop      ${shop.origin}`,
        `sandbox   ${started.ready.http}/_sandbox/ui`,
        "",
        "Buy something, capture and refund it under Orders. Then keep the books of it:",
        `  curl -X POST ${started.ready.http}/_sandbox/clock -H 'content-type: application/json' -d '{"advance":"P1D"}'`,
        `  curl -X POST ${started.ready.http}/_sandbox/settlements -H 'content-type: application/json' -d '{"merchantId":"${merchant.merchantId}"}'`,
        `  curl -s ${shop.origin}/orders.csv | ${apay} records import -`,
        `  ${apay} sync && ${apay} reconcile`,
        "",
        "Ctrl-C ends both.",
        "",
      ].join("\n"),
    );
    await new Promise<void>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    });
    await shop.close();
  } finally {
    await started.close();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
