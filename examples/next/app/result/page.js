import { amount, shop } from "../../shop.js";

export const dynamic = "force-dynamic";

export default async function Result({ searchParams }) {
  const { amazonCheckoutSessionId = "" } = await searchParams;
  const { outcome, charge } = await shop().pay.checkoutSessions.finish(amazonCheckoutSessionId, amount);
  return <p>{`${outcome} ${charge?.chargeId ?? ""}`}</p>;
}
