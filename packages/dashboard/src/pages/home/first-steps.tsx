/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child, FC } from "hono/jsx";
import { Badge } from "../../components/badge.tsx";
import { linkTo, type Frame } from "../../layout/page.tsx";

/** What there is to see so far. */
export interface Begun {
  readonly account: boolean;
  readonly settlements: boolean;
  readonly statement: boolean;
}

/** The way from empty books to the first answer: an account, the reports, a statement. Gone when all of it is there. */
export const FirstSteps: FC<{ begun: Begun; frame: Frame }> = ({ begun, frame }) => {
  const { translate } = frame;
  if (begun.account && begun.settlements && begun.statement) return null;
  const step = (done: boolean, title: string, what: Child) => (
    <li>
      <h3>{title}</h3>
      <Badge tone={done ? "good" : "plain"}>{translate(done ? "check done" : "step open")}</Badge>
      {done ? null : <span class="note">{what}</span>}
    </li>
  );
  return (
    <section class="panel" id="first-steps">
      <h2>{translate("first steps")}</h2>
      <ol class="needs">
        {step(
          begun.account,
          translate("first account"),
          <>
            {translate("first account how")} <span class="mono">apay init</span>
          </>,
        )}
        {step(
          begun.settlements,
          translate("first sync"),
          <>
            {translate("first sync how")} <span class="mono">apay sync</span> <span class="mono">apay reconcile</span>
          </>,
        )}
        {step(
          begun.statement,
          translate("first statement"),
          <>
            {translate("first statement how")}{" "}
            {begun.account ? <a href={linkTo(frame, "/bank/import")}>{translate("import title")}</a> : null}
          </>,
        )}
      </ol>
    </section>
  );
};
