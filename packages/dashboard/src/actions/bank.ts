import {
  type ActionInput,
  type ActionRow,
  inAccount,
  noteOf,
  pathWith,
  RefusedForm,
  textOf,
  textsOf,
} from "./action.ts";
import { reasonOf } from "./exceptions.ts";
import { ANSWERS, optionsOf } from "../statements/answers.ts";
import { STATEMENT_PATH } from "../security/limits.ts";
import type { BankBooks } from "../books.ts";

function bankOf({ books }: ActionInput): BankBooks {
  if (books.bank === undefined) throw new RefusedForm("read only");
  return books.bank;
}

/** Takes a file, keeps it in memory, and leads to its preview. */
const send: ActionRow = {
  path: STATEMENT_PATH,
  role: "resolve",
  async run(input) {
    bankOf(input);
    const { form, waiting, who } = input;
    const file = form.get("file");
    if (!(file instanceof File) || file.size === 0) throw new RefusedForm("file needed");
    const accountId = textOf(form, "account") || undefined;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const id = waiting.keep(who, { fileName: file.name.slice(0, 200), bytes, accountId });
    return pathWith(`/bank/import/${id}`, { account: accountId });
  },
};

/** Imports what the preview has shown. */
const confirm: ActionRow = {
  path: "/bank/import/:statement",
  role: "resolve",
  async run(input) {
    const { form, waiting, who, query } = input;
    const id = query("statement") ?? "";
    const found = waiting.find(who, id);
    if (found === undefined) throw new RefusedForm("statement gone");
    const options = optionsOf((name) => (ANSWERS.includes(name) ? textOf(form, name) || undefined : undefined));
    const imported = await bankOf(input).import({ ...found, options }, who);
    waiting.drop(id);
    return pathWith("/bank", {
      account: imported.accountId,
      did: "import",
      count: String(imported.added),
      statement: imported.importId === null ? undefined : String(imported.importId),
    });
  },
};

const withdraw: ActionRow = {
  path: "/bank/statements/:importId/withdraw",
  role: "approve",
  async run(input) {
    const { form, who, query } = input;
    const account = query("account") ?? "";
    await bankOf(input).withdraw(account, Number(query("importId")), noteOf(form), who);
    return pathWith("/bank", { account, did: "withdraw" });
  },
};

/** Links a deposit with the payouts that were picked. */
const match: ActionRow = {
  path: "/bank/match",
  role: "resolve",
  async run(input) {
    const { form, who } = input;
    const [deposits, payouts] = [textsOf(form, "deposit").map(inAccount), textsOf(form, "payout").map(inAccount)];
    const [first, ...parts] = deposits;
    if (first === undefined || payouts.length === 0) throw new RefusedForm("both sides needed");
    if (parts.length > 0 && payouts.length > 1) throw new RefusedForm("one of one side");
    const [account, line] = first;
    if ([...parts, ...payouts].some(([other]) => other !== account)) throw new RefusedForm("two accounts");
    const reason = reasonOf(form);
    const note = reason === undefined ? textOf(form, "note") : noteOf(form);
    const settlements = payouts.map(([, settlementId]) => settlementId);
    const left = await bankOf(input).match(
      account,
      {
        bankLineId: Number(line),
        parts: parts.map(([, part]) => Number(part)),
        settlements,
        reason,
        note: note === "" ? undefined : note,
      },
      who,
    );
    return pathWith("/bank/match", {
      account: textOf(form, "back") || undefined,
      did: "match",
      undo: textsOf(form, "deposit").join(","),
      count: String(settlements.length),
      differs: left[0]?.exceptionId,
    });
  },
};

const unmatch: ActionRow = {
  path: "/bank/unmatch",
  role: "resolve",
  async run(input) {
    const { form, who } = input;
    for (const [account, line] of textsOf(form, "deposit").map(inAccount))
      await bankOf(input).unmatch(account, Number(line), who);
    return pathWith("/bank/match", { account: textOf(form, "back") || undefined, did: "unmatch" });
  },
};

/** What is done with bank statements. */
export const BANK_ACTIONS: readonly ActionRow[] = [send, confirm, withdraw, match, unmatch];
