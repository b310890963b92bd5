import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatAmount } from "@amazon-pay-kit/ledger";
import { openJobQueue } from "@amazon-pay-kit/worker";
import { startSandbox, trade, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { writeBooksConfig } from "../../../examples/storefront/books-config.ts";
import { clockOf } from "../../../packages/cli/src/demo/demo-clock.ts";
import { runProgram } from "../../../packages/cli/src/program.ts";
import { testTerminal, type TestTerminal } from "../../../packages/cli/src/terminal/testing/test-terminal.ts";
import { freshDatabase } from "../../postgres/database.ts";

/** How a command went. */
export interface Went {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** How a command is run. */
export interface How {
  readonly columns?: number;
  readonly isTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** What a command that stays says when it has begun; then it is stopped. */
  readonly until?: RegExp | undefined;
}

/** A shop with something for every command: books with a difference, reports at the service, a database with a dead job. */
export class TestShop {
  readonly folder = mkdtempSync(join(tmpdir(), "apay-commands-"));
  databaseUrl = "";
  /** Ids that commands take. */
  readonly ids = { charge: "", report: "", settlement: "", exception: "", paid: "" };
  #started!: StartedSandbox;
  #toSteer: Promise<StartedSandbox> | undefined;
  #clock!: Clock;
  #reissued = "";

  async open(): Promise<void> {
    this.#started = await startSandbox({ port: 0, httpsPort: 0, seed: "commands", processing: "straight" });
    const { sandbox, ready } = this.#started;
    const [merchant] = ready.merchants;
    if (merchant === undefined) throw new Error("the sandbox has no merchant");
    const { merchantId } = merchant;
    this.#clock = clockOf(sandbox, systemClock);
    writeBooksConfig(this.folder, ready, merchant);
    this.#addHook();
    await sandbox.control("POST", "/discrepancies", { kind: "alter-fee", merchantId });
    await sandbox.clock.advance(-12 * 86_400_000);
    const books = { firstSettlementAfter: "P2D", settlementEvery: "P3D" };
    const traded = await trade(sandbox, { merchantId, days: 12, orders: 40, seed: "commands", books });
    this.#files(traded);
    this.databaseUrl = await freshDatabase();
    await this.run(["worker", "--prepare"]);
    expectDone(await this.run(["sync"]));
    await this.run(["reconcile"]);
    const [charge] = traded.records;
    this.ids.charge = charge?.transactionId ?? "";
    this.ids.paid = formatAmount(traded.bank[0]?.amount ?? 0n, "USD");
    const { reports } = await this.json<{ reports: { reportId: string }[] }>("reports", "list", "--type", "settlement");
    this.ids.report = reports[0]?.reportId ?? "";
    expectDone(await this.run(["reports", "download", this.ids.report, "--out", "settlement.csv"]));
    const { settlements } = await this.json<{ settlements: { settlementId: string }[] }>("settlements", "list");
    this.ids.settlement = settlements[0]?.settlementId ?? "";
    const { exceptions } = await this.json<{ exceptions: { exceptionId: string }[] }>("exceptions", "list");
    this.ids.exception = exceptions[0]?.exceptionId ?? "";
  }

  /** A program that takes every event. */
  #addHook(): void {
    const path = join(this.folder, "apay.config.json");
    const config = JSON.parse(readFileSync(path, "utf8")) as object;
    const hooks = [{ name: "log", command: [process.execPath, "-e", "0"] }];
    writeFileSync(path, JSON.stringify({ ...config, hooks }));
  }

  #files({ records, bank }: Awaited<ReturnType<typeof trade>>): void {
    const write = (name: string, lines: readonly string[]): void =>
      writeFileSync(join(this.folder, name), `${lines.join("\n")}\n`);
    write("orders.csv", [
      "kind,transactionId,amount,currency,occurredAt",
      ...records.map(({ kind, transactionId, amountMinor, currency, occurredAt }) =>
        [kind, transactionId, formatAmount(amountMinor, currency), currency, new Date(occurredAt).toISOString()].join(),
      ),
    ]);
    write("bank.csv", [
      "bookedAt,amount,currency,text",
      ...bank.map((line) => [line.bookedOn, formatAmount(line.amount, "USD"), "USD", line.text].join()),
    ]);
    write("other-shop.csv", [
      "transactionId,amount,currency,date",
      "P01-7777777-7777777-C777777,1.00,USD,2026-01-05T10:00:00Z",
    ]);
    write("refunds-report.csv", [
      "AmazonRefundId,RefundReferenceId,AmazonCaptureId,AmazonOrderReferenceId,RefundAmount,CurrencyCode,RefundType,RefundStatus,LastUpdateTimestamp,CreationTimestamp",
      "P01-7777777-7777777-R777777,r1,P01-7777777-7777777-C777777,P01-7777777-7777777,1.50,USD,SellerInitiated,Completed,2026-01-02T10:00:00Z,2026-01-02T10:00:00Z",
    ]);
    write("nonsense.csv", ["nothing", "to see"]);
    write("notification.json", [JSON.stringify({ Type: "Notification", Message: "{}" })]);
    write("payload.json", [
      JSON.stringify({
        signInReturnUrl: "https://shop.example/",
        storeId: this.#started.ready.merchants[0]?.storeId,
        signInScopes: ["name"],
      }),
    ]);
  }

  /** Store id of the shop. */
  get storeId(): string {
    return this.#started.ready.merchants[0]?.storeId ?? "";
  }

  /** A sandbox that commands may move and reset; the books of this shop stay as they are. Options that name it. */
  async steered(): Promise<string[]> {
    this.#toSteer ??= startSandbox({ port: 0, httpsPort: 0, seed: "steered" });
    return ["--sandbox", (await this.#toSteer).ready.http];
  }

  /** A checkout session of that sandbox that waits for its buyer; gives its id. */
  async openSession(): Promise<string> {
    await this.steered();
    const started = await this.#toSteer;
    const [merchant] = started?.sandbox.merchants ?? [];
    const [key] = merchant?.keys ?? [];
    if (started === undefined || merchant === undefined) throw new Error("the sandbox has no merchant");
    const pay = new AmazonPay({
      region: merchant.region,
      publicKeyId: key?.publicKeyId ?? "",
      privateKey: key?.privateKeyPem ?? "",
      fetch: started.sandbox.fetch,
    });
    const webCheckoutDetails = { checkoutReviewReturnUrl: "https://shop.example/review" };
    return (await pay.checkoutSessions.create({ webCheckoutDetails, storeId: merchant.storeId })).checkoutSessionId;
  }

  /** A job that has failed for good; gives its id. */
  async deadJob(): Promise<string> {
    const queue = await openJobQueue({ databaseUrl: this.databaseUrl });
    try {
      await queue.send("export", { accountId: "shop", export: `month-${systemRandom.bytes(4).join("")}` });
      for (;;) {
        await queue.query("update apay_jobs.job set start_after = now() - interval '1 second' where state = 'retry'");
        const [job] = await queue.take("export", 1);
        if (job === undefined) break;
        await queue.failed(job, {
          code: "disk.full",
          message: "there is no room on the disk for the export of the month",
        });
      }
    } finally {
      await queue.close();
    }
    const { dead } = await this.json<{ dead: { id: string }[] }>(...this.onPostgres("jobs", "list", "--dead"));
    return dead[0]?.id ?? "";
  }

  /** A configuration file with more settings of the account; gives its path. */
  configWith(more: object): string {
    const path = join(this.folder, "more.config.json");
    const config = JSON.parse(readFileSync(join(this.folder, "apay.config.json"), "utf8")) as { accounts: object };
    const [[name = "", account] = []] = Object.entries(config.accounts) as [string, object][];
    writeFileSync(path, JSON.stringify({ ...config, accounts: { [name]: { ...account, ...more } } }));
    return path;
  }

  /** A settlement that has come again with one other description; gives its id. */
  async reissued(): Promise<string> {
    if (this.#reissued !== "") return this.#reissued;
    const report = readFileSync(join(this.folder, "settlement.csv"), "utf8");
    const [row = "", id = ""] = /^"[^"]*","(\d+)",.*"Capture".*$/m.exec(report) ?? [];
    mkdirSync(join(this.folder, "reissued"));
    const cells = row.split('","');
    cells[9] = "described anew";
    writeFileSync(join(this.folder, "reissued", "settlement.csv"), report.replace(row, cells.join('","')));
    expectDone(await this.run(["sync", "--source", "folder", "--config", this.configWith({ inbox: "reissued" })]));
    await this.run(["reconcile"]);
    this.#reissued = id;
    return id;
  }

  /** The same command on the database of the workers. */
  onPostgres(...args: string[]): string[] {
    return [...args, "--database-url", this.databaseUrl];
  }

  async run(args: readonly string[], how: How = {}): Promise<Went> {
    const terminal = testTerminal(this.folder, {
      columns: how.columns ?? 80,
      isTTY: how.isTTY === true,
      env: how.env ?? {},
    });
    const until = how.until;
    const watched: TestTerminal = until === undefined ? terminal : stoppedAt(terminal, until);
    const clock = args[0] === "doctor" ? systemClock : this.#clock;
    const status = await runProgram(
      args[0] === "worker" && args[1] === "--prepare" ? this.onPostgres(...args) : args,
      watched,
      clock,
      systemRandom,
    );
    return { status, ...terminal.written };
  }

  /** The number of the deposit of the first transfer, linked with none. */
  async deposit(): Promise<string> {
    await this.run(["bank", "import", "bank.csv"]);
    const { deposits } = await this.json<{ deposits: { id: number }[] }>("explain", this.ids.paid);
    const id = String(deposits[0]?.id);
    await this.run(["bank", "unmatch", id]);
    return id;
  }

  async json<T>(...args: string[]): Promise<T> {
    const { out } = await this.run([...args, "--json"]);
    return JSON.parse(out) as T;
  }

  async close(): Promise<void> {
    await this.#started?.close();
    await (await this.#toSteer)?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function expectDone({ status, err }: Went): void {
  if (status !== 0) throw new Error(err);
}

/** A terminal at which somebody presses Ctrl-C as soon as the words are there. */
function stoppedAt(terminal: TestTerminal, words: RegExp): TestTerminal {
  const watch = (name: "out" | "err") => ({
    ...terminal[name],
    write: (text: string | Uint8Array) => {
      terminal[name].write(text);
      if (words.test(terminal.written.out + terminal.written.err)) terminal.stop();
    },
  });
  return { ...terminal, out: watch("out"), err: watch("err") };
}
