import {
  type AccountClose,
  type CheckedItem,
  checkClosed,
  closeMonth,
  closePack,
  type ComparedMonth,
  findClose,
  formatInstant,
  type KnownClose,
  type MonthClose,
  type PeriodChange,
  type PeriodFigures,
  reopenMonth,
} from "@amazon-pay-kit/ledger";
import { feeTaxSettings } from "../books/settings.ts";
import { type OpenBooks, withBooks } from "../books/open.ts";
import { writeFiles } from "../books/write-files.ts";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { flag, text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";

/** What `--json` says of a month: the first four members are a contract. */
function closeDocument({ month, hash, previousHash, accounts }: MonthClose, pack: readonly string[] | null): object {
  const [only, ...others] = accounts;
  const single = only !== undefined && others.length === 0;
  const figures = accounts.flatMap(({ accountId, document }) =>
    document.figures.map((one) => (single ? one : { account: accountId, ...one })),
  );
  return {
    month,
    hash,
    previousHash,
    figures,
    ...(single ? {} : { accounts: accounts.map(accountDocument) }),
    closed: accounts.map(({ closedAt }) => (closedAt === null ? null : formatInstant(closedAt))).at(-1) ?? null,
    checklist: accounts.flatMap(({ checklist }) =>
      checklist.map(({ accountId, ...item }) => ({ account: accountId, ...item })),
    ),
    changed: accounts.flatMap(({ accountId, changed }) =>
      changed === null || changed.differences.length === 0 ? [] : [{ account: accountId, ...changeDocument(changed) }],
    ),
    ...(pack === null ? {} : { pack }),
    documents: accounts.map(({ document }) => document),
  };
}

function accountDocument({ accountId, hash, previousHash }: AccountClose): object {
  return { account: accountId, hash, previousHash };
}

function changeDocument({ differences, added, gone }: PeriodChange): object {
  return { differences, added, gone };
}

const MARKS = {
  done: ["green", "ok"],
  blocks: ["red", "missing"],
  noted: ["yellow", "noted"],
} as const;

function showChecklist(context: Context, items: readonly CheckedItem[], several: boolean): void {
  for (const { accountId, state, message, remedy } of items) {
    const [colour, word] = MARKS[state];
    const where = several ? `${accountId}: ` : "";
    context.line(`${context.paint(colour, word.padEnd(7))} ${where}${message}`);
    if (state !== "done" && remedy !== null) context.line(`        ${context.paint("cyan", "try:")} ${remedy}`);
  }
}

interface FigureLine extends PeriodFigures {
  readonly accountId: string;
}

function sumOf({ types }: PeriodFigures, type: string, member: "amount" | "fees"): string {
  return types.find((one) => one.type === type)?.[member] ?? "";
}

function showFigures(context: Context, accounts: readonly AccountClose[]): void {
  const lines = accounts.flatMap(({ accountId, document }): FigureLine[] =>
    document.figures.map((figures) => ({ accountId, ...figures })),
  );
  if (lines.length === 0) return;
  context.line();
  context.table(lines, [
    { title: "account", value: (one) => one.accountId },
    { title: "cur", value: (one) => one.currency },
    { title: "opening", align: "right", value: (one) => one.opening.balance },
    { title: "captures", align: "right", value: (one) => sumOf(one, "capture", "amount") },
    { title: "refunds", align: "right", value: (one) => sumOf(one, "refund", "amount") },
    { title: "transfers", align: "right", value: (one) => sumOf(one, "transfer", "amount") },
    { title: "closing", align: "right", value: (one) => one.closing.balance },
    { title: "transit", align: "right", value: (one) => one.closing.transit ?? "no statement", spare: 1 },
    { title: "unsettled", align: "right", value: (one) => one.unsettled.sales.amount, spare: 2 },
    { title: "open", align: "right", value: (one) => String(one.exceptions.length), spare: 3 },
  ]);
}

function showChange(context: Context, { differences, added, gone }: PeriodChange): void {
  context.table(differences, [
    { title: "figure", value: (one) => one.figure },
    { title: "cur", value: (one) => one.currency },
    { title: "then", align: "right", value: (one) => one.before ?? "not there" },
    { title: "now", align: "right", value: (one) => one.now ?? "not there" },
  ]);
  for (const file of added) context.line(`  new   ${file.hash.slice(0, 12)} ${file.kind} ${file.name}`);
  for (const file of gone) context.line(`  gone  ${file.hash.slice(0, 12)} ${file.kind} ${file.name}`);
}

function showClose(context: Context, result: MonthClose, dryRun: boolean): void {
  const { month, accounts, hash, previousHash } = result;
  for (const { accountId, checklist, changed } of accounts) {
    showChecklist(context, checklist, accounts.length > 1);
    if (changed === null || changed.differences.length === 0) continue;
    context.line(context.paint("yellow", `${accountId}: ${month} is closed, and the books have changed since:`));
    showChange(context, changed);
  }
  showFigures(context, accounts);
  context.line();
  if (hash === null) {
    const blocked = accounts.some(({ checklist }) => checklist.some(({ state }) => state === "blocks"));
    if (blocked) context.line(context.paint("red", `${month} is not closed: see what is missing above.`));
    else context.line(`${month} can be closed${dryRun ? ": nothing was changed, this was a dry run" : ""}.`);
    return;
  }
  context.line(`${context.paint("bold", `${month} is closed`)}: ${hash}`);
  context.line(previousHash === null ? "It is the first closed month." : `It follows on from ${previousHash}.`);
}

async function close(context: Context, open: OpenBooks, month: string, input: Input): Promise<ExitStatus> {
  const dryRun = flag(input, "dryRun");
  const result = await closeMonth(
    { ...open.books, random: context.random },
    {
      month,
      timeZone: context.config().timeZone,
      note: text(input, "note"),
      dryRun,
      feeTax: feeTaxSettings(context.config()),
    },
  );
  const blocked = result.accounts.some(({ checklist }) => checklist.some(({ state }) => state === "blocks"));
  const folder = text(input, "pack");
  const pack =
    folder === undefined || (blocked && !dryRun) ? null : await writeFiles(context, folder, await closePack(result));
  if (context.json) context.document(closeDocument(result, pack));
  else {
    showClose(context, result, dryRun);
    for (const path of pack ?? []) context.line(`written: ${path}`);
  }
  const changed = result.accounts.some((one) => (one.changed?.differences.length ?? 0) > 0);
  return blocked || changed ? EXIT.problems : EXIT.done;
}

function comparedDocument({ accountId, month, hash, broken, change }: ComparedMonth): object {
  return { account: accountId, month, hash, broken, ...changeDocument(change) };
}

function knownDocument(known: KnownClose | null): object | null {
  if (known === null) return null;
  const { reopened, closedAt, ...rest } = known;
  return {
    ...rest,
    closedAt: formatInstant(closedAt),
    reopened: reopened === null ? null : { ...reopened, at: formatInstant(reopened.at) },
  };
}

/** What the books know of a close whose hash somebody has on paper. */
function showKnown(context: Context, hash: string, known: KnownClose | null): void {
  if (known === null) {
    context.line(
      context.paint(
        "red",
        `no close of these books has the hash ${hash}: it was taken away or altered, or is of other books`,
      ),
    );
    return;
  }
  const { month, accounts, closedAt, reopened } = known;
  const again = reopened === null ? "" : `; it was opened again at ${formatInstant(reopened.at)} by ${reopened.who}`;
  context.line(
    `${hash.slice(0, 12)} is the close of ${month} of ${accounts.join(", ")}, ${formatInstant(closedAt)}${again}`,
  );
}

async function check(context: Context, { books }: OpenBooks, hash: string | undefined): Promise<ExitStatus> {
  const { months, changed } = await checkClosed(books);
  const known = hash === undefined ? undefined : await findClose(books, hash);
  if (context.json)
    context.document({
      months,
      changed: changed.map(comparedDocument),
      ...(known === undefined ? {} : { known: knownDocument(known) }),
    });
  else if (months === 0) context.line("No month is closed yet.");
  else if (changed.length === 0) {
    context.line(
      `${months} closed ${months === 1 ? "month is" : "months are"} as ${months === 1 ? "it was" : "they were"} closed.`,
    );
  }
  if (!context.json) {
    for (const { accountId, month, broken, change } of changed) {
      context.line(context.paint("red", `${month} of ${accountId} has changed`));
      if (broken)
        context.line("  its record is not what was written: a hash does not fit, so somebody has altered the database");
      showChange(context, change);
    }
    if (hash !== undefined && known !== undefined) showKnown(context, hash, known);
  }
  return changed.length === 0 && known !== null ? EXIT.done : EXIT.problems;
}

/** The hash to look for. @throws CliError `usage.hash` */
function hashGiven(input: Input): string | undefined {
  const hash = text(input, "hash")?.trim().toLowerCase();
  if (hash === undefined || /^[0-9a-f]{64}$/.test(hash)) return hash;
  throw new CliError("usage.hash", `${JSON.stringify(hash)} is no SHA-256`, {
    remedy: "give all 64 digits, as the close pack and apay close --json print them",
  });
}

async function reopen(context: Context, { books }: OpenBooks, month: string, note: string): Promise<ExitStatus> {
  const reopened = await reopenMonth({ ...books, random: context.random }, { month, note });
  if (context.json) context.document(reopened);
  else
    for (const { accountId, hash } of reopened.accounts)
      context.line(`${month} of ${accountId} is open again; its close ${hash.slice(0, 12)} stays on record`);
  return EXIT.done;
}

function refuse(message: string, remedy: string): never {
  throw new CliError("usage.close", message, { remedy });
}

async function run(context: Context, input: Input): Promise<ExitStatus> {
  const [month] = input.args;
  const again = text(input, "reopen");
  const wantsCheck = flag(input, "check");
  const note = text(input, "note");
  const others = [
    flag(input, "dryRun") ? "--dry-run" : null,
    text(input, "pack") === undefined ? null : "--pack",
    note === undefined ? null : "--note",
  ];
  if (wantsCheck) {
    const beside = [month ?? null, again === undefined ? null : "--reopen", ...others].filter((one) => one !== null);
    if (beside.length > 0)
      refuse(`--check does not go with ${beside.join(", ")}`, "apay close --check looks at every closed month");
    const hash = hashGiven(input);
    return withBooks(context, (open) => check(context, open, hash));
  }
  if (text(input, "hash") !== undefined) refuse("--hash goes with --check", "apay close --check --hash SHA256");
  if (again !== undefined) {
    if (month !== undefined || flag(input, "dryRun"))
      refuse("--reopen names the month itself", `apay close --reopen ${again} --note REASON`);
    if (note === undefined) {
      throw new CliError("close.note-missing", `say why ${again} is opened again`, {
        remedy: `apay close --reopen ${again} --note REASON`,
      });
    }
    return withBooks(context, (open) => reopen(context, open, again, note));
  }
  if (month === undefined)
    refuse("say which month", "apay close 2026-06, apay close --check or apay close --reopen 2026-06 --note REASON");
  return withBooks(context, (open) => close(context, open, month, input));
}

export const closeCommand: CommandRow = {
  name: "close",
  summary: "close a month: freeze its figures, and tell later what has changed since",
  description:
    "Freezes what the books say of a month, by account and currency: balances, sums by type, transfers with their deposits, unsettled sales and open exceptions, with the SHA-256 of every file behind them. The hash of it includes that of the month closed before, so that no past can be changed without a trace. A checklist says what is missing; open exceptions and a missing bank statement do not prevent a close, they are part of it. Nothing is locked: what comes late is loaded as always, apay reconcile raises period.changed, and journals book it in the first open month. The month is that of your time zone (timeZone in the configuration).",
  arguments: [{ name: "[month]", help: "month to close: 2026-06" }],
  options: [
    { flags: "--dry-run", help: "only show the checklist and the figures" },
    { flags: "--note <text>", help: "why, or what to remember: kept with the close" },
    {
      flags: "--pack <folder>",
      help: "write a page to print and a workbook into this folder (with --dry-run a draft)",
    },
    { flags: "--check", help: "work every closed month out again and tell what has changed since" },
    { flags: "--hash <sha256>", help: "with --check: is the close with this hash, as a pack has it, still there?" },
    { flags: "--reopen <month>", help: "open the last closed month again; needs --note" },
  ],
  examples: [
    ["apay close 2026-06 --dry-run", "what is missing before June can be closed"],
    ["apay close 2026-06", "close June"],
    ["apay close 2026-06 --pack close-2026-06", "… and write the pack for the accountant"],
    ["apay close --check", "are the closed months what they were?"],
    [
      "apay close --check --hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      "… and are these the books that the pack was made of?",
    ],
    ['apay close --reopen 2026-06 --note "report of 8 June came late"', "open June again"],
  ],
  run,
};
