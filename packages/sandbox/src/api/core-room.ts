import type { Room } from "../room.ts";

/** The operations of checkout, charges and accounts. */
export const coreRoom: Room = {
  name: "core",
  install: () => ({ operations: {} }),
};
