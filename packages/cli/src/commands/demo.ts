import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { startDashboard } from "@amazon-pay-kit/dashboard";
import { addRecords } from "@amazon-pay-kit/ledger";
import { DAY } from "@amazon-pay-kit/money";
import { startSandbox, tradeDemo } from "@amazon-pay-kit/sandbox";
import { hex } from "@amazon-pay-kit/sdk/random";
import { workingBooks } from "../dashboard/working-books.ts";
import { makeFolder } from "../books/make-folder.ts";
import { withBooks } from "../books/open.ts";
import { clockOf } from "../demo/demo-clock.ts";
import { importDemoStatement, withCanceledOrder } from "../demo/demo-bank.ts";
import { demoRecords, demoShops } from "../demo/demo-shops.ts";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { flag, text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { portOf } from "../options/port.ts";
import { syncProgress, syncText } from "../service/sync-progress.ts";
import { untilStopped } from "./dashboard.ts";
import { showVerdicts } from "./reconcile.ts";

const MARKER = ".apay-demo";

/** A fresh folder for the demo's books. Only a folder that an earlier demo made is emptied. */
function freshFolder(folder: string): void {
  if (existsSync(folder) && !existsSync(join(folder, MARKER))) {
    throw new CliError("demo.folder", `${folder} is there and no demo made it; it is left as it is`, {
      remedy: "name another folder with --data-dir",
    });
  }
  rmSync(folder, { recursive: true, force: true });
  makeFolder(folder);
  writeFileSync(join(folder, MARKER), "made by apay demo; emptied by the next one\n");
}

async function demo(context: Context, input: Input): Promise<ExitStatus> {
  const once = flag(input, "once");
  const days = Number(text(input, "days") ?? "60");
  const orders = Number(text(input, "orders") ?? "2000");
  if (!Number.isInteger(days) || days < 1 || days > 80)
    throw new CliError("usage.number", "--days must be from 1 to 80: the service keeps reports for 90");
  if (!Number.isInteger(orders) || orders < 3)
    throw new CliError("usage.number", "--orders must be a whole number from 3");
  const folder = join(context.config().dataDir, "demo");
  freshFolder(folder);
  context.progress.update("starting a sandbox");
  const started = await startSandbox({
    seed: text(input, "seed") ?? "demo",
    // A demo that ends at once leaves nothing to visit, so any free port will do.
    port: portOf(text(input, "sandboxPort"), "--sandbox-port", once ? 0 : 8580),
    httpsPort: portOf(text(input, "sandboxHttpsPort"), "--sandbox-https-port", once ? 0 : 8543),
    processing: "straight",
  });
  try {
    const { sandbox } = started;
    context.progress.note(`sandbox on ${started.ready.http} and ${started.ready.https}`);
    context.progress.update(`three shops trade for ${days} days: ${orders} orders`);
    await sandbox.clock.advance(-days * DAY);
    // One fee of the first report will be higher than the schedule makes it.
    const merchantId = started.ready.merchants[0]?.merchantId ?? "";
    await sandbox.control("POST", "/discrepancies", { kind: "overcharge", merchantId });
    const trades = await tradeDemo(sandbox, { days, orders, seed: text(input, "seed") ?? "demo" });
    context.progress.note(
      `${orders} orders in USD, EUR and JPY over ${days} days, with partial captures, refunds, a reserve and chargebacks`,
    );
    const clock = clockOf(sandbox, context.clock);
    const shops = demoShops(started, trades, clock, context.random);
    try {
      return await withBooks(
        context,
        async (open) => {
          const summary = await open.ledger.sync({
            accounts: shops.map((shop) => shop.account),
            signal: context.signal,
            onEvent: syncProgress(context),
          });
          context.progress.note(syncText(summary));
          for (const { account, trade } of shops) {
            context.progress.update(`${account.accountId}: the shop's own order book`);
            const records = demoRecords(trade);
            const own = account === shops[0]?.account ? withCanceledOrder(records) : records;
            await addRecords({ ...open.books, accountId: account.accountId }, own);
          }
          context.progress.update("reconciling");
          await open.reconcile();
          for (const { account } of shops) {
            context.progress.update(`${account.accountId}: its bank statement`);
            const injected = account === shops[0]?.account ? { short: 1, missing: 2 } : null;
            await importDemoStatement({ ...open.books, accountId: account.accountId }, clock.now(), injected);
          }
          context.progress.update("reconciling");
          const verdicts = await open.reconcile();
          context.progress.end();
          if (context.json) context.document(verdicts);
          else await showVerdicts(context, open, ` --data-dir ${relative(context.terminal.cwd, folder)}`);
          if (once) return EXIT.done;
          const running = await startDashboard({
            views: { store: open.store },
            books: workingBooks(context, open),
            port: portOf(text(input, "port"), "--port", 8581),
            allowChanges: true,
            inventedBooks: true,
            secret: hex(context.random, 32),
            timeZone: context.config().timeZone,
            now: () => clock.now(),
          });
          context.info(`\ndashboard  ${running.url}\nsandbox    ${started.ready.http}/_sandbox/ui\nCtrl-C ends both.`);
          await untilStopped(context.signal);
          await running.close();
          return EXIT.done;
        },
        { dataDir: folder, clock },
      );
    } finally {
      for (const shop of shops) shop.client.close();
    }
  } finally {
    await started.close();
  }
}

export const demoCommand: CommandRow = {
  name: "demo",
  summary: "try everything: a sandbox with 60 days of sales, synced and reconciled",
  description:
    "Starts a sandbox with three shops and 60 days of sales, syncs their reports over HTTPS into a new SQLite ledger, reconciles, prints the summary, and serves the dashboard until stopped.",
  options: [
    { flags: "--once", help: "exit after the summary" },
    { flags: "--days <n>", help: "days of sales (default: 60)" },
    { flags: "--orders <n>", help: "orders of all shops together (default: 2000)" },
    { flags: "--seed <seed>", help: "the same seed gives the same sales (default: demo)" },
    { flags: "--port <port>", help: "dashboard port (default: 8581)" },
    { flags: "--sandbox-port <port>", help: "sandbox HTTP port (default: 8580)" },
    { flags: "--sandbox-https-port <port>", help: "sandbox HTTPS port (default: 8543)" },
  ],
  examples: [
    ["apay demo", "with the dashboard, until Ctrl-C"],
    ["apay demo --once", "only the summary"],
  ],
  run: demo,
};
