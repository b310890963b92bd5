import { ROLES } from "../store/schema/access.ts";

export { ROLES };

/**
 * What somebody may do. `view` looks; `resolve` explains, assigns, imports statements and matches; `approve` also agrees to write-offs of
 * two people, closes and opens months, accepts settlements and takes files back; `admin` also sets up accounts.
 */
export type Role = (typeof ROLES)[number];

/** Whether a role may do what takes another one. */
export function mayAs(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** What a person or a token may do, and with which accounts. */
export interface Rights {
  readonly role: Role;
  /** Null for all, also those that come later. */
  readonly accounts: readonly string[] | null;
}
