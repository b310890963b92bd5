/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Engine } from "../../engine/engine.ts";
import type { Charge, CheckoutSession, Dispute, Refund } from "../../engine/objects/index.ts";
import type { Answer } from "../../http/call.ts";
import type { SandboxContext } from "../../module.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { INSPECTOR_ROOT } from "../frame/inspector-root.ts";
import { Json, Mark, Moment, stateTone } from "../frame/marks.tsx";
import { notFound } from "../frame/not-found.tsx";
import { findKind, type ObjectKind, type ObjectSummary } from "../frame/object-kinds.ts";
import { CompareObject } from "../compare/compare-page.tsx";
import { Actions } from "./actions.tsx";
import { ObjectRow } from "./objects-page.tsx";
import { showObject } from "../frame/show-object.ts";

/** Another object that belongs to one. */
export interface Related {
  readonly kind: string;
  readonly id: string;
}

/** What belongs to an object, by the object's kind. */
const RELATED: Readonly<Record<string, (engine: Engine, object: never, id: string) => readonly Related[]>> = {
  __proto__: null as never,
  sessions: (_, session: CheckoutSession) => [
    ...one("permissions", session.chargePermissionId),
    ...one("charges", session.chargeId),
  ],
  permissions: (engine, _, id) => [
    ...[...engine.state.checkoutSessions.values()]
      .filter((session) => session.chargePermissionId === id)
      .flatMap((session) => one("sessions", session.checkoutSessionId)),
    ...[...engine.state.charges.under("permission", id)].flatMap((charge) => one("charges", charge.chargeId)),
  ],
  charges: (engine, charge: Charge, id) => [
    ...one("permissions", charge.chargePermissionId),
    ...[...engine.state.refunds.under("charge", id)].flatMap((refund) => one("refunds", refund.refundId)),
    ...[...engine.state.disputes.under("charge", id)].flatMap((dispute) => one("disputes", dispute.disputeId)),
  ],
  refunds: (_, refund: Refund) => [
    ...one("charges", refund.chargeId),
    ...one("permissions", refund.chargePermissionId),
  ],
  disputes: (_, dispute: Dispute) => one("charges", dispute.chargeId),
};

/** The objects that belong to an object. */
function relatedTo(engine: Engine, kind: string, object: unknown, id: string): readonly Related[] {
  const find = Object.hasOwn(RELATED, kind) ? RELATED[kind] : undefined;
  return find === undefined ? [] : find(engine, object as never, id);
}

function one(kind: string, id: string | null): readonly Related[] {
  return id === null ? [] : [{ kind, id }];
}

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
        <Actions context={context} kind={kind.kind} object={object} />
        <History summary={summary} />
        <RelatedObjects context={context} kind={kind} object={object} id={id} />
        <Calls context={context} id={id} />
        <h2>Members</h2>
        <CompareObject context={context} kind={kind.kind} id={id} />
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
