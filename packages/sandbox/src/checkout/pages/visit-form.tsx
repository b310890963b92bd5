/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { PageTexts } from "../locales/page-texts.ts";

/** A form of a visit's step, with its ways on, back and out. */
export interface VisitFormProps {
  readonly texts: PageTexts;
  readonly store: string;
  /** Path of the visit: `/checkout/visits/<id>`. */
  readonly visitPath: string;
  readonly step: string;
  /** Mark of the form guard. */
  readonly mark: string;
  /** Step to go back to. */
  readonly back?: string | undefined;
  /** Words of the main button. Default: continue. */
  readonly submit?: string | undefined;
  /** Words that a script gives the main button, which cannot be used before; `{amount}` is replaced. Default: none. */
  readonly pay?: string | undefined;
  readonly children?: Child;
}

/** One form for the whole page: the other buttons send it elsewhere. */
export function VisitForm(props: VisitFormProps) {
  const { texts, visitPath } = props;
  return (
    <form method="post" action={`${visitPath}/${props.step}`}>
      <input type="hidden" name="mark" value={props.mark} />
      {props.children}
      <div class="ways">
        <button class="main" type="submit" disabled={props.pay !== undefined} data-pay={props.pay}>
          {props.submit ?? texts.fill("continue")}
        </button>
        {props.back === undefined ? null : (
          <a class="quiet" href={`${visitPath}/${props.back}`}>
            {texts.fill("back")}
          </a>
        )}
        <button class="quiet" type="submit" formaction={`${visitPath}/cancel`} formnovalidate>
          {texts.fill("cancelAndReturn", { store: props.store })}
        </button>
      </div>
    </form>
  );
}
