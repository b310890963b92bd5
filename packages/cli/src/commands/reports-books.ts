import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { withdrawReport } from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { argument, text, type CommandRow } from "../program/command.ts";
import { importAccount } from "../service/import-account.ts";

/** The hash of a local file of this name; else the name itself, which the books may know. */
async function fileOrName(folder: string, name: string): Promise<string> {
  const path = resolve(folder, name);
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) return name;
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  return hash.digest("hex");
}

export const reportsLoad: CommandRow = {
  name: "reports load",
  summary: "load a report file that you have into the books",
  description:
    "Archives and loads one report file, of whatever kind, as sync does with those that it downloads. Loading the same file again changes nothing; one that was withdrawn counts again.",
  arguments: [{ name: "<file>", help: "the report file, plain, gzip or zip" }],
  options: [{ flags: "--encoding <name>", help: "encoding of the file, e.g. windows-1252 (default: UTF-8)" }],
  examples: [["apay reports load settlement.csv", "one file, for the account of the books"]],
  run: (context, input) =>
    withBooks(context, async (open) => {
      const path = resolve(context.terminal.cwd, argument(input, 0));
      if ((await stat(path)).isDirectory())
        throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR", syscall: "read", path });
      const { accountId } = await importAccount(context, open);
      if (accountId === undefined)
        throw new CliError("usage.account", "which account is the report of?", { remedy: "name it with --account" });
      const account = context.config().accounts.get(accountId);
      const encoding = text(input, "encoding") ?? account?.encoding;
      context.progress.update(`loading ${argument(input, 0)}`);
      const done = await open.ledger.loadFile({
        accountId,
        file: path,
        ...(account?.personalData === undefined ? {} : { personalData: account.personalData }),
        ...(encoding === undefined ? {} : { encoding }),
      });
      context.progress.end();
      const { state, kind, rows, errors, reason } = done;
      if (context.json) context.document({ accountId, ...done });
      else if (state === "quarantined") context.line(context.paint("red", `set aside: ${reason?.message ?? ""}`));
      else {
        const what = state === "loaded" ? "loaded" : "was loaded already";
        context.line(`${kind} report ${what}: ${rows} rows, ${errors} errors`);
        context.info("apay reconcile takes it into account");
      }
      return state === "quarantined" || errors > 0 ? EXIT.problems : EXIT.done;
    }),
};

export const reportsWithdraw: CommandRow = {
  name: "reports withdraw",
  summary: "withdraw a report file that does not belong into the books",
  description:
    "Excludes the rows of a report file from everything: verdicts, exports, views and search. Rows that another file has too count as that file's, and of several versions of a settlement the newest other one counts. The bytes stay in the archive, with who withdrew the file, when and why; apay reports load takes it in again. The next apay reconcile works the account out anew.",
  arguments: [
    {
      name: "<report>",
      help: "the file, its name in the watched folder, the report's id, or the beginning of its SHA-256",
    },
  ],
  options: [{ flags: "--note <text>", help: "why it is withdrawn (required)" }],
  examples: [
    ['apay reports withdraw october-copy.csv --note "saved again by a spreadsheet"', "recorded with your name"],
    ["apay reports withdraw 3fa94c21b7d0 --note 'of another business'", "by its hash"],
  ],
  run: (context, input) =>
    withBooks(context, async (open) => {
      const note = text(input, "note")?.trim() ?? "";
      if (note === "")
        throw new CliError("usage.note", "a note is needed", { remedy: 'add --note "why it is withdrawn"' });
      const done = await withdrawReport(open.books, await fileOrName(context.terminal.cwd, argument(input, 0)), note);
      if (context.json) context.document(done);
      else {
        context.line(`${done.rows} rows of ${done.file} (${done.hash.slice(0, 12)}) are withdrawn`);
        if (done.handedOver > 0)
          context.line(`${done.handedOver} rows count as those of other files that have them too`);
        context.info("apay reconcile works the account out anew");
      }
      return EXIT.done;
    }),
};
