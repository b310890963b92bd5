import type { ClosingBooks } from "../books.ts";
import { type ActionInput, type ActionRow, noteOf, pathWith, RefusedForm, textOf } from "./action.ts";

function closingOf({ books }: ActionInput): ClosingBooks {
  if (books.closing === undefined) throw new RefusedForm("read only");
  return books.closing;
}

/** What is done with a month. */
export const CLOSE_ACTIONS: readonly ActionRow[] = [
  {
    path: "/close/:month",
    role: "approve",
    async run(input) {
      const { query, form, who } = input;
      const [month = "", account] = [query("month"), query("account")];
      const done = await closingOf(input).close(account, month, textOf(form, "note"), who);
      return pathWith("/close", { account, month, did: done.closed ? "closed" : "blocked" });
    },
  },
  {
    path: "/close/:month/reopen",
    role: "approve",
    async run(input) {
      const { query, form, who } = input;
      const [month = "", account] = [query("month"), query("account")];
      await closingOf(input).reopen(account, month, noteOf(form), who);
      return pathWith("/close", { account, month, did: "reopened" });
    },
  },
];
