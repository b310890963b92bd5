/** @import { PayConfig } from "./config-rules.js" */

/** What the button says, by language. The mark tells everyone that this is not the real service. */
const buttonWords = {
  en_US: {
    pay: "Check out",
    signIn: "Sign in",
    mark: "sandbox",
    describePay: "Check out with the Amazon Pay sandbox",
    describeSignIn: "Sign in with the Amazon Pay sandbox",
  },
  en_GB: {
    pay: "Check out",
    signIn: "Sign in",
    mark: "sandbox",
    describePay: "Check out with the Amazon Pay sandbox",
    describeSignIn: "Sign in with the Amazon Pay sandbox",
  },
  de_DE: {
    pay: "Zur Kasse",
    signIn: "Anmelden",
    mark: "Sandbox",
    describePay: "Zur Kasse mit der Amazon-Pay-Sandbox",
    describeSignIn: "Anmelden mit der Amazon-Pay-Sandbox",
  },
  fr_FR: {
    pay: "Payer",
    signIn: "Se connecter",
    mark: "bac à sable",
    describePay: "Payer avec le bac à sable Amazon Pay",
    describeSignIn: "Se connecter avec le bac à sable Amazon Pay",
  },
  it_IT: {
    pay: "Paga",
    signIn: "Accedi",
    mark: "sandbox",
    describePay: "Paga con la sandbox di Amazon Pay",
    describeSignIn: "Accedi con la sandbox di Amazon Pay",
  },
  es_ES: {
    pay: "Pagar",
    signIn: "Iniciar sesión",
    mark: "pruebas",
    describePay: "Pagar con el entorno de pruebas de Amazon Pay",
    describeSignIn: "Iniciar sesión con el entorno de pruebas de Amazon Pay",
  },
  ja_JP: {
    pay: "お支払い",
    signIn: "サインイン",
    mark: "サンドボックス",
    describePay: "Amazon Pay サンドボックスでお支払い",
    describeSignIn: "Amazon Pay サンドボックスでサインイン",
  },
};

/** First language of a ledger currency. */
const languageOfCurrency = { USD: "en_US", EUR: "en_GB", GBP: "en_GB", JPY: "ja_JP" };

/**
 * The words for a button, and the longer ones that describe it.
 *
 * @param {PayConfig} config
 */
export function wordsFor(config) {
  const byCurrency = Object.entries(languageOfCurrency).find(([currency]) => currency === config.ledgerCurrency)?.[1];
  const wanted = config.checkoutLanguage ?? byCurrency;
  const [language, words] = Object.entries(buttonWords).find(([name]) => name === wanted) ?? [
    "en_US",
    buttonWords.en_US,
  ];
  const signIn = config.productType === "SignIn";
  return {
    language: language.replace("_", "-"),
    text: signIn ? words.signIn : words.pay,
    mark: words.mark,
    description: signIn ? words.describeSignIn : words.describePay,
  };
}
