-- A few rows to begin with.
INSERT INTO ecomm.date VALUES (1, '2008-01-01', 'TU', 1, 'JAN', '1', 2008, 1);
INSERT INTO ecomm.listing VALUES (1, 1, 1, 1, 10, 20.00, 200.00, '2008-01-01 10:00:00.123456', NULL), (2, 1, 2, 1, 2, 99.50, 199.00, '2008-01-01 11:00:00', 'front row');
INSERT INTO ecomm.sale VALUES (1, 1, 1, 1, 1, 1, 4, 80.00, 12.00, '2008-01-01 12:00:00'), (2, 2, 1, 1, 2, 1, 2, 199.00, 29.85, '2008-01-01 12:30:00');
