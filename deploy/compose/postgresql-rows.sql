-- A few rows to begin with.
INSERT INTO ems.category VALUES (1, 'Sports', 'MLB', 'Major League Baseball'), (2, 'Shows', 'Opera', 'All opera');
INSERT INTO ems.venue VALUES (1, 'Turner Field', 'Atlanta', 'GA', 50091), (2, 'Opernhaus', 'Zürich', NULL, 1100);
INSERT INTO ems.event VALUES (1, 1, 1, 1, 'Braves', '2008-01-01 19:30:00', NULL), (2, 2, 2, 1, 'La Traviata', '2008-01-01 20:00:00', 'Verdi');
INSERT INTO crm."user" (userid, username, firstname, lastname, city, credit, joined) VALUES (1, 'AAAAAAA1', 'Ada', 'Adams', 'Lagos', 12.50, now());
