import type { StatusNames } from "../statuses.ts";
import type { OrderProfile } from "./profile.ts";

/** Order states of EC-CUBE 3 and 4 (mtb_order_status) and 2, by number and name. */
const EC_CUBE: StatusNames = {
  captured: "入金済み|発送済み|発送済|対応中|6|5|4",
  authorized: "新規受付|1",
  pending: "入金待ち|決済処理中|購入処理中|取り寄せ中|2|7|8",
  canceled: "注文取消し|キャンセル|3",
  refunded: "返品|9",
};

/** Shop systems at home in Japan. */
export const JAPAN: readonly OrderProfile[] = [
  {
    name: "ec-cube",
    title: "EC-CUBE orders",
    source: "EC-CUBE 2, 3 and 4: 受注CSV, default output columns (manual of Xserver Shop, CSV出力項目設定; dtb_csv)",
    signature: [
      ["注文番号", "注文id"],
      ["お支払い合計", "支払合計", "お支払合計"],
      ["支払方法名称", "支払方法"],
      ["注文日", "受注日", "入金日"],
    ],
    columns: {
      orderId: ["注文番号", "注文id"],
      amount: ["お支払い合計", "支払合計", "お支払合計"],
      currency: ["通貨", "通貨コード"],
      occurredAt: ["入金日", "注文日", "受注日"],
      status: ["対応状況名称", "対応状況", "対応状況id"],
    },
    paidWith: ["支払方法名称", "支払方法"],
    itemsBelow: true,
    statuses: EC_CUBE,
  },
  {
    name: "makeshop",
    title: "MakeShop orders",
    source: "MakeShop: 注文管理, 注文データダウンロード (manual.makeshop.jp, 注文出力用テンプレートの設定)",
    signature: [
      ["注文番号"],
      ["合計金額", "決済金額", "総合計金額"],
      ["決済方法", "支払方法", "お支払方法"],
      ["日付", "注文日", "注文日時"],
    ],
    columns: {
      orderId: ["注文番号"],
      amount: ["決済金額", "総合計金額", "合計金額"],
      occurredAt: ["注文日時", "入金日", "注文日", "日付"],
      status: ["決済状況", "入金状況", "処理状況", "処理可否"],
    },
    paidWith: ["決済方法", "支払方法", "お支払方法"],
    itemsBelow: true,
    statuses: {
      captured: "配送|入金済み|入金済|決済完了|発送済み",
      authorized: "未処理|仮売上|与信",
      pending: "未入金|入金待ち",
      canceled: "注文キャンセル|キャンセル",
      refunded: "返送",
    },
  },
];
