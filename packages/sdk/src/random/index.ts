/** Chance as a port: identifiers, jitter and made-up data take a {@link Random}. */
export type { Random } from "./random.ts";
export { systemRandom } from "./system.ts";
export { seededRandom } from "./seeded.ts";
export { alphanumeric, digits, hex, integer, pick, uuid } from "./draws.ts";
