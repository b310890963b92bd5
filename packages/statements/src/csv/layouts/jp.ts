import type { BankLayout } from "../layout.ts";
import { names, publicCode } from "./columns.ts";

const FELICA2MONEY = "https://github.com/tmurakam/felica2money/blob/master/defs/CsvRules.xml";

const JAPANESE = {
  country: "jp",
  separator: ",",
  decimal: ".",
  dates: ["yyyy/mm/dd", "yyyymmdd", "yyyy-mm-dd", "yyyy年mm月dd日"],
  encoding: "shift_jis",
  currency: "JPY",
  source: FELICA2MONEY,
} as const;

/** Banks of Japan. */
export const JP: readonly BankLayout[] = [
  {
    ...JAPANESE,
    name: "mufg",
    title: "三菱UFJ銀行",
    header: names("日付,摘要,摘要内容,支払い金額,預かり金額,差引残高", ","),
  },
  {
    ...JAPANESE,
    name: "smbc",
    title: "三井住友銀行",
    header: names("年月日,お引出し,お預入れ,お取り扱い内容,残高", ","),
  },
  {
    ...JAPANESE,
    name: "paypay-bank",
    title: "PayPay銀行 (ジャパンネット銀行)",
    header: names("操作日(年),操作日(月),操作日(日),取引順番号,摘要,お支払金額,お預り金額,残高", ","),
    columns: { bookedAt: ["操作日(年)", "操作日(月)", "操作日(日)"] },
  },
  {
    ...JAPANESE,
    name: "sony-bank",
    title: "ソニー銀行",
    header: names("お取り引き日,摘要,参考情報,お預け入れ額,お引き出し額,差し引き残高", ","),
    columns: { bookedAt: "お取り引き日", credit: "お預け入れ額", debit: "お引き出し額" },
  },
  {
    ...JAPANESE,
    name: "rakuten-bank",
    title: "楽天銀行",
    header: names("取引日,入出金(円)", ","),
    columns: { amount: "入出金(円)" },
  },
  {
    ...JAPANESE,
    name: "sbi-sumishin",
    title: "住信SBIネット銀行",
    header: names("日付,内容,出金金額(円),入金金額(円),残高(円),メモ", ","),
  },
  {
    ...JAPANESE,
    name: "jibun-bank",
    title: "auじぶん銀行",
    header: names("年月日,入金,出金,お取引内容,残高", ","),
  },
  {
    ...JAPANESE,
    name: "sbi-shinsei",
    title: "SBI新生銀行",
    separator: "\t",
    header: names("取引日,照会番号,摘要,お支払金額,お預り金額,残高", ","),
  },
  {
    ...JAPANESE,
    name: "tokyo-star-bank",
    title: "東京スター銀行",
    header: names("日付,お支払い金額,お預かり金額,摘要,残高,備考", ","),
  },
  {
    ...JAPANESE,
    name: "hokuriku-bank",
    title: "北陸銀行",
    header: names("取扱日付,起算日,お支払金額,お預り金額,取引区分,残高,摘要", ","),
    columns: { bookedAt: "取扱日付" },
  },
  {
    ...JAPANESE,
    name: "yokohama-bank",
    title: "横浜銀行, 群馬銀行",
    header: names("取扱日付,お支払金額,お預り金額,取引区分,残高,摘要", ","),
    columns: { bookedAt: "取扱日付" },
  },
  {
    ...JAPANESE,
    name: "hyakugo-bank",
    title: "百五銀行",
    header: names("日付,振替文言,お支払い金額,お預かり金額,摘要,残高,取扱店番", ","),
  },
  {
    ...JAPANESE,
    name: "aeon-bank",
    title: "イオン銀行",
    header: names("日付,お取引内容,お引出し,お預入れ,残高（お借入れはマイナス表示）", ","),
  },
  {
    ...JAPANESE,
    name: "jp-post",
    title: "ゆうちょ銀行",
    header: names("取引日,入出金明細ＩＤ,受入金額（円）,払出金額（円）,詳細１,詳細２", ","),
    columns: { reference: "入出金明細ＩＤ" },
    source: publicCode("取引日,入出金明細ＩＤ,受入金額（円）,払出金額（円）,詳細１,詳細２"),
  },
  {
    ...JAPANESE,
    name: "mizuho",
    title: "みずほ銀行",
    header: names("日付,お引出金額,お預入金額,お取引内容", ","),
    dates: ["yyyy.mm.dd", "yyyy年mm月dd日", "yyyy/mm/dd", "yyyymmdd"],
    own: ["明細通番"],
    source: publicCode("明細通番,日付,お引出金額,お預入金額,残高,お取引内容"),
  },
];
