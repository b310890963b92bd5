-- Fails with every settlement whose movements do not lead from what was carried in to what is carried on.
select * from {{ ref('amazon_pay_settlement_check') }} where moved <> carried
