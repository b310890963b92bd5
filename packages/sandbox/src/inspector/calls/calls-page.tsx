import type { SandboxEvent } from "../../events/event.ts";
import type { SandboxContext } from "../../module.ts";
import type { Answer, Call } from "../../http/call.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { INSPECTOR_ROOT } from "../frame/inspector-root.ts";
import { Mark, Moment, statusTone } from "../frame/marks.tsx";
import { FILTER_HINT, filterOf } from "./filter.ts";

/** How many calls a page shows. */
const SHOWN = 200;

/** The latest calls that a search finds, newest first. */
export function callsPage(context: SandboxContext, call: Call): Answer {
  const search = new URLSearchParams(call.query).get("q") ?? "";
  const all = context.events.list();
  const found = all.filter(filterOf(search)).reverse();
  return inspectorPage(context, {
    title: "Calls",
    section: "",
    live: true,
    aside: (
      <form class="search" role="search" action={INSPECTOR_ROOT} data-search>
        <label for="q">Search</label>
        <input
          id="q"
          name="q"
          type="search"
          value={search}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="q-hint"
        />
        <p id="q-hint" class="hint">
          {FILTER_HINT}
        </p>
      </form>
    ),
    children: (
      <>
        <p class="quiet">
          {search === "" ? "" : `${found.length} of `}
          {all.length === 1 ? "1 call" : `${all.length} calls`}
          {found.length > SHOWN ? `, the latest ${SHOWN} are shown` : ""}
        </p>
        {found.length === 0 ? <Nothing context={context} search={search} /> : null}
        <ul class="rows calls" data-rows>
          {found.slice(0, SHOWN).map((event) => (
            <CallRow event={event} now={context.engine.now()} />
          ))}
        </ul>
      </>
    ),
  });
}

function CallRow(props: { readonly event: SandboxEvent; readonly now: number }) {
  const { event, now } = props;
  const { request, response } = event;
  return (
    <li>
      <a href={`${INSPECTOR_ROOT}/calls/${event.eventId}`} id={`call-${event.eventId}`}>
        <span class="when">
          <Moment at={event.at} now={now} />
        </span>
        <Mark tone={statusTone(response.status)}>{response.status === 0 ? "none" : response.status}</Mark>
        <span class="what">
          <strong>{request.method}</strong> <span class="path">{request.path}</span>
          {request.query === "" ? null : <span class="quiet">?{request.query}</span>}
        </span>
        <span class="flags">
          {event.operation === null ? null : <span class="quiet">{event.operation}</span>}
          {event.signature?.valid === false ? <Mark tone="bad">signature</Mark> : null}
          {event.fault === null ? null : <Mark tone="wait">{`fault: ${event.fault}`}</Mark>}
          {event.changes.map((change) => (
            <Mark tone="plain">{`${change.object} ${change.from === null ? "" : `${change.from} → `}${change.to}`}</Mark>
          ))}
        </span>
      </a>
    </li>
  );
}

function Nothing(props: { readonly context: SandboxContext; readonly search: string }) {
  if (props.search !== "") return <p class="nothing">No call fits.</p>;
  return (
    <div class="nothing">
      <p>No calls yet. Point a client at this sandbox; each call appears here as it is answered.</p>
      <p>
        API base: <code>{props.context.origin()}/v2</code>, script: <code>{props.context.origin()}/checkout.js</code>
      </p>
    </div>
  );
}
