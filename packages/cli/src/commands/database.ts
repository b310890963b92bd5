import { rolesScript } from "@amazon-pay-kit/ledger";
import { EXIT } from "../errors.ts";
import type { CommandRow } from "../program/command.ts";

export const databaseRoles: CommandRow = {
  name: "database roles",
  summary: "SQL for least-privilege roles and row-level security",
  description:
    "Prints a script for the owner of the tables. It makes apay_worker, apay_reader and apay_tenant, and lets a tenant's login see the accounts that tenant_access gives it and no others. Run it again after every update; it changes nothing that is right already.",
  examples: [["apay database roles | psql $DATABASE_URL", "set them up, or bring them up to date"]],
  run: (context) => {
    context.terminal.out.write(rolesScript());
    return EXIT.done;
  },
};
