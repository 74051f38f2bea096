-- What every database of the house grants: the owner owns, the application reads and writes rows, the audit reader
-- gets its tables by name in the migrations. Run as the owner, before the first table is made.
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cortile_app;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO cortile_app;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO cortile_app;
GRANT USAGE ON SCHEMA public TO cortile_app, cortile_audit;
GRANT CONNECT ON DATABASE {database} TO cortile_app, cortile_audit;
