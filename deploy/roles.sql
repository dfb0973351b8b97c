-- The database and its two roles: regit owns the tables and migrates, regit_web serves.
-- By a superuser, once, with both passwords in the environment:
--   OWNER_PASSWORD=… WEB_PASSWORD=… psql --set ON_ERROR_STOP=1 --file deploy/roles.sql postgres
\getenv owner OWNER_PASSWORD
\getenv web WEB_PASSWORD
CREATE ROLE regit LOGIN PASSWORD :'owner';
CREATE ROLE regit_web LOGIN PASSWORD :'web';
CREATE DATABASE regit OWNER regit ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT, TEMPORARY ON DATABASE regit FROM PUBLIC;
GRANT CONNECT ON DATABASE regit TO regit_web;
