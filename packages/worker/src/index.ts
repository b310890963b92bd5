/** The books as a service: jobs that any number of processes share, a watch of one process, hooks, health and figures. */
export * from "./api/index.ts";
export * from "./hooks/index.ts";
export * from "./jobs/index.ts";
export * from "./metrics/index.ts";
export { watch, type WatchOptions } from "./watch/watch.ts";
