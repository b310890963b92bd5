import type { BooksContext } from "@amazon-pay-kit/ledger";
import type { Context } from "../program/context.ts";
import { environmentOf, REGION_OF } from "./sources.ts";
import type { OpenBooks } from "../books/open.ts";

/**
 * The books of the account that an import is for. An account of the configuration that the ledger has not met yet is
 * added: own records may well come before the first report.
 */
export async function importAccount(context: Context, open: OpenBooks): Promise<BooksContext> {
  const { accounts, defaultAccount } = context.config();
  const kept = await open.ledger.accounts.list();
  const only = kept.length === 1 ? kept[0]?.accountId : undefined;
  const name = context.accountName ?? only ?? defaultAccount ?? undefined;
  if (name === undefined) return open.books;
  const configured = accounts.get(name);
  if (configured !== undefined && !kept.some(({ accountId }) => accountId === name)) {
    await open.ledger.accounts.add({
      accountId: name,
      region: REGION_OF[configured.region] ?? configured.region,
      environment: environmentOf(configured),
      sellerId: configured.merchantId ?? null,
    });
  }
  return { ...open.books, accountId: name };
}
