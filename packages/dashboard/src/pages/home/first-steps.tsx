/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child, FC } from "hono/jsx";
import type { FirstRun } from "../../books.ts";
import { Badge } from "../../components/badge.tsx";
import { linkTo, type Frame } from "../../layout/page.tsx";
import { term } from "../../locales/texts.ts";
import { CSRF_FIELD } from "../../security/csrf.ts";

/** What there is to see so far. */
export interface Begun {
  readonly account: boolean;
  readonly settlements: boolean;
  readonly statement: boolean;
}

/** Whether something is still to be done before the first answer. */
export function isFirstRun({ account, settlements, statement }: Begun): boolean {
  return !(account && settlements && statement);
}

/** Name, region, key id and key of the first account: what `apay init` asks for. */
const AccountForm: FC<{ frame: Frame; csrf: string }> = ({ frame, csrf }) => {
  const { translate } = frame;
  return (
    <form class="filters" method="post" action="/first/account" enctype="multipart/form-data">
      <input type="hidden" name={CSRF_FIELD} value={csrf} />
      <label>
        {translate("first name")}
        <input name="name" required maxlength={60} pattern="[A-Za-z0-9][A-Za-z0-9_.\-]*" value="shop" />
      </label>
      <label>
        {translate("column region")}
        <select name="region">
          {["na", "eu", "jp"].map((region) => (
            <option value={region}>{term("region", region, frame.format.locale)}</option>
          ))}
        </select>
      </label>
      <label>
        {translate("first key id")}
        <input
          name="publicKeyId"
          required
          maxlength={100}
          size={34}
          placeholder="LIVE-… / SANDBOX-…"
          autocomplete="off"
        />
      </label>
      <label>
        {translate("column environment")}
        <select name="environment">
          <option value="">{translate("first by key id")}</option>
          {["live", "sandbox"].map((environment) => (
            <option value={environment}>{term("environment", environment, frame.format.locale)}</option>
          ))}
        </select>
      </label>
      <label>
        {translate("first key")}
        <input type="file" name="key" required accept=".pem,.key,.txt" />
      </label>
      <button type="submit">{translate("first add")}</button>
      <p class="whole-row soft small">{translate("first key kept")}</p>
    </form>
  );
};

/** The button that fetches, and how far that is. */
const Sync: FC<{ firstRun: FirstRun; frame: Frame; csrf: string }> = ({ firstRun, frame, csrf }) => {
  const { translate } = frame;
  const { running, done, failed } = firstRun.syncState();
  return (
    <>
      {running ? <span role="status">{translate("first syncing")}</span> : null}
      {failed === null ? null : (
        <span class="wrong" role="alert">
          {translate("did not work")}: {failed === "" ? translate("inner error") : <span lang="en">{failed}</span>}
        </span>
      )}
      {done === null ? null : (
        <span role="status">
          <span lang="en">{done}</span>. {translate("first none")}
        </span>
      )}{" "}
      {running ? null : (
        <form method="post" action="/first/sync">
          <input type="hidden" name={CSRF_FIELD} value={csrf} />
          <button type="submit">{translate(failed === null && done === null ? "first fetch" : "first again")}</button>
        </form>
      )}
    </>
  );
};

/** The way from empty books to the first answer: an account, the reports, a statement. Gone when all of it is there. */
export const FirstSteps: FC<{ begun: Begun; firstRun: FirstRun | undefined; csrf: string; frame: Frame }> = (props) => {
  const { begun, frame, csrf } = props;
  const firstRun = !frame.may("admin") ? undefined : props.firstRun;
  const { translate } = frame;
  if (!isFirstRun(begun)) return null;
  const step = (done: boolean, title: string, what: Child) => (
    <li>
      <h3>{title}</h3>
      <Badge tone={done ? "good" : "plain"}>{translate(done ? "check done" : "step open")}</Badge>
      {done ? null : <div class="note">{what}</div>}
    </li>
  );
  return (
    <section class="panel" id="first-steps">
      <h2>{translate("first steps")}</h2>
      <ol class="needs">
        {step(
          begun.account,
          translate("first account"),
          firstRun === undefined ? (
            <>
              {translate("first account how")} <span class="mono">apay init</span>
            </>
          ) : (
            <AccountForm frame={frame} csrf={csrf} />
          ),
        )}
        {step(
          begun.settlements,
          translate("first sync"),
          firstRun === undefined ? (
            <>
              {translate("first sync how")} <span class="mono">apay sync</span> <span class="mono">apay reconcile</span>
            </>
          ) : begun.account ? (
            <Sync firstRun={firstRun} frame={frame} csrf={csrf} />
          ) : (
            translate("first account before")
          ),
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
