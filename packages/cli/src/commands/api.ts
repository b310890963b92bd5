import { formatInstant, ROLES, type AccountSummary, type Role } from "@amazon-pay-kit/ledger";
import {
  createApiToken,
  listApiTokens,
  revokeApiToken,
  serveApi,
  type ApiDocuments,
  type ApiToken,
} from "@amazon-pay-kit/worker";
import { localUser, requireKnown, withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { explanationDocument } from "../explain/document.ts";
import { exceptionDocument, rowDocument, settlementDocument } from "../explain/documents.ts";
import { portOf } from "../options/port.ts";
import { endOf } from "../options/times.ts";
import { argument, flag, text, texts, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import type { Column } from "../terminal/table.ts";
import { workLog } from "../workers/work-log.ts";
import { balanceDocument } from "./balance.ts";
import { untilStopped } from "./dashboard.ts";

function accountDocument(one: AccountSummary): Record<string, unknown> {
  return { ...one, lastFetchedAt: one.lastFetchedAt === null ? null : formatInstant(one.lastFetchedAt) };
}

/** The documents of the command line, which the API gives too. */
function documentsOf(context: Context): ApiDocuments {
  return {
    settlement: settlementDocument,
    row: (row) => ({ ...rowDocument(row), currency: row.currency }),
    exception: exceptionDocument,
    explanation: (found) => explanationDocument(context, found),
    balance: balanceDocument,
    account: accountDocument,
  };
}

export const api: CommandRow = {
  name: "api",
  summary: "serve the books to programs over HTTP",
  description:
    "Serves settlements, rows, exceptions, explanations, balances and accounts as JSON, with cursors, to anyone who has a token of apay api tokens create. /openapi.json describes it. It listens on loopback and speaks plain HTTP: put a proxy that ends TLS before it to let others in.",
  options: [
    { flags: "--port <port>", help: "port (default: 8582; 0 picks a free one)" },
    { flags: "--host <host>", help: "address to listen on (default: 127.0.0.1)" },
  ],
  examples: [["apay api --port 8582", "on http://127.0.0.1:8582"]],
  run: (context, input) => {
    const log = workLog(context);
    return withBooks(
      context,
      async ({ store }) => {
        const running = await serveApi({
          store,
          clock: context.clock,
          documents: documentsOf(context),
          calendar: context.calendar(),
          logger: log,
          port: portOf(text(input, "port"), "--port", 8582),
          host: text(input, "host"),
        });
        if (context.json) context.document({ url: running.url });
        else context.info(`API on ${running.url} (Ctrl-C ends it)`);
        await untilStopped(context.signal);
        await running.close();
        return EXIT.done;
      },
      { logger: log },
    );
  },
};

function tokenDocument(token: ApiToken): Record<string, unknown> {
  const at = (moment: number | null): string | null => (moment === null ? null : formatInstant(moment));
  const { createdAt, expiresAt, revokedAt, ...rest } = token;
  return { ...rest, createdAt: at(createdAt), expiresAt: at(expiresAt), revokedAt: at(revokedAt) };
}

/** The role that was named. @throws CliError when both options name one */
function roleOf(input: Input): Role {
  const [role, scope] = [text(input, "role"), text(input, "scope")];
  if (role !== undefined && scope !== undefined)
    throw new CliError("usage.role", "--scope is the earlier name of --role", { remedy: "leave --scope out" });
  return scope === "resolve" ? "resolve" : (ROLES.find((one) => one === role) ?? "view");
}

export const apiTokensCreate: CommandRow = {
  name: "api tokens create",
  summary: "make a token for a program; it is shown this once",
  description:
    "Makes a bearer token for apay api. The ledger keeps a hash of it alone, so note it down now. It sees the accounts of --for, or all of them with --all-accounts, and may look only, unless it has the role resolve.",
  arguments: [{ name: "<label>", help: "whose it is; stands in the history of what it changes" }],
  options: [
    { flags: "--for <account>", help: "an account that it sees; repeat for several", repeat: true },
    { flags: "--all-accounts", help: "it sees every account, also those that come later" },
    { flags: "--role <role>", help: "view to look (default), resolve to explain exceptions too", choices: [...ROLES] },
    { flags: "--scope <scope>", help: "the role by its earlier names", choices: ["read", "resolve"] },
    { flags: "--expires <day>", help: "not valid after this day (default: no end)" },
  ],
  examples: [
    ["apay api tokens create erp --for shop", "a program that reads one account"],
    ["apay api tokens create workflow --all-accounts --role resolve", "one that explains exceptions of all"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ store }) => {
      const accounts = texts(input, "for");
      const all = flag(input, "allAccounts");
      if (all === accounts.length > 0)
        throw new CliError("usage.accounts", "a token sees the accounts of --for, or all of them", {
          remedy: "add --for ACCOUNT, or --all-accounts",
        });
      for (const accountId of accounts) await requireKnown(context, store, accountId);
      const expires = text(input, "expires");
      const { token, created } = await createApiToken(
        { store, clock: context.clock, random: context.random },
        {
          label: argument(input, 0),
          accounts: all ? null : accounts,
          role: roleOf(input),
          createdBy: localUser(),
          expiresAt: expires === undefined ? null : endOf(context, expires, "--expires"),
        },
      );
      if (context.json) context.document({ token, ...tokenDocument(created) });
      else {
        context.line(token);
        context.info(`token ${created.tokenId} of ${created.label}: it is not shown again`);
      }
      return EXIT.done;
    }),
};

const columns: readonly Column<ApiToken>[] = [
  { title: "token", value: (one) => one.tokenId },
  { title: "label", value: (one) => one.label, wraps: true },
  { title: "accounts", value: (one) => one.accounts?.join(", ") ?? "all", wraps: true },
  { title: "role", value: (one) => one.role },
  { title: "expires", value: (one) => (one.expiresAt === null ? "" : formatInstant(one.expiresAt)), spare: 1 },
  { title: "revoked", value: (one) => (one.revokedAt === null ? "" : formatInstant(one.revokedAt)), spare: 2 },
];

export const apiTokensList: CommandRow = {
  name: "api tokens list",
  summary: "list the tokens of apay api, never their text",
  examples: [["apay api tokens list", "who may ask the books, and for which accounts"]],
  run: (context) =>
    withBooks(context, async ({ store }) => {
      const tokens = await listApiTokens({ store });
      if (context.json) context.document({ tokens: tokens.map(tokenDocument) });
      else if (tokens.length === 0) context.line("No tokens: make one with apay api tokens create.");
      else context.table(tokens, columns);
      return EXIT.done;
    }),
};

export const apiTokensRevoke: CommandRow = {
  name: "api tokens revoke",
  summary: "end a token at once",
  arguments: [{ name: "<token>", help: "id from apay api tokens list" }],
  examples: [["apay api tokens revoke 0f3a91c07be2d451", "its next request is refused"]],
  run: (context, input) =>
    withBooks(context, async ({ store }) => {
      const token = await revokeApiToken({ store, clock: context.clock }, argument(input, 0), localUser());
      if (context.json) context.document(tokenDocument(token));
      else context.line(`token ${token.tokenId} of ${token.label} is revoked`);
      return EXIT.done;
    }),
};
