import {
  assignException,
  explainException,
  type ExplainOutcome,
  EXPLANATION_REASONS,
  type ExplanationReason,
  getException,
  getSettlement,
  listExceptions,
  noteException,
  reopenException,
  resolveException,
  type BooksContext,
  type ExceptionView,
  listSettlements,
  RULES,
  ViewError,
} from "@amazon-pay-kit/ledger";
import { nearest } from "@amazon-pay-kit/sdk/operations";
import { everyPage } from "../books/every-page.ts";
import { type OpenBooks, withBooks } from "../books/open.ts";
import { exceptionDocument } from "../explain/documents.ts";
import { day } from "../explain/format.ts";
import { accountColumn, amountOf, exceptionColumns } from "../explain/exception-columns.ts";
import { CAUSE_ORDERS, causeColumns, causesOf, showSums } from "../explain/causes.ts";
import { reasonOf } from "./bank-match.ts";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { argument, flag, text, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";

export const exceptionsList: CommandRow = {
  name: "exceptions list",
  summary: "list exceptions",
  options: [
    {
      flags: "--status <status>",
      help: "to-do (open or reopened), open, explained, resolved, reopened, all",
      choices: ["to-do", "open", "explained", "resolved", "reopened", "all"],
      default: "to-do",
    },
    { flags: "--code <code>", help: "only this code, e.g. capture.unsettled" },
    { flags: "--settlement <id>", help: "only exceptions of this settlement" },
    { flags: "--owner <name>", help: "only those that this person looks after" },
    {
      flags: "--sort <order>",
      help: "causes with most money at risk first, the oldest, or those of most exceptions",
      choices: [...CAUSE_ORDERS],
      default: "amount",
    },
  ],
  examples: [
    ["apay exceptions list", "everything still to be explained"],
    ["apay exceptions list --status all --code fee.mismatch --json", "all fee differences, including closed ones"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ store }) => {
      const status = text(input, "status");
      const filter = {
        accountId: context.accountName,
        status: status === "all" ? undefined : status,
        code: codeOf(text(input, "code")),
        settlementId: text(input, "settlement"),
        owner: text(input, "owner"),
      };
      const found: ExceptionView[] = [];
      for await (const item of everyPage((page) => listExceptions({ store }, { ...filter, ...page }))) found.push(item);
      // An id that was mistyped must not look like a settlement in order.
      if (found.length === 0) await requireSettlement(store, filter);
      const order = CAUSE_ORDERS.find((one) => one === text(input, "sort"));
      const causes = causesOf(found, order);
      const sorted = causes.flatMap(({ exceptions }) => exceptions);
      if (context.json) context.document({ exceptions: sorted.map(exceptionDocument) });
      else if (found.length === 0) context.line(await nothingFound(store));
      else {
        if (causes.length < found.length) {
          context.line(context.paint("bold", `${causes.length} causes of ${found.length} exceptions`));
          context.table(causes, causeColumns(context.clock.now(), causes));
          context.line();
        }
        context.table(sorted, [...accountColumn(sorted, (one) => one.accountId), ...exceptionColumns]);
        context.line();
        showSums(context, found);
      }
      return EXIT.done;
    }),
};

/** @throws ViewError `view.not-found` for the id of a settlement that is not there; one of several currencies is */
async function requireSettlement(
  store: OpenBooks["store"],
  { accountId, settlementId }: { readonly accountId: string | undefined; readonly settlementId: string | undefined },
): Promise<void> {
  if (settlementId === undefined) return;
  try {
    await getSettlement({ store }, { accountId, settlementId });
  } catch (error) {
    if (!(error instanceof ViewError && error.code === "view.several")) throw error;
  }
}

/** A code that exceptions can have. @throws CliError `usage.code` */
function codeOf(given: string | undefined): string | undefined {
  const codes: readonly string[] = RULES.map(({ code }) => code);
  if (given === undefined || codes.includes(given)) return given;
  const meant = nearest(given, codes);
  throw new CliError("usage.code", `--code: there is no code ${JSON.stringify(given)}`, {
    remedy: meant === undefined ? `choose one of ${codes.join(", ")}` : `did you mean ${meant}?`,
  });
}

/** That there is nothing to explain, and whether that is because there is nothing yet. */
async function nothingFound(store: Parameters<typeof getException>[0]["store"]): Promise<string> {
  const { items } = await listSettlements({ store }, { limit: 1 });
  return items.length > 0
    ? "Nothing to explain."
    : "Nothing has been compared yet: run apay sync, then apay reconcile.";
}

/** The exception that an id, or the beginning of one, names. */
async function find(
  context: Context,
  store: Parameters<typeof getException>[0]["store"],
  wanted: string,
): Promise<ExceptionView> {
  const found: ExceptionView[] = [];
  for await (const item of everyPage((page) =>
    listExceptions({ store }, { accountId: context.accountName, ...page }),
  )) {
    if (item.exceptionId === wanted) return item;
    if (wanted.length >= 6 && item.exceptionId.startsWith(wanted)) found.push(item);
  }
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  throw only === undefined
    ? new CliError("exceptions.unknown", `there is no exception ${wanted}`, {
        remedy: "see apay exceptions list --status all",
      })
    : new CliError(
        "exceptions.ambiguous",
        `${wanted} could be ${found.map((item) => item.exceptionId.slice(0, 16)).join(", ")}`,
        { remedy: "give more characters of the id" },
      );
}

