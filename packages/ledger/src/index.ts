/** The books: archive, store, sync, reconcile and export. */
export type { Schema } from "./store/schema/index.ts";
export type { Store } from "./store/store.ts";
