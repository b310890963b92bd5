-- A difference, whatever has become of it.
select
    account_id,
    exception_id,
    code,
    severity,
    status,
    status in ('open', 'reopened') as is_open,
    settlement_id,
    transaction_id,
    currency,
    amount,
    found_at,
    changed_at,
    cause
from {{ source('amazon_pay', 'exceptions') }}
