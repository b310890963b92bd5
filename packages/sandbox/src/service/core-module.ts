import { installObjects } from "../engine/install.ts";
import type { Module } from "../module.ts";
import { evidenceUploads } from "../api/operations/evidence-uploads.ts";
import { tradeCalls } from "./trade-calls.ts";

/** The objects that all modules share. */
export const coreModule: Module = {
  name: "core",
  install: ({ engine }) => {
    installObjects(engine);
    return {
      routes: [evidenceUploads(engine)],
      control: tradeCalls(engine),
    };
  },
};
