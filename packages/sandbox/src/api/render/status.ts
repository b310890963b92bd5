import type { Status } from "../../engine/objects/index.ts";
import { showMoment } from "./moments.ts";

/** `statusDetails` of sessions, charges and refunds. */
export function showStatus({ state, reasonCode, reasonDescription, lastUpdatedAt }: Status<string>): unknown {
  return { state, reasonCode, reasonDescription, lastUpdatedTimestamp: showMoment(lastUpdatedAt) };
}
