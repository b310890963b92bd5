import type { AmazonPayScript } from "../amazon-pay.ts";
import { PayProblem } from "../problem.ts";

/** Kept on the document, so that two copies of this package in one page load the script once. */
const LOADED = Symbol.for("@amazon-pay-kit/browser/scripts");

interface Loaded {
  readonly url: string;
  readonly pay: Promise<AmazonPayScript>;
}

type Place = Document & { [LOADED]?: Loaded };

/**
 * `amazon.Pay` of the script at an address. The script is put into the page once, however many buttons ask for it and however often
 * the page's router comes back; one that the page has by itself is used. After a failure the next call tries again.
 *
 * @param nonce nonce of the page's content security policy
 * @throws PayProblem `script.unreachable`, `script.forbidden`, `script.not-checkout`, `script.another`
 */
export function loadScript(url: string, nonce?: string): Promise<AmazonPayScript> {
  const place: Place = document;
  const known = place[LOADED];
  if (known !== undefined) {
    if (known.url === url) return known.pay;
    return Promise.reject(
      new PayProblem(
        "script.another",
        `this page has loaded ${known.url}, and a page can have one only: ${url} needs a page load of its own`,
      ),
    );
  }
  const pay = scriptIn(url, nonce);
  place[LOADED] = { url, pay };
  pay.catch(() => {
    if (place[LOADED]?.pay === pay) delete place[LOADED];
  });
  return pay;
}

function scriptIn(url: string, nonce: string | undefined): Promise<AmazonPayScript> {
  const there = [...document.querySelectorAll<HTMLScriptElement>("script[src]")].find(({ src }) => src === url);
  const defined = window.amazon?.Pay;
  if (there !== undefined && defined !== undefined) return Promise.resolve(defined);
  // All scripts of the page have been read, so this one did not load, and says nothing any more.
  const lost = there !== undefined && document.readyState === "complete";
  return new Promise((resolve, reject) => {
    const own = there === undefined || lost;
    const script = own ? document.createElement("script") : there;
    let forbidden = false;
    const onViolation = (event: SecurityPolicyViolationEvent): void => {
      if (event.blockedURI === url || url.startsWith(`${event.blockedURI}/`)) forbidden = true;
    };
    const done = (): void => {
      document.removeEventListener("securitypolicyviolation", onViolation);
      script.removeEventListener("load", onLoad);
      script.removeEventListener("error", onError);
    };
    const onLoad = (): void => {
      done();
      const found = window.amazon?.Pay;
      if (typeof found?.renderButton === "function") return resolve(found);
      reject(new PayProblem("script.not-checkout", `${url} was loaded, but it does not define amazon.Pay`));
    };
    const fail = (): void => {
      done();
      // Left in the page it would be taken for one that is still loading.
      script.remove();
      reject(
        forbidden
          ? new PayProblem(
              "script.forbidden",
              `the page's content security policy does not allow ${url}: add ${new URL(url).origin} to script-src, or give the button the page's nonce`,
            )
          : new PayProblem(
              "script.unreachable",
              `${url} could not be loaded: no connection, an ad blocker, or a content security policy without ${new URL(url).origin} in script-src`,
            ),
      );
    };
    // A violation is told after the script's own error, in a task of its own.
    const onError = (): void => void requestAnimationFrame(() => requestAnimationFrame(fail));
    document.addEventListener("securitypolicyviolation", onViolation);
    script.addEventListener("load", onLoad);
    script.addEventListener("error", onError);
    if (!own) return;
    if (nonce !== undefined) script.nonce = nonce;
    script.src = url;
    document.head.append(script);
  });
}
