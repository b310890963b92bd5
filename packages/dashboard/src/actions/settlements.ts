import { type ActionRow, pathWith, RefusedForm, textOf } from "./action.ts";

/** What is done with settlements. */
export const SETTLEMENT_ACTIONS: readonly ActionRow[] = [
  {
    path: "/settlements/:settlementId/accept",
    role: "approve",
    async run({ books, query, form, who }) {
      const [settlementId = "", account = ""] = [query("settlementId"), query("account")];
      const version = textOf(form, "version");
      if (books.accept === undefined || version === "") throw new RefusedForm("read only");
      await books.accept(account, settlementId, version, who);
      return pathWith(`/settlements/${encodeURIComponent(settlementId)}`, { account, currency: query("currency") });
    },
  },
];
