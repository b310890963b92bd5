/** Amazon Pay on your own machine. */
export type { Engine } from "./engine/engine.ts";
