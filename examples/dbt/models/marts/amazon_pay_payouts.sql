-- Each payout to the bank, and whether it was found there.
select
    settlement_key,
    account_id,
    settlement_id,
    currency,
    ends_at,
    -transfer as payout,
    bank_status,
    status
from {{ ref('stg_amazon_pay__settlements') }}
where transfer < 0
