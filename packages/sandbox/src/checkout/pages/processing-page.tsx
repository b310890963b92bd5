/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import { HostedPage, type HostedPageProps } from "./hosted-page.tsx";

/** A line of the summary. */
export interface SummaryLine {
  readonly term: string;
  readonly lines: readonly Child[];
}

/** Where the payment is confirmed, or ends otherwise. */
export function ProcessingPage(
  props: Pick<HostedPageProps, "texts" | "store" | "alert"> & {
    readonly lead: string;
    readonly sessionId: string;
    readonly mark: string;
    readonly summary: readonly SummaryLine[];
    /** What the chosen card will do, where it does not simply go through. */
    readonly cardNote: string | null;
  },
) {
  const { texts, store } = props;
  return (
    <HostedPage {...props} title={texts.fill("processingTitle")} lead={props.lead}>
      <dl class="summary">
        {props.summary.map((line) => (
          <div>
            <dt>{line.term}</dt>
            <dd>
              {line.lines.map((text) => (
                <span>{text}</span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {props.cardNote === null ? null : <p class="note">{props.cardNote}</p>}
      <form method="post" action="/checkout/processing">
        <input type="hidden" name="mark" value={props.mark} />
        <input type="hidden" name="amazonCheckoutSessionId" value={props.sessionId} />
        <div class="ways">
          <button class="main" type="submit" name="outcome" value="approve">
            {texts.fill("confirm", { store })}
          </button>
        </div>
        <fieldset class="others">
          <legend>{texts.fill("otherOutcomes")}</legend>
          <button class="quiet" type="submit" name="outcome" value="verify">
            {texts.fill("outcomeVerification")}
          </button>
          <button class="quiet" type="submit" name="outcome" value="decline">
            {texts.fill("outcomeDecline")}
          </button>
          <button class="quiet" type="submit" name="outcome" value="cancel">
            {texts.fill("outcomeCancel")}
          </button>
          <button class="quiet" type="submit" name="outcome" value="fail">
            {texts.fill("outcomeServiceFailure")}
          </button>
        </fieldset>
      </form>
    </HostedPage>
  );
}

/** The bank's question for a code (strong customer authentication). */
export function CodePage(
  props: Pick<HostedPageProps, "texts" | "store" | "alert"> & {
    readonly sessionId: string;
    readonly mark: string;
    readonly attemptsLeft: number;
  },
) {
  const { texts } = props;
  return (
    <HostedPage {...props} title={texts.fill("codeTitle")} lead={texts.fill("codeLead")}>
      <form method="post" action="/checkout/processing">
        <input type="hidden" name="mark" value={props.mark} />
        <input type="hidden" name="amazonCheckoutSessionId" value={props.sessionId} />
        <input type="hidden" name="attemptsLeft" value={String(props.attemptsLeft)} />
        <p class="field">
          <label for="code">{texts.fill("codeLabel")}</label>
          <input
            id="code"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            pattern="[0-9]{6}"
            maxlength={6}
            required
            aria-invalid={props.alert === undefined ? undefined : "true"}
          />
        </p>
        <div class="ways">
          <button class="main" type="submit" name="outcome" value="code">
            {texts.fill("continue")}
          </button>
          <button class="quiet" type="submit" name="outcome" value="give-up" formnovalidate>
            {texts.fill("codeGiveUp")}
          </button>
        </div>
      </form>
    </HostedPage>
  );
}
