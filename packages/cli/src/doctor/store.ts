import { join } from "node:path";
import { storeDamage } from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { wordsOf, type Check } from "./check.ts";

/** SQLite's words for a file that is not, or no longer, a database. */
const DAMAGED = /not a database|malformed|corrupt|encrypted|ledger is damaged/i;

function salvage(dataDir: string): string {
  return `put ${join(dataDir, "ledger.sqlite")} back from a backup; or move it aside and run apay sync, which fetches the last 90 days again. Older reports are still in ${join(dataDir, "archive")}: name that folder as inbox of the account and run apay sync --source folder`;
}

/** The ledger can be opened and written to, and is not damaged. */
export const storeCheck: Check = {
  name: "ledger",
  run: async (context) => {
    const { databaseUrl, dataDir } = context.config();
    try {
      return await withBooks(context, async ({ store }) => {
        const damage = await storeDamage(store);
        if (damage !== null) return { ok: false, found: `the ledger is damaged: ${damage}`, advice: salvage(dataDir) };
        const accounts = await store.db.selectFrom("account").select("account_id").execute();
        const count = `${accounts.length} ${accounts.length === 1 ? "account" : "accounts"}`;
        return { ok: true, found: `${databaseUrl === null ? dataDir : "PostgreSQL"}, ${count}` };
      });
    } catch (error) {
      const found = wordsOf(error);
      if (databaseUrl !== null)
        return { ok: false, found, advice: "check DATABASE_URL, the network, and the rights of the database user" };
      return {
        ok: false,
        found,
        advice: DAMAGED.test(found) ? salvage(dataDir) : `check that ${dataDir} can be written by you and has room`,
      };
    }
  },
};
