/** How a verdict is painted. */
export const VERDICT_COLOURS: Readonly<Record<string, "green" | "red" | "yellow">> = {
  balanced: "green",
  explained: "yellow",
  exceptions: "red",
};