export const exceptionsShow: CommandRow = {
  name: "exceptions show",
  summary: "show one exception with its history",
  arguments: [{ name: "<id>", help: "id, or its first characters" }],
  examples: [["apay exceptions show 3f9a21c0b7d4", "what is wrong, and what was done about it"]],
  run: (context, input) =>
    withBooks(context, async ({ store }) => {
      const found = await find(context, store, argument(input, 0));
      const detail = await getException({ store }, { accountId: found.accountId, exceptionId: found.exceptionId });
      if (context.json)
        context.document({
          ...exceptionDocument(detail),
          events: detail.events.map((event) => ({ ...event, at: new Date(event.at).toISOString() })),
        });
      else {
        context.line(`${context.paint("bold", detail.code)}  ${detail.status}  ${amountOf(detail)}`);
        context.line(detail.message);
        const own = [
          detail.orderId === null ? null : `order ${detail.orderId}`,
          detail.referenceId === null ? null : `reference ${detail.referenceId}`,
          detail.transactionId,
          detail.file === null ? null : `${detail.file}${detail.line === null ? "" : `, line ${detail.line}`}`,
          detail.cause === detail.exceptionId ? null : `brought by ${detail.cause.slice(0, 12)}`,
        ].filter((part) => part !== null);
        if (own.length > 0) context.line(own.join("; "));
        context.line();
        context.table(detail.events, [
          { title: "when", value: (event) => day(context, event.at) },
          { title: "what", value: (event) => event.what },
          { title: "who", value: (event) => event.who },
          { title: "note", value: (event) => event.note ?? "", wraps: true },
        ]);
      }
      return EXIT.done;
    }),
};

/** What becomes of a write-off above the limit that nobody has asked for yet. */
const WAITS = "waiting for a second person to write it off too";

type Outcome = Pick<ExceptionView, "code" | "exceptionId"> & { readonly done: string };

function tellOutcomes(context: Context, outcomes: readonly Outcome[]): ExitStatus {
  const [first, ...others] = outcomes.map(({ exceptionId, done }) => ({ exceptionId, done }));
  if (context.json) context.document(others.length === 0 ? first : { exceptions: [first, ...others] });
  else for (const one of outcomes) context.line(`${one.code} ${one.exceptionId.slice(0, 12)} is ${one.done}`);
  return EXIT.done;
}

export const exceptionsAssign: CommandRow = {
  name: "exceptions assign",
  summary: "say who looks after an exception",
  arguments: [{ name: "<ids...>", help: "ids, or their first characters" }],
  options: [
    { flags: "--to <name>", help: "who (default: you)" },
    { flags: "--nobody", help: "nobody any more" },
  ],
  examples: [
    ["apay exceptions assign 3f9a21c0b7d4", "you look after it"],
    ["apay exceptions assign 3f9a21c0b7d4 2def75286efa --to mara", "recorded in its history with your name"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ store, books }) => {
      const to = text(input, "to");
      if (flag(input, "nobody") && to !== undefined)
        throw new CliError("usage.owner", "--to and --nobody say different things", {
          remedy: "leave one of them out",
        });
      const owner = flag(input, "nobody") ? null : (to ?? books.who ?? null);
      const found: ExceptionView[] = [];
      for (const wanted of input.args) found.push(await find(context, store, wanted ?? ""));
      for (const one of found) await assignException({ ...books, accountId: one.accountId }, one.exceptionId, owner);
      const done = owner === null ? "looked after by nobody" : `looked after by ${owner}`;
      return tellOutcomes(
        context,
        found.map((one) => ({ ...one, done })),
      );
    }),
};

/** What can be done to an exception: each becomes a command. */
function act(
  verb: "explain" | "resolve" | "reopen" | "note",
  summary: string,
  done: string,
  change: (
    books: BooksContext,
    exceptionId: string,
    note: string,
    reason?: ExplanationReason,
  ) => Promise<ExplainOutcome | void>,
): CommandRow {
  return {
    name: `exceptions ${verb}`,
    summary,
    arguments: [{ name: "<ids...>", help: "ids, or their first characters" }],
    options: [
      { flags: "--note <text>", help: verb === "reopen" ? "why" : "why (required)" },
      ...(verb === "explain"
        ? [
            {
              flags: "--reason <reason>",
              help: "on what account the difference is booked, on the day of the explanation",
              choices: [...EXPLANATION_REASONS],
            },
          ]
        : []),
    ],
    examples: [
      [
        `apay exceptions ${verb} 3f9a21c0b7d4 --note "fee corrected in March"`,
        "recorded in the audit trail with your name",
      ],
    ],
    run: (context, input) =>
      withBooks(context, async ({ store, books }) => {
        const note = text(input, "note")?.trim() ?? "";
        if (verb !== "reopen" && note === "")
          throw new CliError("usage.note", "a note is needed", { remedy: 'add --note "why it is so"' });
        const found: ExceptionView[] = [];
        // All are found before the first is changed.
        for (const wanted of input.args) found.push(await find(context, store, wanted ?? ""));
        const outcomes: Outcome[] = [];
        for (const one of found) {
          const outcome = await change({ ...books, accountId: one.accountId }, one.exceptionId, note, reasonOf(input));
          outcomes.push({ ...one, done: outcome === "asked" ? WAITS : done });
        }
        return tellOutcomes(context, outcomes);
      }),
  };
}

export const exceptionsExplain = act("explain", "record why an exception is acceptable", "explained", explainException);
export const exceptionsResolve = act(
  "resolve",
  "same as exceptions explain: only new data can resolve an exception",
  "explained",
  resolveException,
);
export const exceptionsNote = act(
  "note",
  "write down what was found out about an exception, which stays as it is",
  "noted",
  noteException,
);
export const exceptionsReopen = act("reopen", "reopen an exception", "open again", reopenException);
