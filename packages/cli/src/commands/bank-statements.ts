import { formatInstant, listStatements, type StatementView, withdrawStatement } from "@amazon-pay-kit/ledger";
import { importAccount } from "../service/import-account.ts";
import { withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { argument, text, type CommandRow } from "../program/command.ts";
import type { Column } from "../terminal/table.ts";
import { day } from "./bank.ts";

const columns: readonly Column<StatementView>[] = [
  { title: "id", align: "right", value: (one) => String(one.importId) },
  { title: "account", value: (one) => one.accountId, spare: 3 },
  { title: "file", value: (one) => one.fileName ?? "", flexible: true },
  { title: "taken in", value: (one) => day(one.importedAt) ?? "", spare: 2 },
  { title: "from", value: (one) => day(one.from) ?? "" },
  { title: "to", value: (one) => day(one.to) ?? "" },
  { title: "lines", align: "right", value: (one) => String(one.lines), spare: 1 },
  {
    title: "withdrawn",
    value: ({ withdrawn }) =>
      withdrawn === null ? "" : `${day(withdrawn.at) ?? ""} by ${withdrawn.who}: ${withdrawn.note}`,
    wraps: true,
    paint: (_, cell, paint) => paint("yellow", cell),
  },
];

function documentOf(one: StatementView): Record<string, unknown> {
  const { withdrawn } = one;
  return {
    ...one,
    importedAt: formatInstant(one.importedAt),
    from: day(one.from),
    to: day(one.to),
    withdrawn: withdrawn === null ? null : { ...withdrawn, at: formatInstant(withdrawn.at) },
  };
}

export const bankList: CommandRow = {
  name: "bank list",
  summary: "list imported bank statements, including withdrawn ones",
  examples: [["apay bank list", "every statement with its id"]],
  run: (context) =>
    withBooks(context, async (open) => {
      const statements = await listStatements(open.books);
      if (context.json) context.document({ statements: statements.map(documentOf) });
      else if (statements.length === 0) context.line("No bank statement yet: apay bank import FILE");
      else context.table(statements, columns);
      return EXIT.done;
    }),
};

/** The statement that an id names, or the name of its file where only one that counts has it. */
function named(statements: readonly StatementView[], wanted: string): number {
  if (/^\d{1,15}$/.test(wanted)) return Number(wanted);
  const found = statements.filter(({ fileName, withdrawn }) => fileName === wanted && withdrawn === null);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only.importId;
  throw only === undefined
    ? new CliError("bank.unknown-statement", `there is no bank statement ${JSON.stringify(wanted)}`, {
        remedy: "list them with apay bank list, and give the id",
      })
    : new CliError(
        "bank.ambiguous-statement",
        `${JSON.stringify(wanted)} could be ${found.map(({ importId }) => importId).join(", ")}`,
        { remedy: "give the id" },
      );
}

export const bankWithdraw: CommandRow = {
  name: "bank withdraw",
  summary: "withdraw a bank statement that was imported by mistake",
  description:
    "Excludes the lines of a statement from matching. They stay on record, with who withdrew them, when and why, and the same file may be imported again. The next apay reconcile matches the affected transfers again and resolves the exceptions the statement caused.",
  arguments: [{ name: "<statement>", help: "id from apay bank list, or the file name" }],
  options: [{ flags: "--note <text>", help: "why (required)" }],
  examples: [
    ['apay bank withdraw 7 --note "decimal comma read as a point"', "recorded with your name"],
    ["apay bank withdraw march.csv --note 'belongs to another business'", "by file name"],
  ],
  run: (context, input) =>
    withBooks(context, async (open) => {
      const note = text(input, "note")?.trim() ?? "";
      if (note === "")
        throw new CliError("usage.note", "a note is needed", { remedy: 'add --note "why it is withdrawn"' });
      const books = await importAccount(context, open);
      const importId = named(await listStatements(books), argument(input, 0));
      const done = await withdrawStatement(books, importId, note);
      if (context.json) context.document(done);
      else {
        const name = done.fileName === null ? "" : ` (${done.fileName})`;
        context.line(`${done.lines} lines of statement ${importId}${name} are withdrawn`);
        const again = done.importAgain.map((one) => one.fileName ?? `number ${one.importId}`).join(", ");
        if (again !== "") context.info(`import ${again} again: lines of theirs were known from this one`);
        context.info("apay reconcile sets the exceptions right");
      }
      return EXIT.done;
    }),
};
