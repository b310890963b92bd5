import { coreModule } from "./core-module.ts";
import { settlementModule } from "../settlement/module.ts";
import { checkoutModule } from "../checkout/module.ts";
import { inspectorModule } from "../inspector/module.ts";
import { notificationsModule } from "../notifications/module.ts";
import { discrepanciesModule } from "../discrepancies/module.ts";
import { mwsModule } from "../mws/module.ts";
import { reportsModule } from "../reports/module.ts";
import type { Module } from "../module.ts";

/** Every module of the sandbox: one line each. Operations, routes and control calls of a later one must not clash. */
export const MODULES: readonly Module[] = [
  coreModule,
  checkoutModule,
  notificationsModule,
  settlementModule,
  reportsModule,
  discrepanciesModule,
  mwsModule,
  inspectorModule,
];
