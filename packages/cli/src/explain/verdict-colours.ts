/** How a verdict is painted. */
export const VERDICT_COLOURS: Readonly<Record<string, "green" | "red" | "yellow">> = {
  __proto__: null as never,
  balanced: "green",
  explained: "yellow",
  exceptions: "red",
};
