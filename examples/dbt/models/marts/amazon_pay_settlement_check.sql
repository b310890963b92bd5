-- Settlements against the rows that they are made of: the rows' net amounts come to what is carried on less what was carried in.
select
    settlements.settlement_key,
    settlements.account_id,
    settlements.settlement_id,
    settlements.currency,
    settlements.row_count,
    count(settlement_rows.row_key) as rows_found,
    settlements.activity + settlements.fees + settlements.transfer as moved,
    settlements.closing - settlements.opening as carried
from {{ ref('stg_amazon_pay__settlements') }} as settlements
left join {{ ref('stg_amazon_pay__rows') }} as settlement_rows
    on settlement_rows.account_id = settlements.account_id
    and settlement_rows.settlement_id = settlements.settlement_id
    and settlement_rows.currency = settlements.currency
group by
    settlements.settlement_key,
    settlements.account_id,
    settlements.settlement_id,
    settlements.currency,
    settlements.row_count,
    settlements.activity + settlements.fees + settlements.transfer,
    settlements.closing - settlements.opening
