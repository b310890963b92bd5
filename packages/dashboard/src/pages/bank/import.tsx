/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { BankError, type StatementImported, ViewError } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { DataTable } from "../../components/data-table.tsx";
import { Money } from "../../components/money.tsx";
import { linkTo, type Frame, whyNot } from "../../layout/page.tsx";
import { CSRF_FIELD } from "../../security/csrf.ts";
import { ANSWERS, optionsOf } from "../../statements/answers.ts";
import type { WaitingStatement } from "../../statements/waiting-statements.ts";
import type { Query } from "../../tables/list-table.ts";
import type { PageRow } from "../page-row.ts";
import { ChosenAccount, Question, ReadingFields } from "./reading.tsx";

/** The box that a file is dropped on. It is a plain field for files, so that it works without scripts. */
const FileForm: FC<{ frame: Frame; csrf: string }> = ({ frame, csrf }) => {
  const { translate, accounts, account } = frame;
  return (
    <form class="drop" method="post" action="/bank/import" enctype="multipart/form-data">
      <input type="hidden" name={CSRF_FIELD} value={csrf} />
      {accounts.length > 1 ? (
        <label>
          {translate("paid to account")}
          <select name="account" required>
            {account === null ? <option value="">{translate("choose")}</option> : null}
            {accounts.map((name) => (
              <option value={name} selected={name === account}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label class="file">
        <b>{translate("drop a file")}</b>
        <span class="soft small">{translate("formats read")}</span>
        <input type="file" name="file" required />
      </label>
      <button type="submit">{translate("see what it holds")}</button>
    </form>
  );
};

/** Choosing a file. Nothing is kept before its preview is confirmed. */
export const importPage: PageRow = {
  path: "/bank/import",
  current: "bank",
  render: async ({ frame, csrf, books }) => ({
    title: frame.translate("import title"),
    body: (
      <section class="panel">
        {!frame.may("resolve") || books.bank === undefined ? (
          <p class="soft">{frame.translate(whyNot(frame))}</p>
        ) : (
          <>
            <p class="soft">{frame.translate("import intro")}</p>
            <FileForm frame={frame} csrf={csrf} />
          </>
        )}
      </section>
    ),
  }),
};

/** What came of reading the file: what would be imported, or what stands in the way. */
type Reading = { readonly read: StatementImported } | { readonly refused: BankError };

const Facts: FC<{ read: StatementImported; fileName: string; frame: Frame }> = ({ read, fileName, frame }) => {
  const { translate, format } = frame;
  const { from, to, bankAccount, added, repeated, leftOut, skippedBecause } = read;
  const others = Object.entries(leftOut);
  const skipped = Object.entries(skippedBecause);
  return (
    <dl class="facts">
      <dt>{translate("column file")}</dt>
      <dd>
        {fileName}
        {read.format === null ? "" : ` · ${read.format.toUpperCase()}`}
      </dd>
      <dt>{translate("account")}</dt>
      <dd>{read.accountId}</dd>
      <dt>{translate("bank account")}</dt>
      <dd>{bankAccount ?? translate("not named")}</dd>
      <dt>{translate("column period")}</dt>
      <dd>{from === null || to === null ? "–" : `${format.bankDay(from)} – ${format.bankDay(to)}`}</dd>
      <dt>{translate("column rows")}</dt>
      <dd>{translate("new and known", { added, repeated })}</dd>
      {others.length === 0 ? null : (
        <>
          <dt>{translate("left out")}</dt>
          <dd>{others.map(([account, lines]) => `${account}: ${format.count(lines)}`).join(", ")}</dd>
        </>
      )}
      {skipped.length === 0 ? null : (
        <>
          <dt>{translate("skipped lines")}</dt>
          <dd lang="en">{skipped.map(([reason, lines]) => `${format.count(lines)} ${reason}`).join(", ")}</dd>
        </>
      )}
    </dl>
  );
};

/** Sums by currency: what a person compares with the paper of the bank. */
const Sums: FC<{ read: StatementImported; frame: Frame }> = ({ read, frame }) => {
  const { translate, format } = frame;
  return (
    <ul class="picture">
      {read.sums.map(({ currency, lines, inMinor, outMinor }) => (
        <>
          <li>
            <span class="label">{translate("came in")}</span>
            <span class="figure">
              <Money format={format} minor={inMinor} currency={currency} />
            </span>
          </li>
          <li>
            <span class="label">{translate("went out")}</span>
            <span class="figure">
              <Money format={format} minor={outMinor} currency={currency} />
            </span>
          </li>
          <li>
            <span class="label">{translate("column currency")}</span>
            <span class="figure">{currency}</span>
            <span class="note">{translate("line count", { count: lines })}</span>
          </li>
        </>
      ))}
    </ul>
  );
};

/** The first lines as they were understood, so that a mistaken column is seen. */
const FirstLines: FC<{ read: StatementImported; frame: Frame }> = ({ read, frame }) => {
  const { translate, format } = frame;
  return (
    <DataTable
      caption={translate("first lines", { count: read.firstLines.length })}
      rows={read.firstLines}
      columns={[
        { title: translate("column booked"), place: "key", cell: (line) => format.bankDay(line.bookedAt) },
        {
          title: translate("column amount"),
          numeric: true,
          place: "lead",
          cell: (line) => <Money format={format} minor={line.amount} currency={line.currency} />,
        },
        {
          title: translate("column bank text"),
          place: "words",
          cell: (line) => (
            <span class="mono">{[line.counterparty, line.reference, line.text].filter(Boolean).join(" · ")}</span>
          ),
        },
        { title: translate("column line"), place: "spare", numeric: true, cell: (line) => String(line.line) },
      ]}
    />
  );
};

const Confirm: FC<{ read: StatementImported; frame: Frame; csrf: string; query: Query }> = ({
  read,
  frame,
  csrf,
  query,
}) => {
  const { translate } = frame;
  if (read.added === 0) return <p class="message">{translate("nothing new")}</p>;
  return (
    <form method="post" action={frame.path}>
      <input type="hidden" name={CSRF_FIELD} value={csrf} />
      {ANSWERS.map((name) => [name, query(name)] as const).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
      <button type="submit">{translate("import lines", { count: read.added })}</button>
    </form>
  );
};

/** Most errors of lines that are shown: whoever has more has chosen the wrong form. */
const MOST_PROBLEMS = 20;

const Problems: FC<{ refused: BankError; frame: Frame }> = ({ refused, frame }) => {
  const { translate } = frame;
  const { problems } = refused;
  return (
    <section class="panel">
      <h2 class="wrong">{translate("lines not read", { count: problems.length })}</h2>
      <ul class="needs">
        {problems.slice(0, MOST_PROBLEMS).map(({ line, message }) => (
          <li>
            <span lang="en">{message}</span>
            <span class="amount soft">{translate("line n", { line: String(line) })}</span>
          </li>
        ))}
      </ul>
      {problems.length > MOST_PROBLEMS ? (
        <p class="soft small">{translate("more lines", { count: problems.length - MOST_PROBLEMS })}</p>
      ) : null}
    </section>
  );
};

async function readingOf(preview: () => Promise<StatementImported>): Promise<Reading> {
  try {
    return { read: await preview() };
  } catch (error) {
    if (error instanceof BankError) return { refused: error };
    throw error;
  }
}

/** How the file is read, to be changed; open where that is what has to be done. */
const ReadOtherwise: FC<{ frame: Frame; query: Query; asked: readonly string[]; open: boolean }> = (props) => {
  const { translate } = props.frame;
  return (
    <details class="more" open={props.open}>
      <summary>{translate("read otherwise")}</summary>
      <form class="filters" method="get" action={props.frame.path}>
        <ChosenAccount frame={props.frame} />
        <ReadingFields frame={props.frame} query={props.query} leaveOut={props.asked} />
        <button type="submit">{translate("read again")}</button>
      </form>
    </details>
  );
};

/** What the file is, before anything of it is kept: to be confirmed, or read in another way. */
export const previewPage: PageRow = {
  path: "/bank/import/:statement",
  current: "bank",
  async render({ frame, csrf, books, waiting, query }) {
    const { translate } = frame;
    const found: WaitingStatement | undefined = waiting.find(frame.user, query("statement") ?? "");
    if (found === undefined || books.bank === undefined)
      throw new ViewError("view.not-found", "the statement is not kept any more: choose the file again");
    const { bank } = books;
    const reading = await readingOf(() => bank.preview({ ...found, options: optionsOf(query) }));
    const title = translate("preview title", { file: found.fileName });
    const another = (
      <p>
        <a href={linkTo(frame, "/bank/import")}>{translate("another file")}</a>
      </p>
    );
    if ("read" in reading) {
      const { read } = reading;
      return {
        title,
        body: (
          <>
            <section class="panel">
              <h2>{translate("would be read")}</h2>
              <Sums read={read} frame={frame} />
              <Facts read={read} fileName={found.fileName} frame={frame} />
              {[...read.notes, ...read.accepted.map((one) => one.message)].map((note) => (
                <p class="message" lang="en">
                  {note}
                </p>
              ))}
            </section>
            <section class="panel">
              <FirstLines read={read} frame={frame} />
            </section>
            <Confirm read={read} frame={frame} csrf={csrf} query={query} />
            <ReadOtherwise frame={frame} query={query} asked={[]} open={false} />
            {another}
          </>
        ),
      };
    }
    const { refused } = reading;
    return {
      title,
      body: (
        <>
          {refused.problems.length > 0 ? (
            <Problems refused={refused} frame={frame} />
          ) : refused.options.length === 0 ? (
            <p class="message bad" lang="en">
              {refused.message}
            </p>
          ) : null}
          {refused.options.length === 0 ? null : <Question refused={refused} frame={frame} query={query} />}
          <ReadOtherwise
            frame={frame}
            query={query}
            asked={[]}
            open={refused.options.length === 0 && refused.problems.length > 0}
          />
          {another}
        </>
      ),
    };
  },
};
