import { installCharges } from "../engine/charges/install.ts";
import { installDisputes } from "../engine/disputes/change-dispute.ts";
import { installPermissions } from "../engine/permissions/install.ts";
import { installRefunds } from "../engine/refunds/install.ts";
import type { Room } from "../room.ts";

/** The operations of checkout, charges and accounts. */
export const coreRoom: Room = {
  name: "core",
  install: ({ engine }) => {
    installPermissions(engine);
    installCharges(engine);
    installRefunds(engine);
    installDisputes(engine);
    return { operations: {} };
  },
};
