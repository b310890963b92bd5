/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { SandboxContext } from "../../module.ts";
import type { Answer } from "../../http/call.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { Mark, Moment, stateTone } from "../frame/marks.tsx";
import { hrefOfObject, OBJECT_KINDS } from "../frame/object-kinds.ts";
import type { Transition } from "../../engine/objects/index.ts";

const SHOWN = 200;

/** The latest changes of state of all objects, newest first, whether a call or the clock made them. */
export function changesPage(context: SandboxContext): Answer {
  const { engine } = context;
  const changes: { readonly kind: string; readonly id: string; readonly transition: Transition }[] = [];
  for (const kind of OBJECT_KINDS) {
    for (const object of kind.all(engine)) {
      const { id, history } = kind.summary(object);
      for (const transition of history) changes.push({ kind: kind.kind, id, transition });
    }
  }
  // Sorting keeps the order of arrival where two happened at one moment.
  changes.sort((left, right) => left.transition.at - right.transition.at);
  const latest = changes.slice(-SHOWN).reverse();
  return inspectorPage(context, {
    title: "Changes",
    section: "/changes",
    live: true,
    children: (
      <>
        <p class="quiet">{`${changes.length === 1 ? "1 change" : `${changes.length} changes`} of state${changes.length > SHOWN ? `, the latest ${SHOWN} are shown` : ""}`}</p>
        {latest.length === 0 ? <p class="nothing">Nothing has changed yet.</p> : null}
        <ul class="rows" data-rows>
          {latest.map(({ kind, id, transition }) => (
            <li>
              <a href={hrefOfObject(kind, id)}>
                <span class="when">
                  <Moment at={transition.at} now={engine.now()} />
                </span>
                <Mark tone={stateTone(transition.to)}>{transition.to}</Mark>
                <span class="what">
                  <span class="path">{id}</span>{" "}
                  <span class="quiet">{transition.from === null ? "new" : `was ${transition.from}`}</span>
                </span>
                <span class="flags">
                  {transition.reasonCode === null ? null : <span class="quiet">{transition.reasonCode}</span>}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}
