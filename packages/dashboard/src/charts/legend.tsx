/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child, FC } from "hono/jsx";

/** What the colours of a chart mean, and after them a link to its figures. */
export const Legend: FC<{ marks: readonly (readonly [kind: string, text: string])[]; children?: Child }> = ({
  marks,
  children,
}) => (
  <div class="row under">
    <ul class="legend">
      {marks.map(([kind, text]) => (
        <li>
          <i class={kind} />
          {text}
        </li>
      ))}
    </ul>
    {children}
  </div>
);
