import type { FirstRun } from "../books.ts";
import { type ActionInput, type ActionRow, RefusedForm, textOf } from "./action.ts";

function firstRunOf({ books }: ActionInput): FirstRun {
  if (books.firstRun === undefined) throw new RefusedForm("read only");
  return books.firstRun;
}

/** The way from empty books to the first answer. */
export const FIRST_RUN_ACTIONS: readonly ActionRow[] = [
  {
    path: "/first/account",
    role: "admin",
    async run(input) {
      const { form } = input;
      const key = form.get("key");
      if (!(key instanceof File) || key.size === 0) throw new RefusedForm("key needed");
      await firstRunOf(input).addAccount({
        name: textOf(form, "name"),
        region: textOf(form, "region"),
        publicKeyId: textOf(form, "publicKeyId"),
        environment: textOf(form, "environment"),
        privateKey: await key.text(),
      });
      return "/#first-steps";
    },
  },
  {
    path: "/first/sync",
    role: "admin",
    run(input) {
      firstRunOf(input).startSync();
      return Promise.resolve("/#first-steps");
    },
  },
];
