import {
  acceptSettlement,
  formatInstant,
  listSettlementVersions,
  type SettlementVersionView,
  type VersionDifference,
} from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { EXIT, type ExitStatus } from "../errors.ts";
import { day } from "../explain/format.ts";
import { argument, text, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";

/** A version as `--json` shows it: the members are a contract. */
function versionDocument({ hash, file, receivedAt, accepted, differences }: SettlementVersionView): object {
  return { hash, file, receivedAt: formatInstant(receivedAt), accepted, differences };
}

interface DifferenceLine {
  readonly where: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

const ENDS = { added: "not there", removed: "not there" } as const;

/** A difference as lines of a table: one a column that differs. */
function linesOf(one: VersionDifference): DifferenceLine[] {
  if (one.what === "figure")
    return [{ where: "settlement", what: `${one.figure} (${one.currency})`, before: one.before, after: one.after }];
  const lines = [...new Set([one.lineBefore, one.line])].filter((line) => line !== null).join(" / ");
  const where = `line ${lines} ${one.type}${one.transactionId === null ? "" : ` ${one.transactionId}`}`;
  if (one.what === "changed") {
    return one.columns.map(({ column, before, after }) => ({
      where,
      what: column,
      before: before ?? "",
      after: after ?? "",
    }));
  }
  const net = one.columns.find(({ column }) => column === "netTransactionAmount");
  const [before, after] = [net?.before ?? ENDS.added, net?.after ?? ENDS.removed];
  return [{ where, what: one.what, before, after }];
}

function stateOf({ accepted, counts }: SettlementVersionView): string {
  if (!counts) return "does not count";
  return accepted ? "counts, accepted" : "counts, not accepted yet";
}

/** `apay settlements show ID --versions`. */
export async function showVersions(context: Context, settlementId: string): Promise<ExitStatus> {
  return withBooks(context, async ({ books }) => {
    const versions = await listSettlementVersions(books, settlementId);
    if (context.json) {
      context.document({ versions: versions.map(versionDocument) });
      return EXIT.done;
    }
    context.table(versions, [
      { title: "version", value: ({ hash }) => hash.slice(0, 12) },
      { title: "file", value: ({ file }) => file },
      { title: "received", value: ({ receivedAt }) => day(context, receivedAt) },
      { title: "state", value: stateOf },
    ]);
    for (const [index, version] of versions.entries()) {
      const before = versions[index - 1];
      if (before === undefined) continue;
      context.line();
      context.line(context.paint("bold", `What ${version.file} says differently than ${before.file}`));
      context.table(version.differences.flatMap(linesOf), [
        { title: "where", value: (line) => line.where },
        { title: "what", value: (line) => line.what },
        { title: "before", align: "right", value: (line) => line.before },
        { title: "after", align: "right", value: (line) => line.after },
      ]);
      if (version.more) context.line(context.paint("dim", "… and more rows, which are not listed"));
    }
    if (versions.some(({ counts, accepted }) => counts && !accepted)) {
      context.line();
      context.line(
        `Decide with apay settlements accept ${settlementId}, or with --version for another than the one that counts.`,
      );
    }
    return EXIT.done;
  });
}

export const settlementsAccept: CommandRow = {
  name: "settlements accept",
  summary: "decide which version of a settlement that was delivered again counts",
  description:
    "A settlement that is delivered again with other contents is a new version. The newest counts, and no journal of its period is exported until somebody accepts a version. Another version than the one that counts takes its place, and everything is reconciled anew.",
  arguments: [{ name: "<settlement>", help: "settlement id" }],
  options: [{ flags: "--version <hash>", help: "beginning of the version's hash (default: the one that counts)" }],
  examples: [
    ["apay settlements accept 5984862222", "the newest version is right"],
    ["apay settlements accept 5984862222 --version 3f9a21c0b7d4", "an older one is"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ books, reconcile }) => {
      const accepted = await acceptSettlement(books, {
        settlementId: argument(input, 0),
        version: text(input, "version"),
      });
      if (accepted.changed) {
        context.progress.update("reconciling");
        await reconcile();
        context.progress.end();
      }
      if (context.json) context.document({ ...accepted });
      else
        context.line(
          `${accepted.file} (${accepted.hash.slice(0, 12)}) is accepted for settlement ${accepted.settlementId}${accepted.changed ? ", counts from now on, and everything is reconciled anew" : ""}`,
        );
      return EXIT.done;
    }),
};
