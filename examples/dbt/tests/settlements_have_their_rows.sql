-- Fails with every settlement of which rows are missing in the files.
select * from {{ ref('amazon_pay_settlement_check') }} where rows_found <> row_count
