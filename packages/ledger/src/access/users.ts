import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { type Kysely, sql } from "kysely";
import { appendAudit, type AuditState } from "../audit/index.ts";
import { LedgerError } from "../errors.ts";
import type { Schema } from "../store/schema/index.ts";
import type { Store } from "../store/store.ts";
import type { Rights, Role } from "./roles.ts";

/** A person who may use the dashboard. */
export interface User extends Rights {
  /** As the proxy or the sign-in gives it. */
  readonly name: string;
  readonly createdAt: number;
  readonly createdBy: string;
}

/** Codes of {@link UserError}. */
export type UserErrorCode =
  /** A name, or a list of accounts, that makes no sense. */
  | "user.bad"
  /** There is one of that name already. */
  | "user.exists"
  /** There is none of that name. */
  | "user.unknown"
  /** Without any, everybody would be let in. */
  | "user.last";

/** A user cannot be added, changed or removed as asked. */
export class UserError extends LedgerError<UserErrorCode> {}

/** Where users are kept, and who changes them. */
export interface UsersContext {
  readonly store: Store;
  readonly clock: Clock;
  /** Default `unknown`. */
  readonly who?: string | undefined;
}

/** What stands in place of an account in the row of a user of all of them. */
const ALL = "*";
const LONGEST_NAME = 200;

function checkedName(given: string): string {
  const name = given.trim();
  // Control characters would make two names look the same in a list.
  if (name === "" || name.length > LONGEST_NAME || /\p{Cc}/u.test(name))
    throw new UserError("user.bad", `a user has a name of 1 to ${LONGEST_NAME} characters, as the sign-in gives it`);
  return name;
}

const audited = ({ role, accounts }: Rights): AuditState => ({ role, accounts: accounts ?? "all" });

async function usersIn(db: Kysely<Schema>, name?: string): Promise<readonly User[]> {
  const rows = await db
    .selectFrom("user_access")
    .selectAll()
    .$if(name !== undefined, (query) => query.where("name", "=", name ?? ""))
    .orderBy("name")
    .orderBy("account_id")
    .execute();
  const users = new Map<string, User>();
  for (const row of rows) {
    const before = users.get(row.name);
    const all = row.account_id === ALL || before?.accounts === null;
    users.set(row.name, {
      name: row.name,
      role: row.role,
      accounts: all ? null : [...(before?.accounts ?? []), row.account_id],
      createdAt: row.created_at,
      createdBy: row.created_who,
    });
  }
  return [...users.values()];
}

/** Everybody who may use the dashboard, by name. */
export function listUsers({ store }: Pick<UsersContext, "store">): Promise<readonly User[]> {
  return usersIn(store.db);
}

/**
 * What a name may do. While there are no users everybody may do everything, as it was before the first was added.
 *
 * @returns undefined for a name that is none of theirs
 */
export async function rightsOf({ store }: Pick<UsersContext, "store">, name: string): Promise<Rights | undefined> {
  const [user] = await usersIn(store.db, name);
  if (user !== undefined) return { role: user.role, accounts: user.accounts };
  const some = await store.db.selectFrom("user_access").select("name").limit(1).executeTakeFirst();
  return some === undefined ? { role: "admin", accounts: null } : undefined;
}

/** Takes turns with everybody who changes users: each decides by what the one before has left. */
function inTurn<T>({ store }: UsersContext, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  return store.transaction(async (db) => {
    if (store.dialect === "postgres") await sql`select pg_advisory_xact_lock(hashtext('apay users'))`.execute(db);
    return work(db);
  });
}

/**
 * Adds a user of the dashboard.
 *
 * @param wanted accounts are not looked for: one may be added before its first report
 * @throws UserError `user.bad`, `user.exists`
 *
 * @example
 * await addUser({ store, clock, who: "root" }, { name: "mara@shop.example", role: "resolve", accounts: ["shop"] });
 */
export async function addUser(context: UsersContext, wanted: Rights & { readonly name: string }): Promise<User> {
  const name = checkedName(wanted.name);
  const { role, accounts } = wanted;
  if (accounts?.length === 0 || accounts?.some((one) => one === ALL || one.trim() === "") === true)
    throw new UserError("user.bad", "a user needs the names of accounts, or all of them");
  const [createdAt, createdBy] = [context.clock.now(), context.who ?? "unknown"];
  return inTurn(context, async (db) => {
    const [known] = await usersIn(db, name);
    if (known !== undefined)
      throw new UserError(
        "user.exists",
        `there is a user ${JSON.stringify(name)} already, with the role ${known.role}`,
      );
    const own = accounts === null ? [ALL] : [...new Set(accounts)].sort();
    for (const account of own)
      await db
        .insertInto("user_access")
        .values({ account_id: account, name, role, created_at: createdAt, created_who: createdBy })
        .execute();
    const user = { name, role, accounts: accounts === null ? null : own, createdAt, createdBy };
    await appendAudit(context, db, { accountId: null, what: "user.added", subject: name, became: audited(user) });
    return user;
  });
}

async function known(db: Kysely<Schema>, name: string): Promise<User> {
  const [user] = await usersIn(db, name);
  if (user !== undefined) return user;
  throw new UserError("user.unknown", `there is no user ${JSON.stringify(name)}: see apay users list`);
}

/** Gives a user another role. @throws UserError `user.unknown` */
export function setUserRole(context: UsersContext, name: string, role: Role): Promise<User> {
  return inTurn(context, async (db) => {
    const user = await known(db, name);
    if (user.role === role) return user;
    await db.updateTable("user_access").set({ role }).where("name", "=", name).execute();
    const became = { ...user, role };
    await appendAudit(context, db, {
      accountId: null,
      what: "user.role-changed",
      subject: name,
      was: audited(user),
      became: audited(became),
    });
    return became;
  });
}

/**
 * Removes a user: the next page that they ask for is refused.
 *
 * @throws UserError `user.unknown`; `user.last` for the last one while nobody else may use the dashboard: with no users it would be
 * open to everybody whom the proxy names
 */
export function removeUser(context: UsersContext, name: string, open = false): Promise<User> {
  return inTurn(context, async (db) => {
    const user = await known(db, name);
    if (!open && (await usersIn(db)).length === 1)
      throw new UserError(
        "user.last",
        `${name} is the last user: without users the dashboard is open to everybody whom the sign-in names`,
      );
    await db.deleteFrom("user_access").where("name", "=", name).execute();
    await appendAudit(context, db, { accountId: null, what: "user.removed", subject: name, was: audited(user) });
    return user;
  });
}
