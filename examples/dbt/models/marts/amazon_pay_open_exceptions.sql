-- What waits for somebody, by code, with the money that it is about.
select
    account_id,
    code,
    severity,
    currency,
    count(*) as exceptions,
    sum(abs(amount)) as amount_at_risk,
    min(found_at) as oldest_found_at
from {{ ref('stg_amazon_pay__exceptions') }}
where is_open
group by account_id, code, severity, currency
