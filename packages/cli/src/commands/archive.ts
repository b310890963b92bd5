import { existsSync } from "node:fs";
import { type ArchiveLoaded, type Ledger, loadArchive, openFolderArchive, verifyRows } from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { wholeOf } from "../options/whole.ts";
import { flag, text, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";

interface Problem {
  readonly path: string;
  readonly problem: string;
  readonly message: string;
  readonly line?: number | null;
  readonly column?: string | null;
}

/** Reads every loaded file of the chosen accounts again; gives how many rows were compared. */
async function compareRows(context: Context, ledger: Ledger, problems: Problem[]): Promise<number> {
  const { accounts } = context.config();
  let rows = 0;
  const files = verifyRows(ledger, {
    accountId: context.accountName,
    personalData: (accountId) => accounts.get(accountId)?.personalData,
    encoding: (accountId) => accounts.get(accountId)?.encoding,
    signal: context.signal,
  });
  for await (const file of files) {
    rows += file.rows;
    context.progress.update("comparing rows", rows);
    problems.push(...file.findings);
    if (file.more > 0)
      problems.push({
        path: file.path,
        problem: "row-differs",
        message: `${file.path}: ${file.more} more differences, which are not listed`,
      });
  }
  return rows;
}

export const archiveVerify: CommandRow = {
  name: "archive verify",
  summary: "check every archived file against its hash",
  description:
    "Reads every archived file again, in the order of their paths, and compares it with its hash: all of them, or with --account one account's. What takes hours can be done in parts: --limit ends after so many files and says where to go on, and so does an end by Ctrl-C.",
  options: [
    { flags: "--after <path>", help: "go on behind this file, with which an earlier check ended" },
    { flags: "--limit <files>", help: "at most so many files" },
    { flags: "--rows", help: "read every file again and compare every stored row with it, column by column" },
  ],
  examples: [
    ["apay archive verify", "exit status 1 if anything is missing or altered"],
    ["apay archive verify --account shop", "one account's files"],
    ["apay archive verify --limit 100000 --json", "a part; the last path is in next, for --after"],
    ["apay archive verify --rows", "the books themselves: file, line and column of whatever differs"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ ledger }) => {
      const limit = wholeOf(text(input, "limit"), "--limit", 1) ?? Number.POSITIVE_INFINITY;
      let files = 0;
      let bytes = 0;
      let last = text(input, "after");
      let next: string | null = null;
      const problems: Problem[] = [];
      const scope = { ...(context.accountName === undefined ? {} : { accountId: context.accountName }), after: last };
      try {
        for await (const file of ledger.verifyArchive(scope)) {
          if (files === limit) {
            next = last ?? null;
            break;
          }
          context.signal.throwIfAborted();
          files += 1;
          bytes += file.byteCount ?? 0;
          last = file.path;
          context.progress.update("verifying files", files);
          for (const finding of file.findings) problems.push({ ...finding });
        }
      } catch (error) {
        context.progress.end();
        for (const { message } of problems) context.info(message);
        if (last !== undefined) context.info(`checked up to ${last}: go on with --after ${last}`);
        throw error;
      }
      const rows = flag(input, "rows") ? await compareRows(context, ledger, problems) : undefined;
      context.progress.end();
      if (context.json) context.document({ files, bytes, problems, next, ...(rows === undefined ? {} : { rows }) });
      else {
        if (problems.length > 0)
          context.table(problems, [
            { title: "problem", value: (item) => item.problem, paint: (_item, cell, paint) => paint("red", cell) },
            { title: "file", value: (item) => item.path },
            { title: "what", value: (item) => item.message, wraps: true },
          ]);
        const compared = rows === undefined ? "" : `, ${rows} rows compared`;
        const words = `${files} files, ${bytes} bytes${compared}, ${problems.length} problems`;
        context.line(problems.length === 0 ? context.paint("green", words) : context.paint("red", words));
        if (next !== null) context.info(`there are more files: go on with --after ${next}`);
      }
      return problems.length === 0 ? EXIT.done : EXIT.problems;
    }),
};

const DONE = new Set<ArchiveLoaded["state"]>(["loaded", "already-loaded", "withdrawn"]);

export const archiveLoad: CommandRow = {
  name: "archive load",
  summary: "make the books from the kept bytes",
  description:
    "Records and loads every file of the archive as when it first came: into another database, or one that was lost. With --from the files are copied from a folder first, for instance into a bucket. Again changes nothing. Records, bank statements and decisions about exceptions are not in the archive: import them again.",
  options: [{ flags: "--from <folder>", help: "copy the files of this archive folder first" }],
  examples: [
    ["DATABASE_URL=postgres://… apay archive load", "from SQLite to PostgreSQL: the bytes stay where they are"],
    ["apay archive load --from data/archive", "from a folder to the bucket of the configuration"],
  ],
  run: async (context, input) => {
    const folder = text(input, "from");
    if (folder !== undefined && !existsSync(folder))
      throw new CliError("usage.from", `--from: there is no folder ${folder}`, {
        remedy: "name the folder archive of a data directory",
      });
    const from = folder === undefined ? undefined : await openFolderArchive(folder);
    const { accounts } = context.config();
    return withBooks(context, async ({ ledger }) => {
      const counts = { files: 0, loaded: 0, already: 0, withdrawn: 0 };
      const problems: ArchiveLoaded[] = [];
      const found = loadArchive(ledger, {
        ...(from === undefined ? {} : { from }),
        personalData: (accountId) => accounts.get(accountId)?.personalData,
        encoding: (accountId) => accounts.get(accountId)?.encoding,
        signal: context.signal,
      });
      for await (const file of found) {
        counts.files += 1;
        if (file.state === "loaded") counts.loaded += 1;
        if (file.state === "already-loaded") counts.already += 1;
        if (file.state === "withdrawn") counts.withdrawn += 1;
        if (!DONE.has(file.state) || file.errors > 0) problems.push(file);
        context.progress.update("loading files", counts.files);
      }
      context.progress.end();
      if (context.json) context.document({ ...counts, problems });
      else {
        if (problems.length > 0)
          context.table(problems, [
            { title: "state", value: (item) => item.state, paint: (_item, cell, paint) => paint("red", cell) },
            { title: "file", value: (item) => item.path },
            { title: "bad rows", value: (item) => String(item.errors) },
            { title: "what", value: (item) => item.message ?? "", wraps: true },
          ]);
        const words = `${counts.files} files: ${counts.loaded} loaded, ${counts.already} were loaded already, ${counts.withdrawn} are withdrawn, ${problems.length} problems`;
        context.line(problems.length === 0 ? context.paint("green", words) : context.paint("red", words));
      }
      return problems.length === 0 ? EXIT.done : EXIT.problems;
    });
  },
};
