import { styleText } from "node:util";
import type { Screen } from "./terminal.ts";

/** What colours mean here; a style of `node:util`'s `styleText`. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "underline";

/** Colours text, or leaves it alone. */
export type Paint = (style: Style, text: string) => string;

/**
 * Colours for a screen: only when a person watches, `NO_COLOR` is unset and the terminal is not dumb;
 * `FORCE_COLOR` (not `0`) colours whatever happens. See no-color.org.
 */
export function paintFor(screen: Screen, env: Readonly<Record<string, string | undefined>>): Paint {
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  const refused = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  const colour = !refused && (forced || screen.isTTY);
  return (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
}
