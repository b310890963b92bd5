/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child, FC } from "hono/jsx";
import type { Frame } from "../../layout/page.tsx";
import { CSRF_FIELD } from "../../security/csrf.ts";

/** A form that is one button, with what it sends: it works without scripts, and a link would change nothing. */
export const OneButton: FC<{
  frame: Frame;
  csrf: string;
  action: string;
  fields: readonly (readonly [name: string, value: string])[];
  children?: Child;
  quiet?: boolean;
}> = ({ csrf, action, fields, children, quiet = true }) => (
  <form method="post" action={action}>
    <input type="hidden" name={CSRF_FIELD} value={csrf} />
    {fields.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button class={quiet ? "quiet" : undefined} type="submit">
      {children}
    </button>
  </form>
);

/** What the last step has done, and the way back. */
export const Outcome: FC<{ children?: Child }> = ({ children }) => (
  <div class="message" role="status">
    {children}
  </div>
);
