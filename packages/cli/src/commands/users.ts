import {
  addUser,
  formatInstant,
  listUsers,
  removeUser,
  ROLES,
  setUserRole,
  type Role,
  type User,
} from "@amazon-pay-kit/ledger";
import { localUser, requireKnown, withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { argument, flag, text, texts, type CommandRow } from "../program/command.ts";
import type { Column } from "../terminal/table.ts";

const ROLE_HELP =
  "view looks; resolve explains and matches; approve closes, accepts and agrees to write-offs; admin sets up";

function userDocument({ createdAt, ...user }: User): Record<string, unknown> {
  return { ...user, createdAt: formatInstant(createdAt) };
}

const columns: readonly Column<User>[] = [
  { title: "name", value: (one) => one.name, wraps: true },
  { title: "role", value: (one) => one.role },
  { title: "accounts", value: (one) => one.accounts?.join(", ") ?? "all", wraps: true },
  { title: "added", value: (one) => formatInstant(one.createdAt), spare: 2 },
  { title: "by", value: (one) => one.createdBy, spare: 1 },
];

function roleOf(given: string | undefined): Role {
  const role = ROLES.find((one) => one === given);
  if (role !== undefined) return role;
  const what = given === undefined ? "a user needs a role" : `there is no role ${JSON.stringify(given)}`;
  throw new CliError("usage.role", what, { remedy: `choose one of ${ROLES.join(", ")}` });
}

export const usersList: CommandRow = {
  name: "users list",
  summary: "list who may use the dashboard, and how",
  examples: [["apay users list", "names, roles and accounts"]],
  run: (context) =>
    withBooks(context, async ({ store }) => {
      const users = await listUsers({ store });
      if (context.json) context.document({ users: users.map(userDocument) });
      else if (users.length === 0)
        context.line("No users: everybody whom the proxy names may do everything that the dashboard allows.");
      else context.table(users, columns);
      return EXIT.done;
    }),
};

export const usersAdd: CommandRow = {
  name: "users add",
  summary: "let somebody use the dashboard",
  description:
    "Gives a name a role and accounts. The name is the one that the proxy passes in the header of apay dashboard --identity-header, letter by letter. From the first user on, names that are not in the list are refused. Whoever has the dashboard's own token may do everything.",
  arguments: [{ name: "<name>", help: "as the sign-in gives it, such as mara@shop.example" }],
  options: [
    { flags: "--role <role>", help: ROLE_HELP, choices: [...ROLES] },
    { flags: "--for <account>", help: "an account that they see; repeat for several", repeat: true },
    { flags: "--all-accounts", help: "they see every account, also those that come later" },
  ],
  examples: [
    ["apay users add mara@shop.example --role resolve --for shop", "explains differences of one account"],
    ["apay users add ken@shop.example --role approve --all-accounts", "closes months and agrees to write-offs"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ store }) => {
      const accounts = texts(input, "for");
      const all = flag(input, "allAccounts");
      if (all === accounts.length > 0)
        throw new CliError("usage.accounts", "a user sees the accounts of --for, or all of them", {
          remedy: "add --for ACCOUNT, or --all-accounts",
        });
      const role = roleOf(text(input, "role"));
      for (const accountId of accounts) await requireKnown(context, store, accountId);
      const user = await addUser(
        { store, clock: context.clock, who: localUser() },
        { name: argument(input, 0), role, accounts: all ? null : accounts },
      );
      if (context.json) context.document(userDocument(user));
      else context.line(`${user.name} has the role ${role} for ${user.accounts?.join(", ") ?? "all accounts"}`);
      return EXIT.done;
    }),
};

export const usersRole: CommandRow = {
  name: "users role",
  summary: "give a user another role",
  arguments: [
    { name: "<name>", help: "as in apay users list" },
    { name: "<role>", help: ROLE_HELP },
  ],
  examples: [["apay users role mara@shop.example approve", "from the next page on"]],
  run: (context, input) =>
    withBooks(context, async ({ store }) => {
      const role = roleOf(argument(input, 1));
      const user = await setUserRole({ store, clock: context.clock, who: localUser() }, argument(input, 0), role);
      if (context.json) context.document(userDocument(user));
      else context.line(`${user.name} has the role ${role}`);
      return EXIT.done;
    }),
};

export const usersRemove: CommandRow = {
  name: "users remove",
  summary: "let somebody use the dashboard no longer",
  description:
    "The next page that they ask for is refused. The last user is kept, because without users everybody whom the proxy names is let in: --last removes that one too.",
  arguments: [{ name: "<name>", help: "as in apay users list" }],
  options: [{ flags: "--last", help: "also when it is the last one" }],
  examples: [["apay users remove mara@shop.example", "what they have done stays in the audit"]],
  run: (context, input) =>
    withBooks(context, async ({ store }) => {
      const { name } = await removeUser(
        { store, clock: context.clock, who: localUser() },
        argument(input, 0),
        flag(input, "last"),
      );
      if (context.json) context.document({ name, removed: true });
      else context.line(`${name} is no user any more`);
      return EXIT.done;
    }),
};
