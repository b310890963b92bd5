import type { Module } from "../module.ts";
import { discrepancyControl } from "./control/routes.ts";
import { installDiscrepancies } from "./install.ts";

/** Reports that are wrong on request, and the truth that they are held against. */
export const discrepanciesModule: Module = {
  name: "discrepancies",
  install({ engine }) {
    installDiscrepancies(engine);
    return { control: discrepancyControl(engine) };
  },
};
