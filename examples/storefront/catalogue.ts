/** Something to buy. Prices are decimal texts: money never becomes a floating-point number. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly text: string;
  readonly price: string;
  /** Charged again every month. */
  readonly monthly: boolean;
}

export const PRODUCTS: readonly Product[] = [
  { sku: "mug", name: "Enamel mug", text: "Holds coffee. Survives the camp fire.", price: "14.90", monthly: false },
  {
    sku: "lamp",
    name: "Table lamp",
    text: "Warm light, made to order: you are charged when it ships.",
    price: "129.00",
    monthly: false,
  },
  {
    sku: "beans",
    name: "Coffee club",
    text: "Fresh beans every month until you say stop.",
    price: "19.50",
    monthly: true,
  },
];

/** The product of an article number. */
export function productOf(sku: string): Product | undefined {
  return PRODUCTS.find((product) => product.sku === sku);
}
