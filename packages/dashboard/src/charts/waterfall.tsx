/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { scaleLinear } from "d3-scale";
import type { FC } from "hono/jsx";

/** A step of a waterfall: a standing total, or a change. */
export interface WaterfallStep {
  readonly label: string;
  /** Minor units; of a total its height, of a change what it adds. */
  readonly minor: bigint;
  readonly kind: "total" | "in" | "out" | "hold";
  /** Where its rows are. */
  readonly href: string;
  /** Stands on the ground line although it is no total. */
  readonly standing?: boolean;
  /** The amount in words for the label. */
  readonly text: string;
}

interface Bar extends WaterfallStep {
  readonly from: number;
  readonly to: number;
}

const WIDTH = 920;
const HEIGHT = 300;
const TOP = 34;
const BOTTOM = 44;
const SIDE = 8;

const NARROW = 340;
const LINE = 46;
const THICK = 16;

/** Where each bar begins and ends: where the one before ended, but totals at the ground line. */
function barsOf(steps: readonly WaterfallStep[]): readonly Bar[] {
  let level = 0n;
  return steps.map((step) => {
    const standing = step.kind === "total" || step.standing === true;
    const from = standing ? 0n : level;
    level = standing ? step.minor : level + step.minor;
    return { ...step, from: Number(from), to: Number(level) };
  });
}

function span(bars: readonly Bar[]): [number, number] {
  const levels = bars.flatMap(({ from, to }) => [from, to]);
  return [Math.min(0, ...levels), Math.max(1, ...levels)];
}

/** Bars beside each other, for wide screens. */
const Standing: FC<{ bars: readonly Bar[]; title: string }> = ({ bars, title }) => {
  const y = scaleLinear(span(bars), [HEIGHT - BOTTOM, TOP]);
  const slot = (WIDTH - 2 * SIDE) / Math.max(1, bars.length);
  return (
    <svg class="chart wide" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={title}>
      <line class="axis" x1={SIDE} x2={WIDTH - SIDE} y1={y(0)} y2={y(0)} />
      {bars.map((bar, index) => {
        const x = SIDE + index * slot + slot * 0.14;
        const top = Math.min(y(bar.from), y(bar.to));
        const height = Math.max(2, Math.abs(y(bar.from) - y(bar.to)));
        const middle = x + slot * 0.36;
        const next = bars[index + 1];
        return (
          <>
            {next === undefined || next.standing === true ? null : (
              <line class="link" x1={x + slot * 0.72} x2={x + slot} y1={y(bar.to)} y2={y(bar.to)} />
            )}
            {/* Named by what is drawn in it: the figure and its label. */}
            <a href={bar.href}>
              <title>{`${bar.label}: ${bar.text}`}</title>
              <rect class={bar.kind} x={x} y={top} width={slot * 0.72} height={height} rx="3" />
              <text x={middle} y={top - 7} text-anchor="middle">
                {bar.text}
              </text>
              <text class="soft" x={middle} y={HEIGHT - 16} text-anchor="middle">
                {bar.label}
              </text>
            </a>
          </>
        );
      })}
    </svg>
  );
};

/** Bars below each other, each under its label and figure, for phones. */
const Lying: FC<{ bars: readonly Bar[]; title: string }> = ({ bars, title }) => {
  const x = scaleLinear(span(bars), [0, NARROW]);
  return (
    <svg class="chart narrow" viewBox={`0 0 ${NARROW} ${bars.length * LINE}`} role="group" aria-label={title}>
      {bars.map((bar, index) => {
        const top = index * LINE;
        const left = Math.min(x(bar.from), x(bar.to));
        const next = bars[index + 1];
        return (
          <>
            {next === undefined || next.standing === true ? null : (
              <line class="link" x1={x(bar.to)} x2={x(bar.to)} y1={top + 20 + THICK} y2={top + LINE + 20} />
            )}
            <a href={bar.href}>
              <text class="soft" x="0" y={top + 14}>
                {bar.label}
              </text>
              <text x={NARROW} y={top + 14} text-anchor="end">
                {bar.text}
              </text>
              <rect
                class={bar.kind}
                x={left}
                y={top + 20}
                width={Math.max(2, Math.abs(x(bar.to) - x(bar.from)))}
                height={THICK}
                rx="3"
              />
            </a>
          </>
        );
      })}
    </svg>
  );
};

/**
 * How a balance came about: each bar starts where the one before ended, and links to its rows. It is drawn twice, for wide and
 * for narrow screens; the style sheet shows one of them.
 *
 * Only the drawing goes through floating point (pixels); the figures are the exact texts that the caller gives.
 */
export const Waterfall: FC<{ steps: readonly WaterfallStep[]; title: string }> = ({ steps, title }) => {
  const bars = barsOf(steps);
  return (
    <>
      <Standing bars={bars} title={title} />
      <Lying bars={bars} title={title} />
    </>
  );
};
