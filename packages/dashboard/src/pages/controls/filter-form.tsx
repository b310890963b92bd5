/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child, FC } from "hono/jsx";
import type { Frame } from "../../layout/page.tsx";
import type { PlainText } from "../../locales/texts.ts";
import type { Query } from "../../tables/list-table.ts";

/** The form that filters a list. The account and the order that were chosen before stay chosen. */
export const FilterForm: FC<{
  frame: Frame;
  query: Query;
  /** Path of the list. */
  action: string;
  /** Label of the field in which people search; none where the list cannot be searched. */
  search?: PlainText;
  /** The other fields. */
  children?: Child;
  /** What stands behind the button. */
  after?: Child;
}> = ({ frame: { account, translate }, query, action, search, children, after }) => (
  <form class="filters" method="get" action={action}>
    {account === null ? null : <input type="hidden" name="account" value={account} />}
    {query("sort") === undefined ? null : <input type="hidden" name="sort" value={query("sort")} />}
    {search === undefined ? null : (
      <label>
        {translate(search)}
        <input type="search" name="q" value={query("q") ?? ""} />
      </label>
    )}
    {children}
    <button type="submit">{translate("show")}</button>
    {after}
  </form>
);
