import {
  type ExplanationReason,
  mayAs,
  type Rights,
  rightsOf,
  type Role,
  ViewError,
  type ViewContext,
} from "@amazon-pay-kit/ledger";
import type { Context, MiddlewareHandler } from "hono";
import type { Books } from "../books.ts";
import type { Identity } from "./access.ts";

/**
 * Looks up what somebody may do whom the proxy names, at each request: a role that was taken away is gone with the next page.
 *
 * @param refuse answers a name that is none of the users'
 */
export function lookUpRights(
  views: ViewContext,
  refuse: (context: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  return async (context, next) => {
    const { name } = context.get("identity");
    const rights = await rightsOf(views, name);
    if (rights === undefined) return refuse(context);
    context.set("identity", { name, ...rights });
    return next();
  };
}

/** Whether somebody sees an account; undefined stands for all of them. */
export function sees({ accounts }: Rights, account: string | undefined): boolean {
  return accounts === null || (account !== undefined && accounts.includes(account));
}

/**
 * Keeps people to their accounts: a page of all of them is that of their first one, and another account is as unknown as one that
 * there is not. What a form names beside its address is looked at in {@link booksFor}.
 *
 * @param unknown answers an account that they do not see
 */
export function ownAccounts(
  unknown: (context: Context, account: string) => Response | Promise<Response>,
): MiddlewareHandler {
  return async (context, next) => {
    const { accounts } = context.get("identity");
    const account = context.req.query("account") || undefined;
    if (accounts === null) return next();
    if (account !== undefined) return accounts.includes(account) ? next() : unknown(context, account);
    if (context.req.method === "POST") return next();
    const url = new URL(context.req.url);
    url.searchParams.set("account", accounts[0] ?? "");
    return context.redirect(`${url.pathname}${url.search}`, 303);
  };
}

/** The books as somebody may use them: of their accounts alone, and with their own word in what takes two people. */
export function booksFor(books: Books, identity: Identity): Books {
  const mayApprove = mayAs(identity.role, "approve");
  const { assign, note, accept, journal, bank, closing, firstRun } = books;
  const own = <Given extends readonly unknown[], Result>(
    work: (account: string, ...given: Given) => Promise<Result>,
  ): ((account: string, ...given: Given) => Promise<Result>) => {
    return async (account, ...given) => work(required(identity, account) ?? "", ...given);
  };
  const ownOrAll = <Given extends readonly unknown[], Result>(
    work: (account: string | undefined, ...given: Given) => Promise<Result>,
  ): ((account: string | undefined, ...given: Given) => Promise<Result>) => {
    return async (account, ...given) => work(required(identity, account), ...given);
  };
  return {
    fileLines: ownOrAll((...given) => books.fileLines(...given)),
    explain: own((account, id: string, text: string, who: string, reason?: ExplanationReason) =>
      mayApprove
        ? books.explain(account, id, text, who, ...(reason === undefined ? [] : [reason]))
        : books.explain(account, id, text, who, reason, false),
    ),
    reopen: own((...given) => books.reopen(...given)),
    ...(assign && { assign: own((...given) => assign.call(books, ...given)) }),
    ...(note && { note: own((...given) => note.call(books, ...given)) }),
    ...(accept && { accept: own((...given) => accept.call(books, ...given)) }),
    ...(journal && { journal: own((...given) => journal.call(books, ...given)) }),
    // An account is set up for all who see everything.
    ...(identity.accounts === null && mayAs(identity.role, "admin") && { firstRun }),
    ...(bank && {
      bank: {
        preview: async (statement) =>
          bank.preview({ ...statement, accountId: required(identity, statement.accountId) }),
        import: async (statement, who) =>
          bank.import({ ...statement, accountId: required(identity, statement.accountId) }, who),
        withdraw: own((...given) => bank.withdraw(...given)),
        match: own((...given) => bank.match(...given)),
        unmatch: own((...given) => bank.unmatch(...given)),
      },
    }),
    ...(closing && {
      closing: {
        check: ownOrAll((...given) => closing.check(...given)),
        close: ownOrAll((...given) => closing.close(...given)),
        reopen: ownOrAll((...given) => closing.reopen(...given)),
        pack: ownOrAll((...given) => closing.pack(...given)),
      },
    }),
  };
}

/** The account, if they see it; their only one where none is named. @throws ViewError `view.not-found` as for one that there is not */
function required({ accounts }: Rights, account: string | undefined): string | undefined {
  if (accounts === null) return account;
  const [only, ...others] = accounts;
  const named = account ?? (others.length === 0 ? only : undefined);
  if (named !== undefined && accounts.includes(named)) return named;
  throw new ViewError(
    "view.not-found",
    named === undefined ? "name one of your accounts" : `there is no account ${JSON.stringify(named)}`,
  );
}

/** Whether a role, in a dashboard that may be read-only, allows a change. */
export function mayChange(identity: Rights, readOnly: boolean, needed: Role): boolean {
  return !readOnly && mayAs(identity.role, needed);
}
