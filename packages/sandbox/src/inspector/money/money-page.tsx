/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Answer, Call } from "../../http/call.ts";
import type { SandboxContext } from "../../module.ts";
import { Choose, ControlForm, merchantOptions } from "../control/control-form.tsx";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { INSPECTOR_ROOT } from "../frame/inspector-root.ts";
import { Mark, stateTone } from "../frame/marks.tsx";

/** A row of figures by column. */
export type Row = Readonly<Record<string, unknown>>;

const FIGURE = /^-?\d+(\.\d+)?$/;
/** Ids may be all digits, and are no figures. */
const ID = /Id$/;

/** A table that scrolls by itself where it is too wide; figures stand to the right. */
function Table(props: {
  readonly caption: string;
  readonly rows: readonly Row[];
  /** Headings by member, in order. */
  readonly columns: Readonly<Record<string, string>>;
}) {
  if (props.rows.length === 0) return <p class="nothing">{`${props.caption}: none.`}</p>;
  const columns = Object.entries(props.columns)
    .filter(([name]) => props.rows.some((row) => row[name] !== undefined))
    .map(([name, heading]) => ({ name, heading, side: sideOf(name, props.rows) }));
  return (
    <div class="wide" tabindex={0} role="region" aria-label={props.caption}>
      <table>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            {columns.map(({ heading, side }) => (
              <th scope="col" class={side}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr>
              {columns.map(({ name, side }) => (
                <td class={side}>{cell(row[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Columns with nothing but figures stand to the right, with their headings. */
function sideOf(name: string, rows: readonly Row[]): "figure" | undefined {
  return !ID.test(name) && rows.every((row) => FIGURE.test(cell(row[name]))) ? "figure" : undefined;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  return String(value).replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z$/, "$1 $2");
}

interface Truth {
  readonly movements: readonly Row[];
  readonly settlements: readonly Row[];
  readonly running: readonly Row[];
  readonly bank: readonly Row[];
  readonly discrepancies: readonly Row[];
}

interface Kinds {
  readonly kinds: readonly { readonly kind: string; readonly does: string }[];
}

const SHOWN = 100;

/** A merchant's settlements, movements of money and discrepancies, and ways to close it and to plan discrepancies. */
export async function moneyPage(context: SandboxContext, call: Call): Promise<Answer> {
  const merchants = merchantOptions(context);
  const wanted = new URLSearchParams(call.query).get("merchant");
  const merchantId = merchants.find((merchant) => merchant.value === wanted)?.value ?? merchants[0]?.value ?? "";
  const truth = (await context.control("GET", `/truth?merchantId=${encodeURIComponent(merchantId)}`)) as Truth;
  const { kinds } = (await context.control("GET", "/discrepancies")) as Kinds;
  return inspectorPage(context, {
    title: "Money",
    section: "/money",
    live: true,
    aside: (
      <ul class="tabs" aria-label="Merchant">
        {merchants.map((merchant) => (
          <li>
            <a
              href={`${INSPECTOR_ROOT}/money?merchant=${merchant.value}`}
              aria-current={merchant.value === merchantId ? "true" : undefined}
            >
              {merchant.text}
            </a>
          </li>
        ))}
      </ul>
    ),
    children: (
      <>
        <h2>Settlements</h2>
        <Table caption="Closed settlements" rows={truth.settlements.toReversed()} columns={SETTLEMENTS} />
        <Table caption="Running settlements" rows={truth.running} columns={RUNNING} />
        <ControlForm method="POST" path="/settlements" submit="Close the running settlement now">
          <input type="hidden" name="merchantId" value={merchantId} />
        </ControlForm>
        <h2>Discrepancies</h2>
        <ControlForm title="Make the next report wrong" method="POST" path="/discrepancies" submit="Plan it">
          <input type="hidden" name="merchantId" value={merchantId} />
          <Choose
            id="kind"
            name="kind"
            label="Kind"
            options={kinds.map(({ kind, does }) => ({ value: kind, text: `${kind}: ${does}` }))}
          />
        </ControlForm>
        <ControlForm method="DELETE" path="/discrepancies" submit="Cancel planned discrepancies" />
        <ul class="cards">
          {truth.discrepancies.toReversed().map((one) => (
            <li>
              <Mark tone={stateTone(String(one["status"]))}>{String(one["status"])}</Mark>{" "}
              <strong>{String(one["kind"])}</strong>{" "}
              <span class="quiet">
                {[one["what"], one["settlementId"], one["reportId"], one["transactionId"]]
                  .filter((text) => text !== null)
                  .join(" · ")}
              </span>
            </li>
          ))}
        </ul>
        <h2>{`Movements: ${truth.movements.length}`}</h2>
        <Table
          caption={truth.movements.length > SHOWN ? `The latest ${SHOWN} movements` : "Movements"}
          rows={truth.movements.slice(-SHOWN).reverse()}
          columns={MOVEMENTS}
        />
        <h2>Bank</h2>
        <Table caption="Deposits that the bank has booked" rows={truth.bank.toReversed()} columns={BANK} />
      </>
    ),
  });
}

const SETTLEMENTS = {
  settlementId: "Settlement",
  environment: "Environment",
  currency: "Currency",
  start: "From",
  end: "To",
  opening: "Opening",
  transferred: "Transferred",
  reserved: "Reserved",
  carryover: "Carryover",
};
const RUNNING = {
  environment: "Environment",
  currency: "Currency",
  start: "Since",
  reserve: "Reserve",
  carryover: "Carryover",
};
const MOVEMENTS = {
  transactionPostedDate: "Posted",
  transactionType: "Type",
  amazonTransactionId: "Transaction",
  settlementId: "Settlement",
  currencyCode: "Currency",
  transactionAmount: "Amount",
  totalTransactionFee: "Fee",
  netTransactionAmount: "Net",
};
const BANK = { bookedOn: "Booked", amount: "Amount", currency: "Currency", text: "Text" };
