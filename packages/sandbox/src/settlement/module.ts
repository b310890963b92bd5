import type { Module } from "../module.ts";
import { booksControl } from "./control/routes.ts";
import { installBooks } from "./install.ts";

/** The money side: what moved, what it cost, what was settled and paid out. */
export const settlementModule: Module = {
  name: "books",
  install({ engine }) {
    installBooks(engine);
    return { control: booksControl(engine) };
  },
};
