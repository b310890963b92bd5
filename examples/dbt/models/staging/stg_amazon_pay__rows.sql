-- A row of a settlement report. Its file and line are what it is known by.
select
    account_id,
    settlement_id,
    posted_at,
    type as row_type,
    transaction_id,
    reference_id,
    order_id,
    currency,
    amount,
    total_fee,
    net,
    file_sha256,
    line,
    file_sha256 || ':' || cast(line as varchar) as row_key
from {{ source('amazon_pay', 'rows') }}
