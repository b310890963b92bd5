/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { scaleBand, scaleLinear } from "d3-scale";
import type { FC } from "hono/jsx";

/** A column, made of parts that stand on each other. */
export interface ColumnBar {
  readonly label: string;
  readonly parts: readonly {
    readonly kind: string;
    readonly minor: bigint;
    readonly text: string;
    readonly name: string;
  }[];
  /** What all parts are together: written on the tallest column. */
  readonly total: string;
  readonly href: string;
}

/** How the chart is drawn on a wide page, and on a phone: there the newest columns, as many as can be pointed at. */
const WIDE = { name: "wide", width: 1120, left: 84, columns: Number.POSITIVE_INFINITY, labels: 10 };
const NARROW = { name: "narrow", width: 400, left: 76, columns: 10, labels: 3 };
const HEIGHT = 220;
const TOP = 24;
const BOTTOM = 30;
/** So few columns are wide enough for a label under their middle. */
const FEW = 6;

/** Centred under its column, but the outermost ones stay inside the drawing. */
function labelAt(index: number, count: number, left: number, width: number): { x: number; "text-anchor": string } {
  if (count > FEW && index === 0) return { x: left, "text-anchor": "start" };
  if (count > FEW && index === count - 1) return { x: left + width, "text-anchor": "end" };
  return { x: left + width / 2, "text-anchor": "middle" };
}

interface ColumnsGiven {
  readonly bars: readonly ColumnBar[];
  readonly title: string;
  /** An amount of the axis, in minor units. */
  readonly tick: (minor: bigint) => string;
}

/** Amounts over time as columns; each column links to its rows and says its figures in a tooltip. */
export const Columns: FC<ColumnsGiven> = (given) => (
  <>
    <Drawing {...given} size={WIDE} />
    <Drawing {...given} bars={given.bars.slice(-NARROW.columns)} size={NARROW} />
  </>
);

const Drawing: FC<ColumnsGiven & { size: typeof WIDE }> = ({ bars, title, tick, size }) => {
  const { width, left } = size;
  const sums = bars.map((bar) =>
    bar.parts.reduce((sum, part) => sum + Number(part.minor < 0n ? -part.minor : part.minor), 0),
  );
  const x = scaleBand(
    bars.map((_bar, index) => index),
    [left, width - 4],
  ).padding(0.25);
  const y = scaleLinear([0, Math.max(1, ...sums)], [HEIGHT - BOTTOM, TOP]);
  // Whole minor units only: nothing is smaller, and a scale of a few of them would name one twice.
  const ticks = y.ticks(3).filter((minor) => minor > 0 && Number.isInteger(minor));
  const every = Math.max(1, Math.ceil(bars.length / size.labels));
  const tallest = sums.indexOf(Math.max(...sums));
  return (
    <svg class={`chart columns ${size.name}`} viewBox={`0 0 ${width} ${HEIGHT}`} role="group" aria-label={title}>
      {ticks.map((minor) => (
        <>
          <line class="axis" x1={left} x2={width} y1={y(minor)} y2={y(minor)} />
          <text class="soft" x={left - 8} y={y(minor) + 4} text-anchor="end">
            {tick(BigInt(minor))}
          </text>
        </>
      ))}
      <line class="axis" x1={left} x2={width} y1={y(0)} y2={y(0)} />
      {bars.map((bar, index) => {
        let level = 0;
        const words = bar.parts.map((part) => `${part.name} ${part.text}`).join(", ");
        const drawing = (
          <g>
            <title>{`${bar.label}: ${words}`}</title>
            {bar.parts.map((part) => {
              const size = Number(part.minor < 0n ? -part.minor : part.minor);
              const top = y(level + size);
              const height = y(level) - top;
              level += size;
              return (
                <rect
                  class={part.kind}
                  x={x(index) ?? 0}
                  y={top}
                  width={x.bandwidth()}
                  height={Math.max(size === 0 ? 0 : 1, height)}
                  rx="2"
                />
              );
            })}
          </g>
        );
        // Beside the link, not in it: the link's own name says the same in full.
        const labels = (
          <>
            {index % every === 0 ? (
              <text class="soft" {...labelAt(index, bars.length, x(index) ?? 0, x.bandwidth())} y={HEIGHT - 9}>
                {bar.label}
              </text>
            ) : null}
            {index === tallest ? (
              <text {...labelAt(index, bars.length, x(index) ?? 0, x.bandwidth())} y={TOP - 6}>
                {bar.total}
              </text>
            ) : null}
          </>
        );
        return (
          <>
            <a href={bar.href} aria-label={`${bar.label}: ${words}`}>
              {drawing}
            </a>
            {labels}
          </>
        );
      })}
    </svg>
  );
};
