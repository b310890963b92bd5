/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { FC, PropsWithChildren } from "hono/jsx";

/** What a badge says by its colour; the words say it too. */
export type Tone = "good" | "bad" | "warn" | "plain";

/** A short word about a state. */
export const Badge: FC<PropsWithChildren<{ tone: Tone }>> = ({ tone, children }) => (
  <span class={`badge ${tone}`}>{children}</span>
);
