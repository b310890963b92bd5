/** State of an object with its one reason, as sessions, charges and refunds have it. */
export interface Status<State extends string> {
  state: State;
  reasonCode: string | null;
  reasonDescription: string | null;
  lastUpdatedAt: number;
}

/** A line of an object's history, for the inspector page and the transaction reports. */
export interface Transition {
  readonly at: number;
  readonly from: string | null;
  readonly to: string;
  readonly reasonCode: string | null;
}
