import { LedgerError } from "@amazon-pay-kit/ledger";
import type { Books } from "../books.ts";

/** This many can be undone together: their ids stand in the address of the page that offers it. */
const MOST_TO_UNDO = 100;

/** What became of a change of several exceptions. */
export interface ChangedMany {
  /** Account and id of each that was changed, with a blank between them. */
  readonly done: readonly string[];
  /** This many were not: somebody else was quicker, or data has resolved them. */
  readonly refused: number;
}

/** Explains or reopens the selected exceptions, one after the other; what cannot be changed is counted. */
export async function changeMany(
  change: Books["explain"],
  { ids, note, who }: { readonly ids: readonly string[]; readonly note: string; readonly who: string },
): Promise<ChangedMany> {
  const done: string[] = [];
  let refused = 0;
  for (const id of new Set(ids)) {
    const cut = id.lastIndexOf(" ");
    try {
      await change(id.slice(0, Math.max(0, cut)), id.slice(cut + 1), note, who);
      done.push(id);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      refused += 1;
    }
  }
  return { done, refused };
}

/** The list that the form came from, with what was done. Only its filters are taken over: it leads nowhere else. */
export function outcomeLink(back: string, verb: string, { done, refused }: ChangedMany): string {
  const query = new URLSearchParams(back);
  for (const name of ["cursor", "did", "count", "refused", "undo"]) query.delete(name);
  query.set("did", verb === "explain" ? "explain" : "reopen");
  query.set("count", String(done.length));
  if (refused > 0) query.set("refused", String(refused));
  if (verb === "explain" && done.length > 0 && done.length <= MOST_TO_UNDO) query.set("undo", done.join(","));
  return `/exceptions?${query.toString()}`;
}
