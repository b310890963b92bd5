-- What was captured and refunded, and what that cost, by day.
select
    account_id,
    currency,
    cast(posted_at as date) as posted_on,
    count(*) as row_count,
    sum(case when amount > 0 then amount else 0 end) as taken,
    sum(case when amount < 0 then amount else 0 end) as given_back,
    sum(total_fee) as fees,
    sum(net) as net
from {{ ref('stg_amazon_pay__rows') }}
where transaction_id is not null
group by account_id, currency, cast(posted_at as date)
