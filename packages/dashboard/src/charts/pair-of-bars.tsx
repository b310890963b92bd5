/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { FC } from "hono/jsx";

const WIDTH = 200;

/** How wide a figure is drawn: minor units against the largest one; only the drawing goes through floating point. */
function widthOf(minor: bigint, most: bigint): number {
  const size = minor < 0n ? -minor : minor;
  return most === 0n ? 0 : Math.max(size === 0n ? 0 : 2, Number((size * 1000n) / most) * (WIDTH / 1000));
}

/** A figure of this month above the same of the month before, both to the scale of the largest one of the picture. */
export const PairOfBars: FC<{ now: bigint; before: bigint; most: bigint; kind: string; title: string }> = (props) => (
  <svg class="chart pair" viewBox={`0 0 ${WIDTH} 22`} role="img" aria-label={props.title}>
    <title>{props.title}</title>
    <rect class={props.kind} x="0" y="2" width={widthOf(props.now, props.most)} height="10" rx="2" />
    <rect class="before" x="0" y="14" width={widthOf(props.before, props.most)} height="5" rx="2" />
  </svg>
);
