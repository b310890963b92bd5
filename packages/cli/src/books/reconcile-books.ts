import { type BooksContext, reconcile, type Verdicts } from "@amazon-pay-kit/ledger";
import type { Context } from "../program/context.ts";
import { reconcileSettings } from "./settings.ts";

/** Judges the books by the settings, and shows how far it is. */
export async function reconcileBooks(context: Context, books: BooksContext, full: boolean): Promise<Verdicts> {
  return reconcile(books, {
    ...reconcileSettings(context.config()),
    full,
    signal: context.signal,
    onProgress: ({ accountId, files, steps }) =>
      context.progress.update(`reconciling ${accountId}, ${files} new settlements: step`, steps),
  });
}
