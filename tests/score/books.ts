import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { integer, seededRandom } from "@amazon-pay-kit/sdk/random";
import { runProgram } from "../../packages/cli/src/program.ts";
import { testTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";
import { dayText } from "./calendar.ts";
import { type Look, settlementText } from "./files/settlement.ts";
import { ordersText } from "./files/shops.ts";
import { statementFiles, statementSettings } from "./files/statements.ts";
import { amountText } from "./money.ts";
import { NOW } from "./account-facts.ts";
import type { Account } from "./account.ts";
import type { World } from "./world.ts";

/** An exception as `apay exceptions list --json` has it. */
export interface Found {
  readonly id: string;
  readonly cause: string;
  readonly accountId: string;
  readonly code: string;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  readonly orderId: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly message: string;
}

function percent(tenThousandths: bigint): string {
  return amountText(tenThousandths, "USD");
}

function accountConfig({ facts, fxSetting }: Account): Record<string, unknown> {
  const { currency, bankCurrency } = facts;
  return {
    region: facts.region,
    publicKeyId: `LIVE-${facts.id.toUpperCase()}`,
    sources: ["folder"],
    inbox: `inbox-${facts.id}`,
    fees: facts.fees.map(({ from, rate, fixed }) => ({
      currency,
      ...(from === 0 ? {} : { from: dayText(from) }),
      rates: [
        { label: "usual", percentage: percent(rate), fixed: amountText(fixed, currency) },
        { label: "cross-border", percentage: percent(facts.crossBorder), fixed: amountText(fixed, currency) },
      ],
      dispute: amountText(facts.dispute, currency),
    })),
    bank: { ...statementSettings(facts), ...(currency !== bankCurrency && fxSetting ? { fx: "2%" } : {}) },
  };
}

/** The books of a world, kept with the commands that a person would type. */
export class ScoredBooks {
  readonly folder = mkdtempSync(join(tmpdir(), "apay-score-"));
  readonly world: World;
  readonly #clock = manualClock(NOW);
  readonly #random = seededRandom("runner");
  #stamp = Date.UTC(2026, 6, 10);

  constructor(world: World, databaseUrl?: string) {
    this.world = world;
    const accounts = Object.fromEntries(world.accounts.map((account) => [account.facts.id, accountConfig(account)]));
    this.#write(
      "apay.config.json",
      JSON.stringify({ accounts, dataDir: "books", ...(databaseUrl === undefined ? {} : { databaseUrl }) }),
    );
    for (const { facts } of world.accounts) mkdirSync(join(this.folder, `inbox-${facts.id}`));
  }

  #write(name: string, content: string | Uint8Array): void {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    // A file is taken when it was left alone for some time; the newest of two deliveries is the one that came last.
    this.#stamp += 60_000;
    utimesSync(path, this.#stamp / 1000, this.#stamp / 1000);
  }

  /** Runs a command. @throws when it can not be carried out */
  async run(...args: string[]): Promise<string> {
    const terminal = testTerminal(this.folder, { env: { APAY_DEBUG: "1" } });
    const status = await runProgram(args, terminal, this.#clock, this.#random);
    const { out, err } = terminal.written;
    if (status > 1)
      throw new Error(`seed ${this.world.seed}: apay ${args.join(" ")} ended with ${status}\n${err}${out}`);
    return out;
  }

  /** Puts the settlement files of one delivery into the inboxes. */
  deliver(later: boolean): void {
    const random = seededRandom(`look ${this.world.seed}`);
    for (const { facts, weeks } of this.world.accounts) {
      const look: Look = {
        mark: random.fraction() < 0.5,
        lineEnd: random.fraction() < 0.5 ? "\n" : "\r\n",
        commas: random.fraction() < 0.5,
      };
      const files = weeks.flatMap((week) => week.files).filter((file) => (file.later ?? false) === later);
      for (const file of files) this.#write(`inbox-${facts.id}/${file.name}`, settlementText(facts, file, look));
    }
  }

  async importRecords(): Promise<void> {
    for (const { facts, records } of this.world.accounts) {
      const name = `orders-${facts.id}.csv`;
      this.#write(name, ordersText(facts, records));
      const options = facts.shop === "magento" ? ["--currency", facts.currency] : [];
      await this.run("records", "import", name, "--account", facts.id, ...options);
    }
  }

  async importStatements(): Promise<void> {
    for (const { facts, weeks, otherLines } of this.world.accounts) {
      const lines = [...weeks.flatMap((week) => week.deposits), ...otherLines];
      for (const file of statementFiles(facts, lines)) {
        const name = `${facts.id}-${file.name}`;
        this.#write(name, file.bytes);
        await this.run("bank", "import", name, "--account", facts.id);
      }
    }
  }

  /** Brings everything in, in an order that differs by seed, and reconciles: once at the end, or after each step. */
  async keep(): Promise<void> {
    const random = seededRandom(`order ${this.world.seed}`);
    const often = random.fraction() < 0.5;
    const steps = [
      async () => {
        this.deliver(false);
        await this.run("sync", "--once");
      },
      () => this.importRecords(),
      () => this.importStatements(),
    ];
    const [first, second, third] = steps;
    // Accounts have to be known before anything is imported into them: the first sync adds them.
    const order = integer(random, 0, 1) === 0 ? [first, second, third] : [first, third, second];
    for (const step of order) {
      await step?.();
      if (often) await this.run("reconcile");
    }
    this.deliver(true);
    await this.run("sync", "--once");
    await this.run("reconcile");
  }

  async exceptions(): Promise<readonly Found[]> {
    const { exceptions } = JSON.parse(await this.run("exceptions", "list", "--json")) as { exceptions: Found[] };
    return exceptions;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
