import { addDuration, MoneyError, parseDuration } from "@amazon-pay-kit/money";
import { ControlError } from "../control/control-error.ts";
import { optionalInteger, requiredText } from "../control/read-members.ts";

/** What is to be done to a merchant's next notifications: what a messaging service may do to any of them. */
export interface DeliveryFaults {
  readonly merchantId: string;
  /** Copies sent besides the first. */
  readonly duplicate: number;
  /** ISO 8601; `PT0S` for none. */
  readonly delay: string;
  /** This many of the next ones are held until all are there, and then go out in reverse order; 0 for none. */
  readonly reorder: number;
  /** Never delivered. */
  readonly lose: boolean;
  /** Notifications that it still applies to. */
  times: number;
}

/** What the body may have. */
export const DELIVERY_FAULT_MEMBERS = ["merchantId", "duplicate", "delay", "reorder", "lose", "times"] as const;

/**
 * Reads the body of `POST /_sandbox/notifications`.
 *
 * `duplicate` may be `true` for one copy. `times` is 1 by default; with `reorder` it is the number of notifications that
 * change places.
 *
 * @throws ControlError
 */
export function readDeliveryFaults(body: Readonly<Record<string, unknown>>): DeliveryFaults {
  const duplicate = body["duplicate"] === true ? 1 : body["duplicate"] === false ? 0 : body["duplicate"];
  const reorder = body["reorder"] === true ? 2 : body["reorder"] === false ? 0 : body["reorder"];
  const { lose = false } = body;
  if (typeof lose !== "boolean") throw new ControlError("control.invalid", "lose must be true or false");
  const held = optionalInteger(reorder, "reorder", 0, 100) ?? 0;
  if (held === 1)
    throw new ControlError("control.invalid", "reorder must be at least 2: one notification has no order");
  const times = optionalInteger(body["times"], "times", 1, 100_000);
  if (held > 0 && times !== undefined && times !== held) {
    throw new ControlError(
      "control.invalid",
      `times must be left out beside reorder, which says that ${held} notifications change places`,
    );
  }
  const deliveryFaults: DeliveryFaults = {
    merchantId: requiredText(body, "merchantId"),
    duplicate: optionalInteger(duplicate, "duplicate", 0, 100) ?? 0,
    delay: readDelay(body["delay"]),
    reorder: held,
    lose,
    times: held > 0 ? held : (times ?? 1),
  };
  if (deliveryFaults.duplicate === 0 && deliveryFaults.delay === NO_DELAY && held === 0 && !lose) {
    throw new ControlError("control.missing", "say what to do: duplicate, delay, reorder or lose");
  }
  return deliveryFaults;
}

const NO_DELAY = "PT0S";

function readDelay(value: unknown): string {
  if (value === undefined || value === null) return NO_DELAY;
  const seconds = typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
  const text = seconds ? `PT${value}S` : value;
  try {
    if (typeof text !== "string")
      throw new ControlError("control.invalid", "delay must be a duration such as PT5M, or seconds");
    addDuration(0, parseDuration(text));
    return text;
  } catch (error) {
    if (error instanceof MoneyError) throw new ControlError("control.invalid", `delay: ${error.message}`);
    throw error;
  }
}
