"""Configuration only: settings, urls, wsgi and the embedded database. Imported by nobody."""
