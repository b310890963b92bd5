import { formatAmount, formatInstant, printableText } from "@amazon-pay-kit/money";
import { groupBy } from "@amazon-pay-kit/backports";
import { escaped, type PrintColumn, printFacts, printPage, printTable } from "../print/print-page.ts";
import { csvLine } from "../views/csv-text.ts";
import { type Claim, type Debtor, sumsOf } from "./claims.ts";
import { CLAIM_KINDS } from "./kinds.ts";

/** What a letter says beside its claims. */
export interface LetterFacts {
  /** When it is written. */
  readonly now: number;
  /** Name of the sender. Default: the merchant account. */
  readonly sender?: string | undefined;
  /** Merchant (seller) ids by account, where they are known. */
  readonly merchantIds?: ReadonlyMap<string, string>;
}

/** A file of claims. */
export interface ClaimFile {
  readonly name: string;
  readonly text: string;
}

const DEBTORS: Readonly<Record<Debtor, { readonly name: string; readonly to: string }>> = {
  "amazon-pay": { name: "amazon-pay", to: "Amazon Pay Merchant Services" },
  bank: { name: "bank", to: "our bank" },
};

const day = (at: number | null): string => (at === null ? "" : formatInstant(at).slice(0, 10));
const money = ({ amountMinor, currency }: { readonly amountMinor: bigint; readonly currency: string }): string =>
  `${formatAmount(amountMinor, currency)} ${currency}`;

const COLUMNS: readonly PrintColumn[] = [
  { title: "No.", kind: "integer" },
  { title: "Day", kind: "text" },
  { title: "Settlement", kind: "text" },
  { title: "Transaction or transfer", kind: "text" },
  { title: "Order", kind: "text" },
  { title: "What it is", kind: "text" },
  { title: "Owed", kind: "amount" },
];

/** A claim with its number in the letter. */
type Numbered = Claim & { readonly number: number };

function cellsOf(claim: Numbered): readonly (string | number)[] {
  const { number, settlementId, transactionId, disbursementReference, orderId, referenceId, ground } = claim;
  return [
    number,
    day(claim.occurredAt),
    settlementId ?? "",
    transactionId ?? disbursementReference ?? "",
    orderId ?? referenceId ?? "",
    ground,
    money(claim),
  ];
}

/** Claims of one kind and currency, with what they ask for. */
function partsOf(claims: readonly Claim[]) {
  let number = 0;
  const numbered = claims.map((claim): Numbered => ({ ...claim, number: (number += 1) }));
  return [...groupBy(numbered, ({ kind, currency }) => `${kind} ${currency}`).values()].flatMap((some) => {
    const [first] = some;
    const facts = CLAIM_KINDS.find(({ kind }) => kind === first?.kind);
    if (first === undefined || facts === undefined) return [];
    const total = { amountMinor: some.reduce((sum, one) => sum + one.amountMinor, 0n), currency: first.currency };
    return [{ facts, claims: some, total }];
  });
}

function factsOf(debtor: Debtor, claims: readonly Claim[], { now, sender, merchantIds }: LetterFacts) {
  const accounts = [...new Set(claims.map(({ accountId }) => accountId))].sort();
  const names = accounts.map((account) => {
    const id = merchantIds?.get(account);
    return id === undefined ? account : `${account} (merchant id ${id})`;
  });
  const sums = sumsOf(claims);
  return [
    ["To", DEBTORS[debtor].to],
    ["From", sender ?? names.join(", ")],
    ...(sender === undefined ? [] : [["Merchant account", names.join(", ")] as const]),
    ["Date", day(now)],
    [
      "Owed in all",
      sums.map((sum) => `${money(sum)} in ${sum.count} ${sum.count === 1 ? "claim" : "claims"}`).join("; "),
    ],
  ] as const;
}

const OPENING: Readonly<Record<Debtor, string>> = {
  "amazon-pay":
    "We have compared the settlement reports of our account with our own records, the fee schedule that was agreed, and the statements of our bank. The following amounts are still owed to us. Each names the report it can be seen in, with its line.",
  bank: "We have compared the transfers that Amazon Pay reports with the statements of our account. The following amounts were transferred to us and not credited.",
};

const EVIDENCE = "Evidence";
const EVIDENCE_ABOUT =
  "The report, or the file of our records, that each claim can be seen in. The SHA-256 is that of the report as it was downloaded.";

const EVIDENCE_COLUMNS: readonly PrintColumn[] = [
  { title: "No.", kind: "integer" },
  { title: "Claim", kind: "text" },
  { title: "File", kind: "text" },
  { title: "Line", kind: "integer" },
  { title: "Row", kind: "text" },
  { title: "SHA-256", kind: "text" },
];

function evidenceOf(claim: Numbered): readonly (string | number | null)[] {
  return [claim.number, claim.id, claim.file ?? "", claim.line, claim.row ?? "", claim.fileHash ?? ""];
}

