import type { BankLayout } from "../layout.ts";
import { AT_CH } from "./at-ch.ts";
import { DE } from "./de.ts";
import { EU } from "./eu.ts";
import { FR } from "./fr.ts";
import { IT_ES } from "./it-es.ts";
import { JP } from "./jp.ts";
import { NL_BE } from "./nl-be.ts";
import { UK_US } from "./uk-us.ts";

/** How banks lay out their exports. To add one: a row in the file of its country, and a fixture of that name. */
export const BANK_LAYOUTS: readonly BankLayout[] = [...DE, ...AT_CH, ...FR, ...NL_BE, ...IT_ES, ...UK_US, ...EU, ...JP];
