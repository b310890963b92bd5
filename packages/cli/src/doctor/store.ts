import { withBooks } from "../books/open.ts";
import { wordsOf, type Check } from "./check.ts";

/** The ledger can be opened and written to. */
export const storeCheck: Check = {
  name: "ledger",
  run: async (context) => {
    const { databaseUrl, dataDir } = context.config();
    try {
      const accounts = await withBooks(context, ({ store }) =>
        store.db.selectFrom("account").select("account_id").execute(),
      );
      return {
        ok: true,
        found: `${databaseUrl === null ? dataDir : "PostgreSQL"}, ${accounts.length === 1 ? "1 account" : `${accounts.length} accounts`}`,
      };
    } catch (error) {
      return {
        ok: false,
        found: wordsOf(error),
        advice:
          databaseUrl === null
            ? `check that ${dataDir} can be written by you and has room`
            : "check DATABASE_URL, the network, and the rights of the database user",
      };
    }
  },
};
