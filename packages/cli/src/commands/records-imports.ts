import { formatInstant, listRecordImports, type RecordImportView, withdrawRecords } from "@amazon-pay-kit/ledger";
import { importAccount } from "../service/import-account.ts";
import { withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { argument, text, type CommandRow } from "../program/command.ts";
import type { Column } from "../terminal/table.ts";

function day(instant: number | null): string {
  return instant === null ? "" : formatInstant(instant).slice(0, 10);
}

const columns: readonly Column<RecordImportView>[] = [
  { title: "id", align: "right", value: (one) => String(one.importId) },
  { title: "account", value: (one) => one.accountId, spare: 3 },
  { title: "file", value: (one) => one.fileName ?? "(added by a program)", flexible: true },
  { title: "taken in", value: (one) => day(one.importedAt), spare: 2 },
  { title: "from", value: (one) => day(one.from) },
  { title: "to", value: (one) => day(one.to) },
  { title: "records", align: "right", value: (one) => String(one.records), spare: 1 },
  {
    title: "withdrawn",
    value: ({ withdrawn }) => (withdrawn === null ? "" : `${day(withdrawn.at)} by ${withdrawn.who}: ${withdrawn.note}`),
    wraps: true,
    paint: (_, cell, paint) => paint("yellow", cell),
  },
];

function documentOf(one: RecordImportView): Record<string, unknown> {
  const { withdrawn, from, to } = one;
  return {
    ...one,
    importedAt: formatInstant(one.importedAt),
    from: from === null ? null : formatInstant(from),
    to: to === null ? null : formatInstant(to),
    withdrawn: withdrawn === null ? null : { ...withdrawn, at: formatInstant(withdrawn.at) },
  };
}

export const recordsList: CommandRow = {
  name: "records list",
  summary: "list imported files of records, including withdrawn ones",
  examples: [["apay records list", "every file with its id"]],
  run: (context) =>
    withBooks(context, async (open) => {
      const imports = await listRecordImports(open.books);
      if (context.json) context.document({ imports: imports.map(documentOf) });
      else if (imports.length === 0) context.line("No records yet: apay records import FILE");
      else context.table(imports, columns);
      return EXIT.done;
    }),
};

/** The import that an id names, or the name of its file where only one that counts has it. */
function named(imports: readonly RecordImportView[], wanted: string): number {
  if (/^\d{1,15}$/.test(wanted)) return Number(wanted);
  const found = imports.filter(({ fileName, withdrawn }) => fileName === wanted && withdrawn === null);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only.importId;
  throw only === undefined
    ? new CliError("records.unknown-import", `there is no import of records ${JSON.stringify(wanted)}`, {
        remedy: "list them with apay records list, and give the id",
      })
    : new CliError(
        "records.ambiguous-import",
        `${JSON.stringify(wanted)} could be ${found.map(({ importId }) => importId).join(", ")}`,
        { remedy: "give the id" },
      );
}

export const recordsWithdraw: CommandRow = {
  name: "records withdraw",
  summary: "withdraw a file of records that was imported by mistake",
  description:
    "Excludes the records of a file from everything: verdicts, exports, views and search. What the file changed in records of other files is as it was. All of it stays on record, with who withdrew it, when and why, and the same file may be imported again. The next apay reconcile works the account out anew.",
  arguments: [{ name: "<import>", help: "id as records list shows it, or the name of the file" }],
  options: [{ flags: "--note <text>", help: "why it is withdrawn (required)" }],
  examples: [
    ['apay records withdraw 7 --note "statuses read wrongly"', "recorded with your name"],
    ["apay records withdraw orders.csv --note 'of another shop'", "by file name"],
  ],
  run: (context, input) =>
    withBooks(context, async (open) => {
      const note = text(input, "note")?.trim() ?? "";
      if (note === "")
        throw new CliError("usage.note", "a note is needed", { remedy: 'add --note "why it is withdrawn"' });
      const books = await importAccount(context, open);
      const done = await withdrawRecords(books, named(await listRecordImports(books), argument(input, 0)), note);
      if (context.json) context.document(done);
      else {
        const name = done.fileName === null ? "" : ` (${done.fileName})`;
        context.line(`${done.records} records of import ${done.importId}${name} are withdrawn`);
        if (done.restored > 0) context.line(`${done.restored} records of other files are as they were before it`);
        const again = done.importAgain.map((one) => one.fileName ?? `number ${one.importId}`).join(", ");
        if (again !== "") context.info(`import ${again} again: records of theirs were known from this one`);
        context.info("apay reconcile works the account out anew");
      }
      return EXIT.done;
    }),
};
