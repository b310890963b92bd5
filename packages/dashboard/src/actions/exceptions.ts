import { EXPLANATION_REASONS, type ExplanationReason, LedgerError } from "@amazon-pay-kit/ledger";
import { type ActionRow, inAccount, noteOf, pathWith, RefusedForm, textOf, textsOf } from "./action.ts";

/** The reason of a form: on what account the difference is booked. Undefined without one. */
export function reasonOf(form: FormData): ExplanationReason | undefined {
  const given = textOf(form, "reason");
  if (given === "") return undefined;
  const reason = EXPLANATION_REASONS.find((one) => one === given);
  if (reason === undefined) throw new RefusedForm("unknown reason");
  return reason;
}

/** This many can be undone together: their ids stand in the address of the page that offers it. */
const MOST_TO_UNDO = 100;

/** What became of a change of several exceptions. */
export interface ChangedMany {
  /** Account and id of each that was changed, with a blank between them. */
  readonly done: readonly string[];
  /** This many were not: somebody else was quicker, or data has resolved them. */
  readonly refused: number;
}

/** Changes the selected exceptions, one after the other; what cannot be changed is counted. */
async function changeMany(
  ids: readonly string[],
  change: (accountId: string, exceptionId: string) => Promise<void>,
): Promise<ChangedMany> {
  const done: string[] = [];
  let refused = 0;
  for (const id of new Set(ids)) {
    try {
      await change(...inAccount(id));
      done.push(id);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      refused += 1;
    }
  }
  return { done, refused };
}

/** The list that the form came from, with what was done. Only its filters are taken over: it leads nowhere else. */
function outcomeLink(back: string, did: string, { done, refused }: ChangedMany, undoable: boolean): string {
  const query = new URLSearchParams(back);
  for (const name of ["cursor", "did", "count", "refused", "undo"]) query.delete(name);
  query.set("did", did);
  query.set("count", String(done.length));
  if (refused > 0) query.set("refused", String(refused));
  if (undoable && done.length > 0 && done.length <= MOST_TO_UNDO) query.set("undo", done.join(","));
  return `/exceptions?${query.toString()}`;
}

function selected(form: FormData): readonly string[] {
  const ids = textsOf(form, "id");
  if (ids.length === 0) throw new RefusedForm("nothing selected");
  return ids;
}

const explainMany: ActionRow = {
  path: "/exceptions/explain",
  async run({ books, form, who }) {
    const [note, reason] = [noteOf(form), reasonOf(form)];
    const outcome = await changeMany(selected(form), (accountId, id) =>
      books.explain(accountId, id, note, who, ...(reason === undefined ? [] : [reason])),
    );
    return outcomeLink(textOf(form, "back"), "explain", outcome, true);
  },
};

const reopenMany: ActionRow = {
  path: "/exceptions/reopen",
  async run({ books, form, who }) {
    const note = noteOf(form);
    const outcome = await changeMany(selected(form), (accountId, id) => books.reopen(accountId, id, note, who));
    return outcomeLink(textOf(form, "back"), "reopen", outcome, false);
  },
};

function ofOne(verb: "explain" | "reopen"): ActionRow {
  return {
    path: `/exceptions/:exceptionId/${verb}`,
    async run({ books, form, query, who }) {
      const [exceptionId = "", account = ""] = [query("exceptionId"), query("account")];
      const note = noteOf(form);
      const reason = reasonOf(form);
      if (verb === "reopen") await books.reopen(account, exceptionId, note, who);
      else await books.explain(account, exceptionId, note, who, ...(reason === undefined ? [] : [reason]));
      return pathWith(`/exceptions/${encodeURIComponent(exceptionId)}`, { account });
    },
  };
}

/** What is done with exceptions. */
export const EXCEPTION_ACTIONS: readonly ActionRow[] = [explainMany, reopenMany, ofOne("explain"), ofOne("reopen")];
