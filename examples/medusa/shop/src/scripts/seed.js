const flows = require("@medusajs/medusa/core-flows");

/** A region that takes Amazon Pay, one product, and a key for the storefront. The last line of the output has their ids. */
module.exports.default = async function seed({ container }) {
  const run = async (workflow, input) => (await workflow(container).run({ input })).result;
  const [channel] = await run(flows.createSalesChannelsWorkflow, { salesChannelsData: [{ name: "Shop" }] });
  const [key] = await run(flows.createApiKeysWorkflow, {
    api_keys: [{ title: "Storefront", type: "publishable", created_by: "" }],
  });
  await run(flows.linkSalesChannelsToApiKeyWorkflow, { id: key.id, add: [channel.id] });
  const [region] = await run(flows.createRegionsWorkflow, {
    regions: [
      {
        name: "Europe",
        currency_code: "eur",
        countries: ["de"],
        payment_providers: ["pp_amazon-pay_eu", "pp_amazon-pay_now"],
      },
    ],
  });
  const [product] = await run(flows.createProductsWorkflow, {
    products: [
      {
        title: "Tea",
        status: "published",
        options: [{ title: "Size", values: ["One"] }],
        variants: [
          {
            title: "One",
            sku: "TEA",
            manage_inventory: false,
            options: { Size: "One" },
            prices: [{ amount: 30, currency_code: "eur" }],
          },
        ],
        sales_channels: [{ id: channel.id }],
      },
    ],
  });
  console.log(
    `SEEDED ${JSON.stringify({ publishableKey: key.token, regionId: region.id, variantId: product.variants[0].id, channelId: channel.id })}`,
  );
};
