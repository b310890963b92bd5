import { amount, origin, shop } from "../../shop.js";

export async function GET(request) {
  const id = new URL(request.url).searchParams.get("amazonCheckoutSessionId") ?? "";
  const session = await shop().pay.checkoutSessions.update(id, {
    webCheckoutDetails: { checkoutResultReturnUrl: `${origin()}/result` },
    paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount: amount },
    merchantMetadata: { merchantReferenceId: "order-1" },
  });
  return Response.redirect(session.webCheckoutDetails.amazonPayRedirectUrl, 303);
}
