/** Buying as a buyer does, without a browser. */
import { setTimeout as sleep } from "node:timers/promises";

/** What the buyer's browser is told to render: the script's own call in the page. */
function buttonOf(page) {
  const call = /amazon\.Pay\.renderButton\("#\w+", (\{.*?\})\);<\/script>/.exec(page)?.[1];
  if (call === undefined) throw new Error(`the page has no button: ${page.slice(0, 500)}`);
  const { createCheckoutSessionConfig } = JSON.parse(call);
  return createCheckoutSessionConfig;
}

/**
 * Buys in a shop as a buyer does: from the button's page to the result page, and waits for the notification.
 *
 * @param findButton takes the signed button out of the shop's page
 * @throws Error that says where it ended
 */
export async function buy({ origin, ready, page = "/", findButton = buttonOf }) {
  const { AmazonPay } = await import("@amazon-pay-kit/sdk");
  const pay = AmazonPay.forSandbox(ready, { region: "eu" });
  const control = async (path, body) => {
    const answer = await fetch(`${ready.http}/_sandbox${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
  };
  await control(`/merchants/${pay.sandboxMerchant.merchantId}`, { notificationUrl: `${origin}/ipn` });
  const shown = await (await fetch(origin + page)).text();
  if (!shown.includes(`${ready.http}/checkout.js`)) throw new Error("the page does not load the sandbox's script");
  const { checkoutSessionId } = await pay.checkoutSessions.create(JSON.parse(findButton(shown).payloadJSON));
  const buyer = `/checkout-sessions/${checkoutSessionId}/buyer`;
  await control(buyer, { action: "sign-in" });
  const query = `?amazonCheckoutSessionId=${checkoutSessionId}`;
  const review = await fetch(`${origin}/review${query}`, { redirect: "manual" });
  if (review.status !== 303 || !review.headers.get("location")?.startsWith(ready.http))
    throw new Error(`the review page answered ${review.status}: ${await review.text()}`);
  await control(buyer, { action: "approve" });
  const results = [];
  for (let load = 0; load < 2; load += 1) results.push(await (await fetch(`${origin}/result${query}`)).text());
  const [first, again] = results.map((text) => /captured (\S+-C\w+)/.exec(text)?.[1]);
  if (first === undefined || again !== first) throw new Error(`the result page said: ${results.join(" | ")}`);
  pay.close();
  for (let tries = 0; ; tries += 1) {
    const told = await (await fetch(`${origin}/changed`)).json();
    if (told.includes(first)) return first;
    if (tries > 480) throw new Error(`no notification of ${first}: ${JSON.stringify(told)}`);
    await sleep(250);
  }
}
