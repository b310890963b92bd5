import { PARTITIONS, partitionsScript, rolesScript, schemaState } from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { text, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { wholeOf } from "../options/whole.ts";

function print(context: Context, sql: string): void {
  if (context.json) context.document({ sql });
  else context.terminal.out.write(sql);
}

export const databaseRoles: CommandRow = {
  name: "database roles",
  summary: "print SQL for least-privilege roles and row-level security",
  description:
    "Prints an SQL script to run as the owner of the tables. It creates apay_worker, apay_reader and apay_tenant, and limits a tenant's login to the accounts that tenant_access grants it. Run it again after every update; it is safe to repeat.",
  examples: [["apay database roles | psql $DATABASE_URL", "create or update the roles"]],
  run: (context) => {
    print(context, rolesScript());
    return EXIT.done;
  },
};

export const databasePartitions: CommandRow = {
  name: "database partitions",
  summary: "print SQL that partitions the large tables by account",
  description:
    "Prints an SQL script to run once, as the owner of the tables, before the first load: on tables with rows it copies all of them while the tables are locked. Useful from a few hundred million rows, or before moving to Citus.",
  options: [{ flags: "--count <partitions>", help: `partitions per table (default: ${PARTITIONS.usual})` }],
  examples: [
    ["apay worker --prepare && apay database partitions | psql $DATABASE_URL", "a database for a billion rows"],
  ],
  run: (context, input) => {
    const count = wholeOf(text(input, "count"), "--count", PARTITIONS.least) ?? PARTITIONS.usual;
    if (count > PARTITIONS.most)
      throw new CliError("usage.number", `--count: ${count} partitions are more than ${PARTITIONS.most}`, {
        remedy: "64 are enough for a billion rows",
      });
    print(context, partitionsScript(count));
    return EXIT.done;
  },
};

export const databaseVersion: CommandRow = {
  name: "database version",
  summary: "show the version of the ledger's tables and which versions of the kit work with them",
  description:
    "Opens the ledger and shows the version of its tables, the version that this kit makes, and the oldest version whose kit still works with them. Before you roll a release back, compare the last with the version that the earlier release shows: it starts when its own is at least that.",
  examples: [["apay database version", "before and after an update"]],
  run: (context) =>
    withBooks(context, async ({ store }) => {
      const { kit, tables, minReader } = await schemaState(store.db);
      if (context.json) context.document({ kit, tables, minReader });
      else {
        context.line(`tables of the ledger: version ${tables}; this kit makes version ${kit}`);
        context.line(`kits that know version ${minReader} or later work with them`);
      }
      return EXIT.done;
    }),
};
