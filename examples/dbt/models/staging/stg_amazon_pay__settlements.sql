-- A settlement in one currency, as it was reconciled last.
select
    account_id,
    settlement_id,
    currency,
    "start" as starts_at,
    "end" as ends_at,
    status,
    bank as bank_status,
    opening,
    activity,
    fees,
    reserve,
    transfer,
    closing,
    "rows" as row_count,
    account_id || ':' || settlement_id || ':' || currency as settlement_key
from {{ source('amazon_pay', 'settlements') }}
