import { readFileSync } from "node:fs";
import { openLedger } from "@amazon-pay-kit/ledger";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { fetchReports, type Shop } from "./fetch-reports.ts";

function setting(name: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== "") return value;
  process.stderr.write(`set ${name}\n`);
  process.exit(2);
}

const region = setting("AMAZON_PAY_REGION") as Shop["region"];
const publicKeyId = setting("AMAZON_PAY_PUBLIC_KEY_ID");
const caFile = process.env["AMAZON_PAY_CA_FILE"];
const pay = new AmazonPay({
  region,
  publicKeyId,
  privateKey: readFileSync(setting("AMAZON_PAY_PRIVATE_KEY_FILE"), "utf8"),
  baseUrl: process.env["AMAZON_PAY_ENDPOINT"],
  ca: caFile === undefined ? undefined : readFileSync(caFile, "utf8"),
});
const ledger = await openLedger({ dataDir: process.env["APAY_DATA_DIR"] ?? "books" });
try {
  const environment = publicKeyId.startsWith("SANDBOX-") ? "sandbox" : "live";
  const { lines, status } = await fetchReports(ledger, pay, { name: "shop", region, environment });
  for (const line of lines) process.stdout.write(`${line}\n`);
  process.exitCode = status;
} finally {
  await ledger.close();
  pay.close();
}
