import type { TestAddress } from "../test-data/index.ts";

/** `deliverySpecifications` of a checkout session, as the field table lets it through (docs/amazon-pay/operations.md). */
export interface DeliverySpecifications {
  readonly specialRestrictions?: readonly string[] | null;
  readonly addressRestrictions?: {
    readonly type: string;
    readonly restrictions: Readonly<Record<string, PlaceRestriction | null>>;
  } | null;
}

interface PlaceRestriction {
  readonly statesOrRegions?: readonly string[] | null;
  readonly zipCodes?: readonly string[] | null;
}

/** Why a merchant does not deliver to an address. */
export type DeliveryRefusal = "po-box" | "packstation" | "not-in-allowed-places" | "in-excluded-places";

/**
 * Says whether a merchant delivers to an address.
 *
 * A country without states and zip codes stands for the whole country; with them, an address counts as listed when its
 * state or its zip code is listed. A zip code that ends in `*` stands for every one that begins so (our choice:
 * decisions/0032-delivery-restrictions.md).
 *
 * @returns the reason, or undefined when the address is fine
 * @example
 * deliveryRefusal({ specialRestrictions: ["RestrictPOBoxes"] }, poBox) // "po-box"
 */
export function deliveryRefusal(
  specifications: DeliverySpecifications | null | undefined,
  place: Pick<TestAddress, "kind" | "address">,
): DeliveryRefusal | undefined {
  const special = specifications?.specialRestrictions ?? [];
  if (place.kind === "po-box" && special.includes("RestrictPOBoxes")) return "po-box";
  if (place.kind === "packstation" && special.includes("RestrictPackstations")) return "packstation";
  const rules = specifications?.addressRestrictions;
  if (rules === undefined || rules === null) return undefined;
  const listed = isListed(rules.restrictions, place.address);
  if (rules.type === "Allowed") return listed ? undefined : "not-in-allowed-places";
  return listed ? "in-excluded-places" : undefined;
}

function isListed(
  restrictions: Readonly<Record<string, PlaceRestriction | null>>,
  address: TestAddress["address"],
): boolean {
  const country = address.countryCode ?? "";
  if (!Object.hasOwn(restrictions, country)) return false;
  const states = restrictions[country]?.statesOrRegions ?? [];
  const zipCodes = restrictions[country]?.zipCodes ?? [];
  if (states.length === 0 && zipCodes.length === 0) return true;
  return (
    states.some((state) => sameText(state, address.stateOrRegion)) ||
    zipCodes.some((pattern) => matchesZip(pattern, address.postalCode))
  );
}

function sameText(left: string, right: string | null): boolean {
  return right !== null && left.trim().toLowerCase() === right.trim().toLowerCase();
}

/** Blanks, dashes and case do not count; a five-digit US code stands for all of its nine-digit ones. */
function matchesZip(pattern: string, postalCode: string | null): boolean {
  if (postalCode === null) return false;
  const bare = (text: string): string => text.replaceAll(/[\s-]/g, "").toLowerCase();
  const wanted = bare(pattern);
  const given = bare(postalCode);
  if (wanted.endsWith("*")) return given.startsWith(wanted.slice(0, -1));
  return given === wanted || (/^\d{5}-\d{4}$/.test(postalCode) && given.startsWith(wanted) && wanted.length === 5);
}
