import { PARTITIONS, partitionsScript, rolesScript } from "@amazon-pay-kit/ledger";
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
  summary: "SQL for least-privilege roles and row-level security",
  description:
    "Prints a script for the owner of the tables. It makes apay_worker, apay_reader and apay_tenant, and lets a tenant's login see the accounts that tenant_access gives it and no others. Run it again after every update; it changes nothing that is right already.",
  examples: [["apay database roles | psql $DATABASE_URL", "set them up, or bring them up to date"]],
  run: (context) => {
    print(context, rolesScript());
    return EXIT.done;
  },
};

export const databasePartitions: CommandRow = {
  name: "database partitions",
  summary: "SQL that lays the large tables out in partitions by account",
  description:
    "Prints a script for the owner of the tables, to be run once, before the first load: on tables with rows it copies them all with the tables locked. Worth it from some hundred million rows on, or before Citus.",
  options: [{ flags: "--count <partitions>", help: `of each table (default: ${PARTITIONS.usual})` }],
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
