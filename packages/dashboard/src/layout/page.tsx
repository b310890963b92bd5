/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Calendar, Role } from "@amazon-pay-kit/ledger";
import type { Child, FC } from "hono/jsx";
import type { Formatter } from "../locale/format.ts";
import { LOCALES } from "../locale/locale.ts";
import { SIGN_OUT } from "../security/sign-in.tsx";
import type { PlainText, Translate } from "../locales/texts.ts";
import { DocumentHead } from "../components/document-head.tsx";

/** The pages of the main navigation, in order. */
const NAVIGATION = [
  ["overview", "/"],
  ["exceptions", "/exceptions"],
  ["settlements", "/settlements"],
  ["bank", "/bank"],
  ["fees", "/fees"],
  ["ageing", "/ageing"],
  ["close", "/close"],
  ["transactions", "/transactions"],
  ["reports", "/reports"],
  ["accounts", "/accounts"],
] as const satisfies readonly (readonly [PlainText, string])[];

/** What the frame of a page needs to know. */
export interface Frame {
  readonly format: Formatter;
  /** Says which day a moment is in, and when days begin. */
  readonly calendar: Calendar;
  /** The texts in the reader's language. */
  readonly translate: Translate;
  /** Path and query of this page, for the language links. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names of the accounts, of very many the first; a choice is shown when there are several. */
  readonly accounts: readonly string[];
  /** Accounts whose names contain what was asked for, where no account is called so; null where one is, and where none was. */
  readonly unknownAccount: readonly string[] | null;
  /** The account that is shown; null for all. */
  readonly account: string | null;
  readonly user: string;
  /** The dashboard takes no changes, from nobody. */
  readonly readOnly: boolean;
  /** Whether this reader may make changes that take a role. What they may not do is not offered. */
  readonly may: (needed: Role) => boolean;
  /** Whether all accounts can be seen together. */
  readonly allAccounts: boolean;
  /** Whether there is a session that can be signed out. */
  readonly signOut: boolean;
}

/** A link that keeps the account and the language. */
export function linkTo(frame: Frame, path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const search = new URLSearchParams();
  if (frame.account !== null) search.set("account", frame.account);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Why a change is not offered: to nobody, or not to this reader. */
export function whyNot(frame: Frame): PlainText {
  return frame.readOnly ? "read only" : "role missing";
}

const LANGUAGE_NAMES = { en: "English", de: "Deutsch", ja: "日本語" } as const;

/** More than these nobody looks through, and every page would carry all of their names. */
export const MOST_TO_CHOOSE_FROM = 200;

/** Which account: chosen from a list, or typed where there are too many of them. */
const AccountField: FC<{ frame: Frame }> = ({ frame: { accounts, account, allAccounts, translate } }) =>
  accounts.length > MOST_TO_CHOOSE_FROM ? (
    <input type="search" name="account" value={account ?? ""} placeholder={translate("all")} autocomplete="off" />
  ) : (
    <select name="account">
      {allAccounts ? <option value="">{translate("all")}</option> : null}
      {accounts.map((name) => (
        <option value={name} selected={name === account}>
          {name}
        </option>
      ))}
    </select>
  );

/** Says that there is no such account, and which may have been meant: of very many nobody types a whole name. */
const UnknownAccount: FC<{ name: string; like: readonly string[]; frame: Frame }> = ({ name, like, frame }) => (
  <p class="message">
    {frame.translate("no such account", { name })}
    {like.length === 0 ? null : (
      <>
        <br />
        {frame.translate("accounts like it")}{" "}
        {like.map((one) => (
          <>
            <a href={linkTo({ ...frame, account: one }, frame.path)}>{one}</a>{" "}
          </>
        ))}
      </>
    )}
  </p>
);

/** The links of the navigation: side by side, and on a phone in a menu that opens. */
const NavigationLinks: FC<{ frame: Frame; current: PlainText | null }> = ({ frame, current }) => (
  <>
    {NAVIGATION.map(([name, path]) => (
      <a href={linkTo(frame, path)} aria-current={name === current ? "page" : undefined}>
        {frame.translate(name)}
      </a>
    ))}
  </>
);

/** The frame around every page: heading, navigation, account and language. */
export const Page: FC<{ frame: Frame; current: PlainText | null; title: string; children?: Child }> = ({
  frame,
  current,
  title,
  children,
}) => {
  const { translate } = frame;
  const { locale, tag } = frame.format;
  const here = (change: Readonly<Record<string, string>>): string => {
    const search = new URLSearchParams(frame.query);
    for (const [name, value] of Object.entries(change)) search.set(name, value);
    return `${frame.path}?${search.toString()}`;
  };
  return (
    <html lang={tag}>
      <DocumentHead title={title}>
        <script src="/assets/keys.js" defer />
      </DocumentHead>
      <body>
        <a class="skip" href="#content">
          {translate("skip")}
        </a>
        <header class="top">
          <div class="top-in">
            <div class="brand">
              <b>Amazon Pay Kit</b>
              <form class="find" method="get" action="/explain" role="search" aria-label={translate("find label")}>
                {frame.account === null ? null : <input type="hidden" name="account" value={frame.account} />}
                <input
                  type="search"
                  name="q"
                  value={frame.path === "/explain" ? (frame.query.get("q") ?? "") : ""}
                  placeholder={translate("find example")}
                  aria-label={translate("find label")}
                  aria-keyshortcuts="/"
                  autocomplete="off"
                  enterkeyhint="search"
                />
              </form>
              <div class="tools">
                {frame.accounts.length > 1 ? (
                  <form method="get" action={frame.path}>
                    <label>
                      {`${translate("account")} `}
                      <AccountField frame={frame} />
                    </label>{" "}
                    <button class="quiet" type="submit">
                      {translate("show")}
                    </button>
                  </form>
                ) : null}
                <span class="nowrap">
                  {LOCALES.map((name, index) => (
                    <>
                      {index > 0 ? " · " : ""}
                      {name === locale ? (
                        <span aria-current="true">{LANGUAGE_NAMES[name]}</span>
                      ) : (
                        <a href={here({ lang: name })} lang={name} hreflang={name}>
                          {LANGUAGE_NAMES[name]}
                        </a>
                      )}
                    </>
                  ))}
                </span>
                {frame.signOut ? (
                  <form method="post" action={SIGN_OUT}>
                    <button class="quiet" type="submit">
                      {translate("sign out")}
                    </button>
                  </form>
                ) : null}
              </div>
            </div>
            <nav class="main" aria-label={translate("navigation")}>
              <NavigationLinks frame={frame} current={current} />
            </nav>
            <details class="menu">
              <summary>{current === null ? translate("menu") : translate(current)}</summary>
              <nav aria-label={translate("menu")}>
                <NavigationLinks frame={frame} current={current} />
              </nav>
            </details>
          </div>
        </header>
        <main id="content" tabindex={-1}>
          <h1>{title}</h1>
          {frame.account === null || frame.unknownAccount === null ? null : (
            <UnknownAccount name={frame.account} like={frame.unknownAccount} frame={frame} />
          )}
          {children}
        </main>
        <footer>{translate("footer", { zone: frame.format.timeZone })}</footer>
      </body>
    </html>
  );
};
