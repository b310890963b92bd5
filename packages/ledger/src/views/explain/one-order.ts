import type { Kysely } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { TransactionKeys } from "./transaction.ts";

/** Rows and records that were matched with each other, of those that some keys name. */
interface Linked {
  readonly fileId: number;
  readonly line: number;
  readonly recordId: number;
  readonly permissionId: string | null;
  readonly transactionId: string | null;
}

const key = (kind: string, value: string | number): string => `${kind} ${value}`;

function namesOf(keys: TransactionKeys, order: string | null): string[] {
  return [
    ...keys.permissionIds.map((id) => key("permission", id)),
    ...keys.transactionIds.map((id) => key("transaction", id)),
    ...keys.recordIds.map((id) => key("record", id)),
    ...keys.places.map(({ fileId, line }) => key("place", `${fileId}:${line}`)),
    ...(order === null ? [] : [key("order", order)]),
  ];
}

async function linkedOf(db: Kysely<Schema>, accountId: string, all: readonly TransactionKeys[]): Promise<Linked[]> {
  const ofAccount = db
    .selectFrom("row_match as m")
    .innerJoin("settlement_row as r", (join) =>
      join
        .onRef("r.account_id", "=", "m.account_id")
        .onRef("r.file_id", "=", "m.file_id")
        .onRef("r.line", "=", "m.line"),
    )
    .select(["r.file_id", "r.line", "r.permission_id", "r.transaction_id", "m.counterpart_id"])
    .where("m.account_id", "=", accountId)
    .where("m.counterpart", "=", "record");
  const recordIds = all.flatMap((one) => one.recordIds).map(String);
  const rows = [
    ...(await inChunks(new Set(recordIds), (some) => ofAccount.where("m.counterpart_id", "in", [...some]).execute())),
    ...(await inChunks(new Set(all.flatMap((one) => one.permissionIds)), (some) =>
      ofAccount.where("r.permission_id", "in", [...some]).execute(),
    )),
    ...(await inChunks(new Set(all.flatMap((one) => one.transactionIds)), (some) =>
      ofAccount.where("r.transaction_id", "in", [...some]).execute(),
    )),
  ];
  return rows.map((row) => ({
    fileId: row.file_id,
    line: row.line,
    recordId: Number(row.counterpart_id),
    permissionId: row.permission_id,
    transactionId: row.transaction_id,
  }));
}

/**
 * Puts together what is one order: keys that name the same permission, transaction, record or row, and those whose row and
 * record were matched with each other. So an order is one block, however its rows and records were found.
 *
 * @param order the order number by which all of them were found; null where it was something else
 */
export async function oneBlockEach(
  db: Kysely<Schema>,
  all: readonly TransactionKeys[],
  order: string | null,
): Promise<readonly TransactionKeys[]> {
  const merged: TransactionKeys[] = [];
  for (const accountId of new Set(all.map((one) => one.accountId))) {
    const own = all.filter((one) => one.accountId === accountId);
    const links = (await linkedOf(db, accountId, own)).map(
      ({ fileId, line, recordId, permissionId, transactionId }): TransactionKeys => ({
        accountId,
        permissionIds: permissionId === null ? [] : [permissionId],
        transactionIds: permissionId === null && transactionId !== null ? [transactionId] : [],
        recordIds: [recordId],
        places: [{ fileId, line }],
      }),
    );
    const groups: { names: Set<string>; members: TransactionKeys[] }[] = [];
    for (const [index, one] of [...own, ...links].entries()) {
      const names = new Set(namesOf(one, index < own.length ? order : null));
      const touching = groups.filter((group) => [...names].some((name) => group.names.has(name)));
      const into = touching[0] ?? { names: new Set<string>(), members: [] };
      if (touching.length === 0) groups.push(into);
      for (const other of touching.slice(1)) {
        for (const name of other.names) into.names.add(name);
        into.members.push(...other.members);
        groups.splice(groups.indexOf(other), 1);
      }
      for (const name of names) into.names.add(name);
      into.members.push(one);
    }
    for (const { members } of groups) merged.push(together(accountId, members));
  }
  return merged;
}

function together(accountId: string, members: readonly TransactionKeys[]): TransactionKeys {
  const places = new Map(
    members.flatMap((one) => one.places).map((place) => [`${place.fileId}:${place.line}`, place] as const),
  );
  return {
    accountId,
    permissionIds: [...new Set(members.flatMap((one) => one.permissionIds))],
    transactionIds: [...new Set(members.flatMap((one) => one.transactionIds))],
    recordIds: [...new Set(members.flatMap((one) => one.recordIds))],
    places: [...places.values()],
  };
}
