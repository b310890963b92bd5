/** DATABASE_URL=postgres://… S3_BUCKET=books MERCHANTS=merchants.json npm start */
import { openS3Archive } from "@amazon-pay-kit/ledger";
import { readFileSync } from "node:fs";
import { type Merchant, work } from "./platform-worker.ts";

function needed(name: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== "") return value;
  console.error(`set ${name}`);
  process.exit(2);
}

const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => stop.abort());

await work({
  databaseUrl: needed("DATABASE_URL"),
  archive: await openS3Archive({ bucket: needed("S3_BUCKET") }),
  // A platform asks its own database, and its key vault for the private keys.
  merchants: JSON.parse(readFileSync(needed("MERCHANTS"), "utf8")) as Merchant[],
  warehouse: process.env["WAREHOUSE"] ?? "warehouse",
  metricsPort: Number(process.env["METRICS_PORT"] ?? 9464),
  signal: stop.signal,
});
