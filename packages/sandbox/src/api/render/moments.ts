import { formatCompact } from "@amazon-pay-kit/money";

/** A moment as objects show it: `20190714T155300Z`; null stays null. */
export const showMoment = (instant: number | null): string | null => (instant === null ? null : formatCompact(instant));

/** The environment as objects name it. */
export const showEnvironment = (environment: "sandbox" | "live"): string =>
  environment === "sandbox" ? "Sandbox" : "Live";
