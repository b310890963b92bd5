import type { BigNumberInput } from "@medusajs/framework/types";
import { AmazonPayProviderError } from "./errors.ts";

interface CaptureReader {
  retrieve(
    id: string,
    config: { select: string[] },
  ): Promise<{ readonly amount?: BigNumberInput; readonly raw_amount?: BigNumberInput }>;
}

/**
 * How much Medusa captures. It does not tell providers: it gives the capture's id as idempotency key, and its own container, in which
 * the capture can be looked up. To capture all instead would take more from the buyer than was shipped.
 *
 * @throws AmazonPayProviderError `medusa.capture-amount`
 */
export async function captureAmount(container: object, captureId: string): Promise<BigNumberInput> {
  let reader: CaptureReader | undefined;
  try {
    reader = (container as { captureService?: CaptureReader }).captureService;
  } catch {
    // The container throws for what it does not hold.
  }
  const capture = await reader?.retrieve(captureId, { select: ["id", "amount", "raw_amount"] });
  const amount = capture?.raw_amount ?? capture?.amount;
  if (amount !== undefined && amount !== null) return amount;
  throw new AmazonPayProviderError(
    "not_allowed",
    "medusa.capture-amount",
    `how much capture ${captureId} is for cannot be read from Medusa, so nothing was captured: this version of Medusa keeps captures elsewhere`,
  );
}
