import {
  distribute,
  distributeScript,
  PARTITIONS,
  partitionsScript,
  rolesScript,
  schemaState,
  SHARDS,
} from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { flag, text, type CommandRow } from "../program/command.ts";
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
    "Prints an SQL script to run once, as the owner of the tables, before the first load: on tables with rows it copies all of them while the tables are locked. Useful from a few hundred million rows. Not for tables that are to move to Citus, which has shards instead.",
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

export const databaseDistribute: CommandRow = {
  name: "database distribute",
  summary: "print or run SQL that distributes the tables over the nodes of Citus",
  description:
    "Prints an SQL script to run as the owner of the tables on the coordinator of a Citus cluster. It distributes every table by account, in one colocation group, with the rows that are there; the job queue stays on the coordinator. Stop the workers first, and run it again after every update; it is safe to repeat. Afterwards run the script of database roles, if you use it.",
  options: [
    {
      flags: "--shards <count>",
      help: `shards per table, when the tables are first distributed (default: ${SHARDS.usual})`,
    },
    { flags: "--run", help: "run the script on the configured database instead of printing it" },
  ],
  examples: [
    ["apay database distribute | psql -v ON_ERROR_STOP=1 $DATABASE_URL", "distribute the tables"],
    ["apay database distribute --run", "the same, and say what was done"],
  ],
  run: async (context, input) => {
    const shards = wholeOf(text(input, "shards"), "--shards", SHARDS.least) ?? SHARDS.usual;
    if (shards > SHARDS.most)
      throw new CliError("usage.number", `--shards: ${shards} shards are more than ${SHARDS.most}`, {
        remedy: "twice the number of processors of all nodes is enough",
      });
    if (!flag(input, "run")) {
      print(context, distributeScript(shards));
      return EXIT.done;
    }
    return withBooks(context, async ({ store }) => {
      const done = await distribute(store, shards);
      if (context.json) context.document(done);
      else
        context.line(
          `${done.tables} tables distributed by account, ${done.added} of them now: ${done.shards} shards each on ${done.nodes} nodes`,
        );
      return EXIT.done;
    });
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
