/** Syncs a folder of daily files, and tells how many bytes the system wrote for it (Linux only). */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { exportBooksTo, folderSource, openLedger } from "@amazon-pay-kit/ledger";
import { serveWorks } from "../serve-works.mjs";

const IO = "/proc/self/io";
const written = () => Number(/^write_bytes: (\d+)/m.exec(readFileSync(IO, "utf8"))?.[1]);

serveWorks({
  async sync({ folder, inbox, again = false }, timer) {
    if (!again) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const ledger = await openLedger({ dataDir: folder });
    const before = existsSync(IO) ? written() : null;
    timer.begin();
    const sources = [folderSource({ folder: inbox })];
    const summary = await ledger.sync({
      accounts: [{ accountId: "shop", region: "na", environment: "live", sources }],
    });
    await ledger.close();
    timer.stop();
    if (summary.failures?.length > 0) throw new Error(JSON.stringify(summary.failures));
    return { bytes: before === null ? null : written() - before };
  },

  async exportParquet({ folder, out, until }) {
    const ledger = await openLedger({ dataDir: folder });
    const context = { store: ledger.store, clock: { now: () => Date.parse(until) } };
    await exportBooksTo(context, { format: "parquet", until: Date.parse(until) }, out);
    await ledger.close();
    return {};
  },
});
