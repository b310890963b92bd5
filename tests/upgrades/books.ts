/** Books as a user has them, made and read through the command line alone: what any version of the kit can do. */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { runProgram } from "../../packages/cli/src/program.ts";
import { testTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";

const FILES = fileURLToPath(new URL("../cli/cases/e2e/", import.meta.url));
const clock = manualClock(Date.UTC(2026, 11, 1));

/** What the books say, by command. */
export type Answers = Readonly<Record<string, unknown>>;

async function apay(folder: string, ...args: string[]): Promise<string> {
  const terminal = testTerminal(folder);
  const status = await runProgram(args, terminal, clock, systemRandom);
  if (status > 1) throw new Error(`apay ${args.join(" ")} ended with ${status}: ${terminal.written.err}`);
  return terminal.written.out;
}

/** Makes books in a folder: a settlement, the shop's orders, a bank statement, all reconciled. */
export async function makeBooks(folder: string): Promise<void> {
  mkdirSync(join(folder, "inbox"), { recursive: true });
  const put = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
    // A file is taken when it was left alone for a while.
    utimesSync(join(folder, name), Date.UTC(2026, 10, 1) / 1000, Date.UTC(2026, 10, 1) / 1000);
  };
  // Not .apay, which a clone leaves out.
  const shop = { region: "na", publicKeyId: "LIVE-X", sources: ["folder"], inbox: "inbox" };
  put("apay.config.json", JSON.stringify({ accounts: { shop }, dataDir: "data", reconcile: { history: "complete" } }));
  put("inbox/settlement.csv", readFileSync(`${FILES}settlement.csv`, "utf8"));
  for (const name of ["orders.csv", "bank-plain.sta"]) put(name, readFileSync(FILES + name, "utf8"));
  await apay(folder, "sync", "--once");
  await apay(folder, "records", "import", "orders.csv");
  await apay(folder, "bank", "import", "bank-plain.sta");
  await apay(folder, "reconcile");
}

/** Reads books with the present code, which brings them up to date first. */
export async function readBooks(folder: string): Promise<Answers> {
  const listed = async (...args: string[]): Promise<unknown> => JSON.parse(await apay(folder, ...args, "--json"));
  return {
    settlements: await listed("settlements", "list"),
    exceptions: await listed("exceptions", "list"),
    balance: await listed("balance"),
    rows: await apay(folder, "export", "--what", "rows", "--format", "ndjson"),
  };
}
