import { scaleLinear } from "d3-scale";
import type { FC } from "hono/jsx";

/** A step of a waterfall: a standing total, or a change. */
export interface WaterfallStep {
  readonly label: string;
  /** Minor units; of a total its height, of a change what it adds. */
  readonly minor: bigint;
  readonly kind: "total" | "in" | "out" | "hold";
  /** Where its rows are. */
  readonly href?: string | undefined;
  /** Stands on the ground line although it is no total. */
  readonly standing?: boolean;
  /** The amount in words for the label. */
  readonly text: string;
}

const WIDTH = 920;
const HEIGHT = 300;
const TOP = 34;
const BOTTOM = 44;
const SIDE = 8;

/**
 * How a balance came about: each bar starts where the one before ended. Every bar links to its rows.
 *
 * Only the drawing goes through floating point (pixels); the figures are the exact texts that the caller gives.
 */
export const Waterfall: FC<{ steps: readonly WaterfallStep[]; title: string }> = ({ steps, title }) => {
  let level = 0n;
  const bars = steps.map((step) => {
    const standing = step.kind === "total" || step.standing === true;
    const from = standing ? 0n : level;
    const to = standing ? step.minor : level + step.minor;
    level = to;
    return { ...step, from, to };
  });
  const levels = bars.flatMap(({ from, to }) => [Number(from), Number(to)]);
  const y = scaleLinear([Math.min(0, ...levels), Math.max(1, ...levels)], [HEIGHT - BOTTOM, TOP]);
  const slot = (WIDTH - 2 * SIDE) / Math.max(1, bars.length);
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={title}>
      <line class="axis" x1={SIDE} x2={WIDTH - SIDE} y1={y(0)} y2={y(0)} />
      {bars.map((bar, index) => {
        const x = SIDE + index * slot + slot * 0.14;
        const top = Math.min(y(Number(bar.from)), y(Number(bar.to)));
        const height = Math.max(2, Math.abs(y(Number(bar.from)) - y(Number(bar.to))));
        const middle = x + slot * 0.36;
        const drawing = (
          <g>
            <title>{`${bar.label}: ${bar.text}`}</title>
            <rect class={bar.kind} x={x} y={top} width={slot * 0.72} height={height} rx="3" />
            <text x={middle} y={top - 7} text-anchor="middle">
              {bar.text}
            </text>
            <text class="soft" x={middle} y={HEIGHT - 16} text-anchor="middle">
              {bar.label}
            </text>
          </g>
        );
        const next = bars[index + 1];
        return (
          <>
            {next === undefined || next.standing === true ? null : (
              <line class="link" x1={x + slot * 0.72} x2={x + slot} y1={y(Number(bar.to))} y2={y(Number(bar.to))} />
            )}
            {bar.href === undefined ? (
              drawing
            ) : (
              // Named by what is drawn in it: the figure and its label.
              <a href={bar.href}>{drawing}</a>
            )}
          </>
        );
      })}
    </svg>
  );
};