/** The letter as a page to print. */
function letterPage(debtor: Debtor, claims: readonly Claim[], facts: LetterFacts): string {
  const parts = partsOf(claims);
  const sections = parts.map(({ facts: { title, ask }, claims: some, total }) => {
    const rows = [...some.map(cellsOf), ["", "", "", "", "", "Sum", money(total)]];
    return `<section><h2>${escaped(title)}</h2><p>${escaped(ask)}</p>\n${printTable(COLUMNS, rows, (row) => row[5] === "Sum")}</section>`;
  });
  const evidence = parts.flatMap(({ claims: some }) => some.map(evidenceOf));
  return printPage({
    title: `Claims: ${DEBTORS[debtor].to}`,
    header: `<h1>Claim for amounts owed</h1>${printFacts(factsOf(debtor, claims, facts))}`,
    body: `<p>${escaped(OPENING[debtor])}</p>
${sections.join("\n")}
<div class="sign"><div>place, date</div><div>signature</div></div>
<section><h2>${EVIDENCE}</h2><p class="about">${EVIDENCE_ABOUT}</p>${printTable(EVIDENCE_COLUMNS, evidence)}</section>`,
  });
}

/** A text as it may stand in a cell of a Markdown table. */
function cell(text: string | number | null): string {
  return printableText(String(text ?? ""))
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\|<>*_`[\]]/g, (sign) => `\\${sign}`);
}

function markdownTable(
  columns: readonly PrintColumn[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ kind }) => (kind === "text" ? "---" : "---:"))),
    ...rows.map((row) => line(row.map(cell))),
  ].join("\n");
}

/** The letter as text, for an e-mail or the form of a support case. */
function letterText(debtor: Debtor, claims: readonly Claim[], facts: LetterFacts): string {
  const parts = partsOf(claims);
  const sections = parts.map(
    ({ facts: { title, ask }, claims: some, total }) =>
      `## ${title}\n\n${ask}\n\n${markdownTable(COLUMNS, some.map(cellsOf))}\n\nSum: **${money(total)}**`,
  );
  const evidence = parts.flatMap(({ claims: some }) => some.map(evidenceOf));
  const head = factsOf(debtor, claims, facts).map(([name, value]) => `- ${name}: ${cell(value)}`);
  return `${[
    "# Claim for amounts owed",
    head.join("\n"),
    OPENING[debtor],
    ...sections,
    `## ${EVIDENCE}\n\n${EVIDENCE_ABOUT}\n\n${markdownTable(EVIDENCE_COLUMNS, evidence)}`,
  ].join("\n\n")}\n`;
}

/** Every claim as a line, for a spreadsheet; the last lines are the sums by debtor and currency. */
function claimsCsv(claims: readonly Claim[]): string {
  const names = ["claim", "account", "debtor", "kind", "day", "settlement", "transaction", "order", "reference"];
  const more = ["transfer_reference", "currency", "amount", "ground", "file", "line", "row", "file_sha256"];
  const lines = claims.map((claim) =>
    csvLine([
      claim.id,
      claim.accountId,
      claim.debtor,
      claim.kind,
      day(claim.occurredAt),
      claim.settlementId ?? "",
      claim.transactionId ?? "",
      claim.orderId ?? "",
      claim.referenceId ?? "",
      claim.disbursementReference ?? "",
      claim.currency,
      formatAmount(claim.amountMinor, claim.currency),
      claim.ground,
      claim.file ?? "",
      claim.line === null ? "" : String(claim.line),
      claim.row ?? "",
      claim.fileHash ?? "",
      claim.claimed === null ? "" : day(claim.claimed.at),
    ]),
  );
  const sums = sumsOf(claims).map(({ debtor, currency, count, amountMinor }) =>
    csvLine(
      [`sum of ${count}`, "", debtor, "", "", "", "", "", "", "", currency, formatAmount(amountMinor, currency)].concat(
        Array.from({ length: 6 }, () => ""),
      ),
    ),
  );
  return [csvLine([...names, ...more, "claimed"]), ...lines, ...sums].join("");
}

/**
 * The claims as files: for each debtor a letter to print (HTML) and as text (Markdown), and one list of all (CSV).
 *
 * @example
 * for (const { name, text } of claimFiles((await listClaims({ store })).claims, { now: clock.now() }))
 *   await writeFile(name, text);
 */
export function claimFiles(claims: readonly Claim[], facts: LetterFacts): readonly ClaimFile[] {
  const letters = [...groupBy(claims, ({ debtor }) => debtor)].flatMap(([debtor, some]) => [
    { name: `claims-${DEBTORS[debtor].name}.html`, text: letterPage(debtor, some, facts) },
    { name: `claims-${DEBTORS[debtor].name}.md`, text: letterText(debtor, some, facts) },
  ]);
  return [...letters, { name: "claims.csv", text: claimsCsv(claims) }];
}
