/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { FC } from "hono/jsx";

const WIDTH = 160;

/** Younger money is calm, older money is not. */
const KINDS: Readonly<Record<string, string>> = { "16-30": "hold", "30+": "wrong" };

/** An age with its money. */
export interface AgePart {
  readonly age: string;
  readonly minor: bigint;
  readonly text: string;
  readonly href: string;
}

/** How money is spread over its ages, young to old, as one bar; each part leads to its items. */
export const AgeBar: FC<{ parts: readonly AgePart[]; title: string }> = ({ parts, title }) => {
  const total = parts.reduce((sum, { minor }) => sum + minor, 0n);
  const widths = parts.map(({ minor }) => (total === 0n ? 0 : Number((minor * 1000n) / total) * (WIDTH / 1000)));
  return (
    <svg class="chart pair" viewBox={`0 0 ${WIDTH} 10`} role="group" aria-label={title}>
      {parts.map(({ age, text, href }, index) => (
        <a href={href} aria-label={text}>
          <rect
            class={KINDS[age] ?? "total"}
            x={widths.slice(0, index).reduce((sum, width) => sum + width, 0)}
            y="2"
            width={widths[index]}
            height="8"
            rx="1"
          >
            <title>{text}</title>
          </rect>
        </a>
      ))}
    </svg>
  );
};
