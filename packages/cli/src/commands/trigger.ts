import { AmazonPay } from "@amazon-pay-kit/sdk";
import { CliError, EXIT } from "../errors.ts";
import { flag, text, type CommandRow } from "../program/command.ts";
import { MERCHANT_OPTION, merchantOf, SANDBOX_OPTIONS, sandboxOf } from "../sandbox/control-client.ts";
import { TRIGGERS } from "../sandbox/trigger-events.ts";

export const trigger: CommandRow = {
  name: "trigger",
  summary: "make something happen in a sandbox, with its notifications",
  description:
    "Makes the objects that an event needs in a running sandbox, lets it happen and prints the object: your program is notified as by Amazon. Some events move the sandbox's clock; --list says which.",
  arguments: [{ name: "[event]", help: "such as charge.declined; --list names them all" }],
  options: [...SANDBOX_OPTIONS, MERCHANT_OPTION, { flags: "--list", help: "list the events" }],
  examples: [
    ["apay trigger charge.declined", "a charge that is declined after a while"],
    ["apay trigger --list", "every event"],
  ],
  async run(context, input) {
    const name = input.args[0];
    if (flag(input, "list")) {
      if (context.json) context.document({ events: TRIGGERS.map((row) => ({ name: row.name, help: row.help })) });
      else {
        context.table(TRIGGERS, [
          { title: "event", value: (row) => row.name },
          { title: "what happens", value: (row) => row.help, wraps: true },
        ]);
      }
      return EXIT.done;
    }
    const row = TRIGGERS.find((one) => one.name.toLowerCase() === name?.toLowerCase());
    if (row === undefined) {
      const message = name === undefined ? "name an event" : `there is no event ${JSON.stringify(name)}`;
      throw new CliError("usage.event", message, { remedy: `one of ${TRIGGERS.map((one) => one.name).join(", ")}` });
    }
    const sandbox = sandboxOf(context, input);
    const merchant = await merchantOf(sandbox, text(input, "merchant"));
    const [key] = merchant.keys.flatMap(({ publicKeyId, privateKey }) =>
      privateKey === null ? [] : [{ publicKeyId, privateKey }],
    );
    if (key === undefined) {
      throw new CliError("sandbox.no-key", `the sandbox has no private key of merchant ${merchant.merchantId}`, {
        remedy: "choose another with --merchant",
      });
    }
    const pay = new AmazonPay({
      region: merchant.region,
      publicKeyId: key.publicKeyId,
      privateKey: key.privateKey,
      environment: "sandbox",
      baseUrl: sandbox.address,
      proxy: false,
      clock: context.clock,
      random: context.random,
    });
    try {
      const happened = await row.run({ pay, sandbox, merchant });
      const document = { event: row.name, merchantId: merchant.merchantId, ...happened };
      if (context.json) context.document(document);
      else {
        context.line(`${row.name}: ${happened.objectType} ${happened.objectId} is ${happened.state}`);
        if (merchant.notificationUrl === null)
          context.info("No notification was sent: the merchant has no address for them. Try apay listen.");
      }
      return EXIT.done;
    } finally {
      pay.close();
    }
  },
};
