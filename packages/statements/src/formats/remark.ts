import type { StatementNote } from "../events.ts";

/** What the bank wrote about a statement as a whole, for a person to see. */
export function remarkNote(
  text: string,
  where: { readonly line: number; readonly file: string | null },
): StatementNote {
  return { type: "note", ...where, code: "statement-text", message: `the bank writes about the statement: ${text}` };
}
