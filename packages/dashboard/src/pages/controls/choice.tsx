/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { FC } from "hono/jsx";
import type { Frame } from "../../layout/page.tsx";
import type { Query } from "../../tables/list-table.ts";
import type { PlainText } from "../../locales/texts.ts";

/** A choice in a form that filters rows: everything, or one of some values. */
export const Choice: FC<{
  frame: Frame;
  label: PlainText;
  name: string;
  chosen: string | undefined;
  /** What can be chosen, and how it is called. */
  options: readonly (readonly [value: string, text: string])[];
  /** How it is called when nothing is chosen. */
  all?: PlainText | undefined;
}> = ({ frame, label, name, chosen, options, all = "all" }) => (
  <label>
    {frame.translate(label)}
    <select name={name}>
      <option value="">{frame.translate(all)}</option>
      {options.map(([value, text]) => (
        <option value={value} selected={chosen === value}>
          {text}
        </option>
      ))}
    </select>
  </label>
);

/** Currencies in which Amazon Pay settles. */
const CURRENCIES = ["USD", "EUR", "GBP", "JPY"];

/** The choice of one currency. */
export const CurrencyChoice: FC<{ frame: Frame; query: Query }> = ({ frame, query }) => (
  <Choice
    frame={frame}
    label="column currency"
    name="currency"
    chosen={query("currency")}
    options={CURRENCIES.map((currency) => [currency, currency])}
  />
);
