import { createWriteStream, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { formatAmount } from "@amazon-pay-kit/ledger";
import { openJobQueue } from "@amazon-pay-kit/worker";
import type { ShopRecord } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { runProgram } from "../../../packages/cli/src/program.ts";
import { testTerminal } from "../../../packages/cli/src/terminal/testing/test-terminal.ts";
import { freshDatabase } from "../../postgres/database.ts";
import type { Trader, Environment } from "./environment.ts";

/** What the reader of a page has, beside an empty folder, when reading begins. */
export interface Stage {
  /** Whose shop it is. */
  readonly region: "na" | "eu" | "jp";
  /** Name of the account in the page. */
  readonly account: string;
  /** Whether the reader has run `apay init` before; else the page itself does. Default true. */
  readonly set?: boolean;
  /** Files of the reader, and what stands in the page for something that is different for each reader. */
  readonly prepare?: (folder: string, environment: Environment) => Promise<Record<string, string>>;
  /** As `prepare`, but found when a command of the page names it. */
  readonly late?: Readonly<Record<string, (ask: Ask, env: Readonly<Record<string, string>>) => Promise<string>>>;
  /** Commands that end with another status than 0, and why. */
  readonly ends?: readonly (readonly [command: RegExp, status: number, why: string])[];
}

/** Runs `apay … --json` for the reader and gives the document. */
export type Ask = (...args: string[]) => Promise<Record<string, unknown>>;

function clientOf(environment: Environment, { merchant }: Trader): AmazonPay {
  const [key] = merchant.keys;
  return new AmazonPay({
    region: merchant.region,
    publicKeyId: key?.publicKeyId ?? "",
    privateKey: readFileSync(key?.privateKeyFile ?? "", "utf8"),
    baseUrl: environment.started.ready.https,
    ca: readFileSync(environment.started.ready.caFile, "utf8"),
    clock: environment.clock,
  });
}

/** The newest settlement report, as a person downloads it in Seller Central. */
async function settlementReport(environment: Environment, trader: Trader): Promise<Buffer> {
  const client = clientOf(environment, trader);
  try {
    const reportTypes = ["_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_"] as const;
    for await (const report of client.reports.list({ reportTypes })) {
      if (report.reportDocumentId === null || report.reportDocumentId === undefined) continue;
      const pieces: Uint8Array[] = [];
      for await (const piece of await client.reportDocuments.download(report.reportDocumentId)) pieces.push(piece);
      return Buffer.concat(pieces);
    }
    throw new Error("no settlement report");
  } finally {
    client.close();
  }
}

async function zipOf(path: string, files: Readonly<Record<string, Buffer>>): Promise<void> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

const day = (record: ShopRecord): string => new Date(record.occurredAt).toISOString();
const money = (record: ShopRecord): string => formatAmount(record.amountMinor, record.currency);

/** The shop's order book in several forms, and its bank statement in two. */
function writeBooks(folder: string, { trade }: Trader): void {
  const file = (name: string, lines: readonly string[], encoding: BufferEncoding = "utf8"): void =>
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`, encoding);
  const members = "kind,transactionId,parentTransactionId,orderId,amount,currency,occurredAt";
  file("orders.csv", [
    members,
    ...trade.records.map((one) =>
      [one.kind, one.transactionId, one.parentTransactionId, one.orderId, money(one), one.currency, day(one)].join(","),
    ),
  ]);
  const charges = trade.records.filter(({ kind }) => kind === "charge").slice(0, 5);
  file("book.csv", ["Number,Total,Date", ...charges.map((one) => `${one.orderId},${money(one)},${day(one)}`)]);
  const refunds = trade.records.filter(({ kind }) => kind === "refund");
  file("refunds.csv", [
    "transactionId,orderId,amount,currency,occurredAt",
    ...refunds.map((one) => [one.transactionId, one.orderId, money(one), one.currency, day(one)].join(",")),
  ]);
  const entries = trade.bank.map(
    (line) =>
      `<Ntry><Amt Ccy="EUR">${formatAmount(line.amount, "EUR")}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${line.bookedOn}</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>${line.text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
  );
  file("statement.xml", [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>',
    ...entries,
    "</Stmt></BkToCstmrStmt></Document>",
  ]);
  const german = ([year, month, date]: readonly string[]): string => `${date}.${month}.${year}`;
  file(
    "umsaetze.csv",
    [
      "Buchungstag;Betrag;Währung;Verwendungszweck",
      ...trade.bank.map(
        (line) =>
          `${german(line.bookedOn.split("-"))};${formatAmount(line.amount, "EUR").replace(".", ",")};EUR;${line.text}`,
      ),
    ],
    "latin1",
  );
}

/** Puts a job among the dead, as one whose cause is mended meanwhile. */
async function buryJob(databaseUrl: string): Promise<void> {
  const queue = await openJobQueue({ databaseUrl });
  try {
    await queue.send("export", { accountId: "shop", export: "journal" });
    for (;;) {
      await queue.query("update apay_jobs.job set start_after = now() - interval '1 second' where state = 'retry'");
      const [job] = await queue.take("export", 1);
      if (job === undefined) return;
      await queue.failed(job, { code: "disk.full", message: "no room" });
    }
  } finally {
    await queue.close();
  }
}

/** The reader has the shop's orders and its bank statement. */
const booksOfTheShop = (folder: string, environment: Environment): Promise<Record<string, string>> => {
  writeBooks(folder, environment.traders.eu);
  return Promise.resolve({});
};

const WRONG_FEE = [/^reconcile/, 1, "a fee of the month is wrong"] as const;

/** The pages whose shell blocks are run. */
export const STAGES: Readonly<Record<string, Stage>> = {
  "README.md": {
    region: "na",
    account: "shop",
    set: false,
    prepare: async (folder, environment) => {
      writeFileSync(join(folder, "settlement.csv"), await settlementReport(environment, environment.traders.na));
      const paid = environment.traders.na.trade.bank[0];
      return { "48211.07": formatAmount(paid?.amount ?? 0n, "USD") };
    },
  },
  "docs/test-offline.md": { region: "na", account: "shop" },
  "docs/subscriptions.md": { region: "na", account: "shop" },
  "docs/pending-and-declines.md": { region: "na", account: "shop" },
  "docs/disputes.md": { region: "na", account: "shop" },
  "docs/troubleshooting.md": { region: "na", account: "shop" },
  "docs/notifications.md": { region: "na", account: "shop" },
  "packages/sandbox/README.md": { region: "na", account: "shop" },
  "docs/configuration.md": { region: "na", account: "us" },
  "docs/download-reports.md": {
    region: "na",
    account: "us",
    set: false,
    prepare: async (folder, environment) => {
      const report = await settlementReport(environment, environment.traders.na);
      writeFileSync(join(folder, "report.csv"), report);
      await zipOf(join(folder, "report.zip"), { "report.csv": report });
      await zipOf(join(folder, "reports.zip"), { "SETTLEMENT1.csv": report, "readme.txt": Buffer.from("hello") });
      return {};
    },
  },
  "docs/reconcile-a-month.md": {
    region: "eu",
    account: "shop",
    prepare: async (folder, environment) => {
      const trader = environment.traders.eu;
      writeBooks(folder, trader);
      const paid = trader.trade.bank[0]?.amount ?? 0n;
      const charge = trader.trade.records.find(({ kind }) => kind === "charge");
      return {
        "48211.07": formatAmount(paid, "EUR"),
        "48214.57": formatAmount(paid + 350n, "EUR"),
        "P01-1234567-1234567-C123456": charge?.transactionId ?? "",
      };
    },
    late: {
      "5984862222": async (ask) => {
        const { settlements } = (await ask("settlements", "list")) as { settlements: { settlementId: string }[] };
        return settlements[0]?.settlementId ?? "none";
      },
      "3f9a21c0b7d4": async (ask) => {
        const { exceptions } = (await ask("exceptions", "list")) as { exceptions: { exceptionId: string }[] };
        return exceptions[0]?.exceptionId.slice(0, 12) ?? "none";
      },
    },
    ends: [WRONG_FEE],
  },
  "docs/five-differences.md": {
    region: "eu",
    account: "shop",
    ends: [
      [/^reconcile/, 1, "there is something to explain"],
      [/^export --format csv/, 1, "the settlement was delivered again, and nobody has decided"],
    ],
  },
  "docs/journals.md": { region: "eu", account: "shop", prepare: booksOfTheShop, ends: [WRONG_FEE] },
  "docs/claims.md": { region: "eu", account: "shop", prepare: booksOfTheShop, ends: [WRONG_FEE] },
  "docs/close-a-month.md": { region: "eu", account: "shop", prepare: booksOfTheShop, ends: [WRONG_FEE] },
  "docs/fees-with-vat.md": {
    region: "eu",
    account: "shop",
    ends: [WRONG_FEE, [/^fees invoice /, 1, "the invoice of the example is not the shop's"]],
  },
  "docs/migrate-from-amtu.md": {
    region: "na",
    account: "us",
    prepare: async (folder, environment) => {
      const inbox = join(folder, "amtu");
      mkdirSync(inbox);
      const file = join(inbox, "SETTLEMENT12345.txt");
      writeFileSync(file, await settlementReport(environment, environment.traders.na));
      // AMTU wrote it when it came, and the books ask whether it came in time.
      utimesSync(file, environment.clock.now() / 1000, environment.clock.now() / 1000);
      return { "/var/amtu/reports": inbox };
    },
  },
  "docs/lake.md": { region: "eu", account: "shop", prepare: booksOfTheShop, ends: [WRONG_FEE] },
  "docs/webhooks.md": { region: "eu", account: "shop" },
  "docs/who-may-what.md": { region: "eu", account: "shop" },
  "docs/many-merchants.md": {
    region: "eu",
    account: "shop",
    prepare: async () => {
      const owner = await freshDatabase();
      const login = new URL(owner);
      login.username = "worker_login";
      return {
        "postgres://owner@db.internal/books": owner,
        "postgres://worker_login@db.internal/books": login.href,
      };
    },
    late: {
      "3f2a91c0": async (ask, env) => {
        await buryJob(env["DATABASE_URL"] ?? "");
        const { dead } = (await ask("jobs", "list", "--dead")) as { dead: { id: string }[] };
        return dead[0]?.id.slice(0, 8) ?? "none";
      },
    },
  },
};

/** Asks for the reader, in the reader's folder. */
export function askIn(folder: string, env: Readonly<Record<string, string>>, environment: Environment): Ask {
  return async (...args) => {
    const terminal = testTerminal(folder, { env });
    await runProgram([...args, "--json"], terminal, environment.clock, systemRandom);
    return JSON.parse(terminal.written.out) as Record<string, unknown>;
  };
}
