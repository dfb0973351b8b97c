"""A Django database engine whose PostgreSQL server starts with the first connection.

`server.py` keeps the server, `base.py` is the engine: `ENGINE: "regit.embedded"`.
"""
