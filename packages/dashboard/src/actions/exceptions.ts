import { EXPLANATION_REASONS, type ExplainOutcome, type ExplanationReason, LedgerError } from "@amazon-pay-kit/ledger";
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
  /** This many of them wait for a second person. */
  readonly asked: number;
  /** This many were not: somebody else was quicker, or data has resolved them. */
  readonly refused: number;
}

/** Changes the selected exceptions, one after the other; what cannot be changed is counted. */
async function changeMany(
  ids: readonly string[],
  change: (accountId: string, exceptionId: string) => Promise<ExplainOutcome | void>,
): Promise<ChangedMany> {
  const done: string[] = [];
  let [refused, asked] = [0, 0];
  for (const id of new Set(ids)) {
    try {
      if ((await change(...inAccount(id))) === "asked") asked += 1;
      done.push(id);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      refused += 1;
    }
  }
  return { done, asked, refused };
}

/** The list that the form came from, with what was done. Only its filters are taken over: it leads nowhere else. */
function outcomeLink(back: string, did: string, { done, asked, refused }: ChangedMany, undoable: boolean): string {
  const query = new URLSearchParams(back);
  for (const name of ["cursor", "did", "count", "asked", "refused", "undo"]) query.delete(name);
  if (asked > 0) query.set("asked", String(asked));
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
  role: "resolve",
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
  role: "resolve",
  async run({ books, form, who }) {
    const note = noteOf(form);
    const outcome = await changeMany(selected(form), (accountId, id) => books.reopen(accountId, id, note, who));
    return outcomeLink(textOf(form, "back"), "reopen", outcome, false);
  },
};

/** Says who looks after the selected ones: a name, or nobody. */
const assignMany: ActionRow = {
  path: "/exceptions/assign",
  role: "resolve",
  async run({ books, form, who }) {
    const { assign } = books;
    if (assign === undefined) throw new RefusedForm("read only");
    const owner = textOf(form, "owner") || null;
    const outcome = await changeMany(selected(form), (accountId, id) => assign(accountId, id, owner, who));
    return outcomeLink(textOf(form, "back"), "assign", outcome, false);
  },
};

/** Who looks after one, or what was found out about it. */
const workOnOne: readonly ActionRow[] = [
  {
    path: "/exceptions/:exceptionId/assign",
    role: "resolve",
    async run({ books, form, query, who }) {
      const [exceptionId = "", account = ""] = [query("exceptionId"), query("account")];
      if (books.assign === undefined) throw new RefusedForm("read only");
      await books.assign(account, exceptionId, textOf(form, "owner") || null, who);
      return pathWith(`/exceptions/${encodeURIComponent(exceptionId)}`, { account });
    },
  },
  {
    path: "/exceptions/:exceptionId/note",
    role: "resolve",
    async run({ books, form, query, who }) {
      const [exceptionId = "", account = ""] = [query("exceptionId"), query("account")];
      if (books.note === undefined) throw new RefusedForm("read only");
      await books.note(account, exceptionId, noteOf(form), who);
      return pathWith(`/exceptions/${encodeURIComponent(exceptionId)}`, { account });
    },
  },
];

function ofOne(verb: "explain" | "reopen"): ActionRow {
  return {
    path: `/exceptions/:exceptionId/${verb}`,
    role: "resolve",
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
export const EXCEPTION_ACTIONS: readonly ActionRow[] = [
  explainMany,
  reopenMany,
  assignMany,
  ...workOnOne,
  ofOne("explain"),
  ofOne("reopen"),
];
