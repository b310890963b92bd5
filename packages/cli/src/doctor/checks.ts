import type { Check } from "./check.ts";
import { clockCheck } from "./clock.ts";
import { connectionCheck } from "./connection.ts";
import { keyIdCheck } from "./key-id.ts";
import { keyCheck } from "./key.ts";
import { leasesCheck } from "./leases.ts";
import { storeCheck } from "./store.ts";

/** What the doctor looks at, in this order. */
export const CHECKS: readonly Check[] = [keyCheck, keyIdCheck, connectionCheck, clockCheck, storeCheck, leasesCheck];
