import type { SandboxReadyFile } from "@amazon-pay-kit/sdk";

/** A button's payload with its signature, as a page holds it. */
export interface PageButton {
  readonly payloadJSON: string;
}

/** Buys in a shop as a buyer does; gives the id of the captured charge. */
export function buy(given: {
  readonly origin: string;
  readonly ready: SandboxReadyFile;
  readonly page?: string;
  readonly findButton?: (page: string) => PageButton;
}): Promise<string>;
