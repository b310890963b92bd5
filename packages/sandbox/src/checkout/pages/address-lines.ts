import type { Address } from "../../test-data/index.ts";

/** An address in lines as its country writes them, with the country's name in the reader's language. */
export function addressLines(address: Address, language: string): readonly string[] {
  const country =
    address.countryCode === null
      ? null
      : (new Intl.DisplayNames([language], { type: "region" }).of(address.countryCode) ?? null);
  const lines = [address.addressLine1, address.addressLine2, address.addressLine3];
  return [...lines, ...placeLines(address), country].filter((line): line is string => line !== null && line !== "");
}

function placeLines(address: Address): readonly (string | null)[] {
  const { city, stateOrRegion, postalCode, county, district } = address;
  const joined = (parts: readonly (string | null)[], glue: string): string =>
    parts.filter((part) => part !== null && part !== "").join(glue);
  switch (address.countryCode) {
    case "US":
    case "CA":
      return [joined([city, joined([stateOrRegion, postalCode], " ")], ", ")];
    case "GB":
      return [city, county, postalCode];
    case "JP":
      return [joined([postalCode === null ? null : `〒${postalCode}`, stateOrRegion, city], " ")];
    default:
      return [joined([postalCode, city], " "), joined([district, stateOrRegion], ", ")];
  }
}
