import {
  AUDIT_WORDS,
  type AuditBreak,
  type AuditEvent,
  type AuditVerified,
  formatInstant,
  listAudit,
  verifyAudit,
} from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { EXIT } from "../errors.ts";
import { momentOf } from "../options/times.ts";
import { wholeOf } from "../options/whole.ts";
import { text, type CommandRow } from "../program/command.ts";
import type { Column } from "../terminal/table.ts";

const MOST_AT_ONCE = 500;

function eventDocument({ at, ...event }: AuditEvent): Record<string, unknown> {
  return { ...event, at: formatInstant(at) };
}

/** The members that are not what they were. */
function changeText({ was, became }: AuditEvent): string {
  const names = new Set([...Object.keys(was ?? {}), ...Object.keys(became ?? {})]);
  const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
  const changes = [...names].flatMap((name) => {
    const [before, after] = [was?.[name], became?.[name]];
    if (was !== null && became !== null && (after === undefined || shown(before) === shown(after))) return [];
    if (was === null) return after === null ? [] : [`${name} ${shown(after)}`];
    if (became === null) return before === null ? [] : [`${name} was ${shown(before)}`];
    return [`${name} ${shown(before ?? null)} → ${shown(after)}`];
  });
  return changes.join("; ");
}

const columns: readonly Column<AuditEvent>[] = [
  { title: "no.", align: "right", value: (one) => String(one.position) },
  { title: "when", value: (one) => formatInstant(one.at) },
  { title: "who", value: (one) => one.who },
  { title: "what", value: (one) => one.what },
  { title: "account", value: (one) => one.accountId ?? "", spare: 1 },
  { title: "subject", value: (one) => one.subject, wraps: true },
  { title: "change", value: changeText, wraps: true, spare: 3 },
  { title: "note", value: (one) => one.note ?? "", wraps: true, spare: 2 },
];

export const auditList: CommandRow = {
  name: "audit list",
  summary: "list who changed what, the newest first",
  description:
    "Lists every change that a person or a token has made: exceptions, matches, settlements, months, files that came in or were taken back, accounts, tokens; with what it was before and became. Rows are only added to it: the database itself refuses to change one.",
  options: [
    { flags: "--since <day>", help: "from this day on: 2026-06-01" },
    { flags: "--who <name>", help: "only changes in this name; those of a token have api: and its label" },
    { flags: "--what <word>", help: "only this kind of change", choices: [...AUDIT_WORDS] },
    { flags: "--limit <count>", help: "at most this many", default: "200" },
  ],
  examples: [
    ["apay audit list --since 2026-06-01 --who mara", "what one person has done since then"],
    ["apay audit list --what month.closed --json", "who closed which month, with its hash"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ store }) => {
      const since = text(input, "since");
      const limit = wholeOf(text(input, "limit"), "--limit", 1) ?? 200;
      const filter = {
        accountId: context.accountName,
        since: since === undefined ? undefined : momentOf(context, since, "--since"),
        who: text(input, "who"),
        what: AUDIT_WORDS.find((word) => word === text(input, "what")),
      };
      const events: AuditEvent[] = [];
      let next: string | null | undefined;
      do {
        const page = await listAudit(
          { store },
          { ...filter, limit: Math.min(MOST_AT_ONCE, limit - events.length), cursor: next ?? undefined },
        );
        events.push(...page.items);
        next = page.next;
      } while (next !== null && events.length < limit);
      const more = next !== null;
      if (context.json) context.document({ events: events.map(eventDocument), more });
      else if (events.length === 0) context.line("Nobody has changed anything that was asked for.");
      else context.table(events, columns);
      if (more && !context.json) context.info(`there are more than these ${limit}: see --limit, --since`);
      return EXIT.done;
    }),
};

/** What is wrong with a row, in words. */
function breakText({ kind, position, expected, found }: AuditBreak): string {
  switch (kind) {
    case "missing":
      return `row ${expected} is missing: the next one that is there is ${found}`;
    case "doubled":
      return `row ${position} is there twice, or out of its order: ${expected} was awaited`;
    case "link":
      return `row ${position} follows a row with the hash ${found}, and the one before it has ${expected}`;
    case "contents":
      return `row ${position} was changed: its contents have the hash ${expected}, and it says ${found}`;
    case "cut-off":
      return `the hash ${expected} that was kept is in no row: the end was cut off, or all was made anew; the head is ${found}`;
  }
}

function verdictDocument({ rows, head, broken }: AuditVerified): Record<string, unknown> {
  const shown = broken === null ? null : { ...broken, event: broken.event && eventDocument(broken.event) };
  return { rows, head, broken: shown };
}

export const auditVerify: CommandRow = {
  name: "audit verify",
  summary: "check that nobody has rewritten who changed what",
  description:
    "Walks the chain of hashes from the first row and names the first one that is broken; then it ends with status 1. A chain alone cannot show that its end was cut off: keep the head that is printed where nobody who can write the ledger can write, and give it with --head the next time.",
  options: [{ flags: "--head <hash>", help: "head of an earlier check; it must be in the chain still" }],
  examples: [
    ["apay audit verify", "prints the head, to be kept elsewhere"],
    [`apay audit verify --head ${"4f".repeat(32)}`, "nothing up to that row was changed or cut off"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ store }) => {
      const verified = await verifyAudit({ store }, text(input, "head"));
      const { rows, head, broken } = verified;
      if (context.json) context.document(verdictDocument(verified));
      else if (broken === null) {
        context.line(`${rows} rows, each with the hash of the one before it`);
        context.line(`head ${head}`);
      } else {
        context.line(context.paint("red", breakText(broken)));
        if (broken.event !== null) context.table([broken.event], columns);
        if (broken.kind !== "cut-off") context.line(`up to there the chain holds; its last hash is ${head}`);
      }
      return broken === null ? EXIT.done : EXIT.problems;
    }),
};
