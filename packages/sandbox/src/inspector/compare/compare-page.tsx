/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatMillis } from "@amazon-pay-kit/money";
import type { SandboxEvent } from "../../events/event.ts";
import type { Answer, Call } from "../../http/call.ts";
import type { SandboxContext } from "../../module.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { INSPECTOR_ROOT } from "../frame/inspector-root.ts";
import { notFound } from "../frame/not-found.tsx";
import { findKind, hrefOfObject } from "../frame/object-kinds.ts";
import { showObject } from "../frame/show-object.ts";
import { memberPairs } from "./differences.ts";

/** Something that can be compared: a call, or an object. */
interface Side {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly value: unknown;
}

/** Segment for calls, beside the kinds of objects. */
export const CALLS = "calls";

/** How many others are offered. */
const OFFERED = 100;

/**
 * Two calls or two objects of a kind, member by member: `?kind=charges&left=…&right=…`; all members with `&all=yes`, those that
 * differ without.
 */
export function comparePage(context: SandboxContext, call: Call): Answer {
  const query = new URLSearchParams(call.query);
  const kind = query.get("kind") ?? "";
  const section = kind === CALLS ? "" : `/objects/${kind}`;
  const left = sideOf(context, kind, query.get("left") ?? "");
  const right = sideOf(context, kind, query.get("right") ?? "");
  if (left === undefined || right === undefined) {
    return notFound(
      context,
      section,
      "One of the two is not there (any more). Choose again from the page of the other.",
    );
  }
  const all = query.get("all") === "yes";
  const pairs = memberPairs(left.value, right.value);
  const shown = all ? pairs : pairs.filter(({ same }) => !same);
  const differing = pairs.filter(({ same }) => !same).length;
  const address = (more: boolean): string => {
    const wanted = new URLSearchParams({ kind, left: left.id, right: right.id, ...(more ? { all: "yes" } : {}) });
    return `${INSPECTOR_ROOT}/compare?${String(wanted)}`;
  };
  return inspectorPage(context, {
    title: "Compare",
    section,
    children: (
      <>
        <dl class="facts">
          {[
            { side: "Left", ...left },
            { side: "Right", ...right },
          ].map(({ side, href, title }) => (
            <div>
              <dt>{side}</dt>
              <dd>
                <a href={href}>{title}</a>
              </dd>
            </div>
          ))}
        </dl>
        <p class="quiet" id="difference">
          {differing === 0
            ? `All ${pairs.length} members are alike.`
            : `${differing === 1 ? "1 member differs" : `${differing} members differ`}, ${pairs.length - differing} are alike. `}
          <a href={address(!all)}>{all ? "Show only what differs" : "Show all members"}</a>
        </p>
        {shown.length === 0 ? null : (
          <div class="wide" tabindex={0} role="region" aria-label="Members">
            <table class="pairs">
              <thead>
                <tr>
                  <th scope="col">Member</th>
                  <th scope="col">Left</th>
                  <th scope="col">Right</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((pair) => (
                  <tr class={pair.same ? undefined : "differs"}>
                    <th scope="row">{pair.path}</th>
                    <Value text={pair.left} differs={!pair.same} />
                    <Value text={pair.right} differs={!pair.same} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </>
    ),
  });
}

function Value(props: { readonly text: string | undefined; readonly differs: boolean }) {
  if (props.text === undefined) {
    return (
      <td>
        <span class="quiet">not there</span>
      </td>
    );
  }
  return <td>{props.differs ? <mark>{props.text}</mark> : props.text}</td>;
}

function sideOf(context: SandboxContext, kind: string, id: string): Side | undefined {
  if (kind === CALLS) {
    const event = /^\d{1,15}$/.test(id) ? context.events.find(Number(id))?.event : undefined;
    if (event === undefined) return undefined;
    return { id, title: titleOf(event), href: `${INSPECTOR_ROOT}/calls/${id}`, value: comparable(event) };
  }
  const found = findKind(kind);
  const object = found?.get(context.engine, id);
  if (found === undefined || object === undefined) return undefined;
  return { id, title: id, href: hrefOfObject(kind, id), value: showObject(object) };
}

/** What of a call is worth comparing: not its number, nor what is computed from the rest. */
function comparable({
  at,
  merchantId,
  environment,
  operation,
  request,
  response,
  fault,
  changes,
}: SandboxEvent): unknown {
  return {
    at: formatMillis(at),
    merchantId,
    environment,
    operation,
    request,
    response,
    fault,
    changes: changes.map(({ object, id, from, to, reasonCode }) => ({ object, id, from, to, reasonCode })),
  };
}

const titleOf = (event: SandboxEvent): string =>
  `Call ${event.eventId}: ${event.request.method} ${event.request.path}, ${event.response.status}`;

/** A form that leads to the comparison with another of the kind. */
function CompareForm(props: {
  readonly kind: string;
  readonly left: string;
  readonly others: readonly { readonly id: string; readonly text: string }[];
}) {
  if (props.others.length === 0) return null;
  return (
    <form class="control" action={`${INSPECTOR_ROOT}/compare`}>
      <input type="hidden" name="kind" value={props.kind} />
      <input type="hidden" name="left" value={props.left} />
      <div class="fields">
        <p class="field">
          <label for="compare-with">Compare with</label>
          <select id="compare-with" name="right">
            {props.others.map((other) => (
              <option value={other.id}>{other.text}</option>
            ))}
          </select>
        </p>
        <button type="submit">Compare</button>
      </div>
    </form>
  );
}

/** {@link CompareForm} of a call: calls of the same operation first, the latest of each. */
export function CompareCall(props: { readonly context: SandboxContext; readonly event: SandboxEvent }) {
  const { event } = props;
  const others = props.context.events
    .list({})
    .filter(({ eventId }) => eventId !== event.eventId)
    .reverse();
  const alike = (other: SandboxEvent): boolean =>
    other.operation === event.operation && other.request.method === event.request.method;
  const sorted = [...others.filter(alike), ...others.filter((other) => !alike(other))].slice(0, OFFERED);
  return (
    <CompareForm
      kind={CALLS}
      left={String(event.eventId)}
      others={sorted.map((other) => ({ id: String(other.eventId), text: titleOf(other) }))}
    />
  );
}

/** {@link CompareForm} of an object: the latest others of its kind. */
export function CompareObject(props: { readonly context: SandboxContext; readonly kind: string; readonly id: string }) {
  const kind = findKind(props.kind);
  if (kind === undefined) return null;
  const others: { id: string; text: string }[] = [];
  for (const object of kind.all(props.context.engine)) {
    const { id, state } = kind.summary(object);
    if (id !== props.id) others.push({ id, text: `${id}, ${state}` });
  }
  return <CompareForm kind={kind.kind} left={props.id} others={others.reverse().slice(0, OFFERED)} />;
}
