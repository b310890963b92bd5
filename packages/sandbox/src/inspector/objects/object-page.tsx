import type { SandboxContext } from "../../module.ts";
import type { Answer } from "../../http/call.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { INSPECTOR_ROOT } from "../frame/inspector-root.ts";
import { Json, Mark, Moment, stateTone } from "../frame/marks.tsx";
import { notFound } from "../frame/not-found.tsx";
import { findKind, type ObjectKind, type ObjectSummary } from "../frame/object-kinds.ts";
import { ObjectRow } from "./objects-page.tsx";
import { relatedTo } from "./related.ts";
import { showObject } from "./show-object.ts";

/** One object: its history, what belongs to it, the calls that were about it, and all its members. */
export function objectPage(context: SandboxContext, name: string, id: string): Answer {
  const kind = findKind(name);
  const object = kind?.get(context.engine, id);
  if (kind === undefined || object === undefined) return notFound(context, "", "There is no such object (any more).");
  const summary = kind.summary(object);
  return inspectorPage(context, {
    title: summary.id,
    section: `/objects/${kind.kind}`,
    live: true,
    aside: <Mark tone={stateTone(summary.state)}>{summary.state}</Mark>,
    children: (
      <>
        <History summary={summary} />
        <RelatedObjects context={context} kind={kind} object={object} id={id} />
        <Calls context={context} id={id} />
        <h2>Members</h2>
        <Json value={showObject(object)} label="Members" />
      </>
    ),
  });
}

function History(props: { readonly summary: ObjectSummary }) {
  const { history } = props.summary;
  if (history.length === 0) return null;
  return (
    <section>
      <h2>History</h2>
      <ol class="history">
        {history.map((transition) => (
          <li>
            <Moment at={transition.at} />
            <Mark tone={stateTone(transition.to)}>{transition.to}</Mark>
            {transition.reasonCode === null ? null : <span class="quiet">{transition.reasonCode}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function RelatedObjects(props: {
  readonly context: SandboxContext;
  readonly kind: ObjectKind;
  readonly object: unknown;
  readonly id: string;
}) {
  const { engine } = props.context;
  const related = relatedTo(engine, props.kind.kind, props.object, props.id).flatMap(({ kind, id }) => {
    const found = findKind(kind);
    const object = found?.get(engine, id);
    return found === undefined || object === undefined ? [] : [{ kind, summary: found.summary(object) }];
  });
  if (related.length === 0) return null;
  return (
    <section>
      <h2>Belongs to it</h2>
      <ul class="rows">
        {related.map(({ kind, summary }) => (
          <ObjectRow kind={kind} summary={summary} now={engine.now()} />
        ))}
      </ul>
    </section>
  );
}

function Calls(props: { readonly context: SandboxContext; readonly id: string }) {
  const calls = props.context.events
    .list()
    .filter((event) => JSON.stringify(event).includes(props.id))
    .slice(-20)
    .reverse();
  if (calls.length === 0) return null;
  return (
    <section>
      <h2>Calls about it</h2>
      <ul class="lines">
        {calls.map((event) => (
          <li>
            <a href={`${INSPECTOR_ROOT}/calls/${event.eventId}`}>
              {event.request.method} {event.request.path}
            </a>{" "}
            <span class="quiet">{event.response.status}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
