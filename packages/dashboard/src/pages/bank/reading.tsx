/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { DATE_FORMS } from "@amazon-pay-kit/money";
import type { BankError } from "@amazon-pay-kit/ledger";
import type { Child, FC } from "hono/jsx";
import type { Frame } from "../../layout/page.tsx";
import { term } from "../../locales/texts.ts";
import type { PlainText } from "../../locales/texts.ts";
import { ANSWERS, MAPPED } from "../../statements/answers.ts";
import type { Query } from "../../tables/list-table.ts";

/** A field in which a person says how a statement is read. */
interface Field {
  /** The option of `apay bank import` that it stands for. */
  readonly option: string;
  readonly name: string;
  readonly label: PlainText;
  /** The question that it answers, where the file leaves it open. */
  readonly question: PlainText;
  /** What can be chosen, and how it is called; null where it is written. */
  readonly choices: readonly (readonly [value: string, text: string])[] | null;
}

/** The usual signs between two cells. */
const SEPARATORS = [";", ",", "tab", "|"] as const;

/** Encodings that banks write; any other is written into the command line. */
const ENCODINGS = ["utf-8", "windows-1252", "iso-8859-1", "shift_jis", "utf-16le"] as const;

const FIELDS: readonly Field[] = [
  {
    option: "--separator",
    name: "separator",
    label: "ask separator",
    question: "which separator",
    choices: SEPARATORS.map((sign) => [sign, sign]),
  },
  {
    option: "--decimal",
    name: "decimal",
    label: "ask decimal",
    question: "which decimal",
    choices: [
      [",", "1.234,50"],
      [".", "1,234.50"],
    ],
  },
  {
    option: "--date-format",
    name: "dateFormat",
    label: "ask date",
    question: "which date",
    choices: DATE_FORMS.map((form) => [form, form]),
  },
  { option: "--currency", name: "currency", label: "column currency", question: "which currency", choices: null },
  {
    option: "--encoding",
    name: "encoding",
    label: "ask encoding",
    question: "which encoding",
    choices: ENCODINGS.map((name) => [name, name]),
  },
  { option: "--bank-account", name: "bankAccount", label: "bank account", question: "which account", choices: null },
  { option: "--debit-word", name: "debitWord", label: "ask debit word", question: "which debit word", choices: null },
  { option: "--skip-lines", name: "skipLines", label: "ask skip", question: "ask skip", choices: null },
  {
    option: "--accept-balance-difference",
    name: "accept",
    label: "ask balance",
    question: "which balance",
    choices: null,
  },
];

function nameOf(sign: string, frame: Frame): string {
  return term("separator", sign, frame.format.locale);
}

/** The field itself: a choice, or a text. */
const Input: FC<{ field: Field; frame: Frame; query: Query; choices: Field["choices"]; required?: boolean }> = ({
  field,
  frame,
  query,
  choices,
  required = false,
}) =>
  choices === null ? (
    <input name={field.name} value={query(field.name) ?? ""} required={required} autocomplete="off" />
  ) : (
    <select name={field.name} required={required}>
      <option value="">{frame.translate(required ? "choose" : "from the file")}</option>
      {choices.map(([value, text]) => (
        <option value={value} selected={query(field.name) === value}>
          {field.name === "separator" ? nameOf(text, frame) : text}
        </option>
      ))}
    </select>
  );

/** Which column holds what: chosen among those of the file where they are known. */
const Columns: FC<{ frame: Frame; query: Query; columns: readonly string[] }> = ({ frame, query, columns }) => (
  <>
    {MAPPED.map((member) => {
      const name = `map-${member}`;
      return (
        <label>
          {term("statement column", member, frame.format.locale)}
          {columns.length === 0 ? (
            <input name={name} value={query(name) ?? ""} autocomplete="off" />
          ) : (
            <select name={name}>
              <option value="">{frame.translate("from the file")}</option>
              {columns.map((column) => (
                <option value={column} selected={query(name) === column}>
                  {column}
                </option>
              ))}
            </select>
          )}
        </label>
      );
    })}
  </>
);

/** All that can be said of a file, with what was said. */
export const ReadingFields: FC<{ frame: Frame; query: Query; leaveOut: readonly string[] }> = ({
  frame,
  query,
  leaveOut,
}) => (
  <>
    {FIELDS.filter(({ option }) => !leaveOut.includes(option)).map((field) => (
      <label>
        {frame.translate(field.label)}
        <Input field={field} frame={frame} query={query} choices={field.choices} />
      </label>
    ))}
    {leaveOut.includes("--map") ? null : <Columns frame={frame} query={query} columns={[]} />}
  </>
);

/** What was answered before and is not asked now. */
const Kept: FC<{ query: Query; without: readonly string[] }> = ({ query, without }) => (
  <>
    {ANSWERS.map((name) => [name, query(name)] as const).map(([name, value]) =>
      value === undefined ||
      without.some((one) => one === name || (one === "map" && name.startsWith("map-"))) ? null : (
        <input type="hidden" name={name} value={value} />
      ),
    )}
  </>
);

/** The forms of days that the reader could take it for; all where it names none. */
function datesIn(message: string): Field["choices"] {
  const named = DATE_FORMS.filter(
    (form) => message.includes(` as ${form}`) || message.includes(`with --date-format ${form} `),
  );
  return (named.length < 2 ? DATE_FORMS : named).map((form) => [form, form] as const);
}

/** What the reader found, one line a question; how to answer on the command line is left out. */
function foundIn(message: string): readonly string[] {
  return message.split("\nand ").map((part) => part.replace(/[:;,] (?:say which|name one|pass) [\s\S]*$/, ""));
}

/** The account that stays chosen when a form asks for the page again. */
export const ChosenAccount: FC<{ frame: Frame }> = ({ frame }) =>
  frame.account === null ? null : <input type="hidden" name="account" value={frame.account} />;

/** What only the owner of the file knows, each question with its choices. What was said before is kept. */
export const Question: FC<{ refused: BankError; frame: Frame; query: Query }> = ({ refused, frame, query }) => {
  const { translate } = frame;
  const { options, choices } = refused;
  const fields = FIELDS.filter(({ option }) => options.includes(option));
  const columns = options.includes("--map");
  const parts: Child[] = fields.map((field) => (
    <label>
      <b>{translate(field.question)}</b>
      <Input
        field={field}
        frame={frame}
        query={query}
        choices={
          field.name === "bankAccount" && choices.length > 0
            ? choices.map((one) => [one, one] as const)
            : field.name === "dateFormat"
              ? datesIn(refused.message)
              : field.choices
        }
        required
      />
    </label>
  ));
  return (
    <section class="panel question">
      <h2>{translate("a question")}</h2>
      {refused.problems.length > 0 ? null : (
        <ul class="small soft" lang="en">
          {foundIn(refused.message).map((part) => (
            <li>{part}</li>
          ))}
        </ul>
      )}
      <form class="filters" method="get" action={frame.path}>
        <ChosenAccount frame={frame} />
        <Kept query={query} without={[...fields.map(({ name }) => name), ...(columns ? ["map"] : [])]} />
        {parts}
        {columns ? (
          <>
            <b class="whole-row">{translate("which columns")}</b>
            <Columns frame={frame} query={query} columns={choices} />
          </>
        ) : null}
        <button type="submit">{translate("read again")}</button>
      </form>
    </section>
  );
};
