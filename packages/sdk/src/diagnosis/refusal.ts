import type { Region } from "../operations/api-regions.ts";

/** A refusal, and what the client that met it is set to. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** The service's error code; null if a gateway answered instead. */
  readonly reasonCode: string | null;
  /** Path of the request. */
  readonly path: string;
  /** Body of the request; empty for none. */
  readonly body: string;
  /** Region that the client calls. */
  readonly region: Region;
  /** Environment that the client calls. */
  readonly environment: "live" | "sandbox";
  /** Key id that the client signs with. */
  readonly publicKeyId: string;
}

/** Says what probably caused a refusal, in sentences; an empty text where nothing is known. */
export type HintForRefusal = (refusal: Refusal) => string;

/** The hints of a client that was connected without any. */
export const withoutHints: HintForRefusal = () => "";
