"""Django's PostgreSQL engine, on the embedded server: starting it is part of connecting."""

from typing import Any

from django.db.backends.postgresql import base

from regit.embedded import server


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that first sees to it that the server of `DIRECTORY` runs."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return what to connect with, the server running and leased to this process."""
        address = server.lease(self.settings_dict["DIRECTORY"])
        self.settings_dict.update(HOST=address.host, PORT=str(address.port))
        params: dict[str, Any] = super().get_connection_params()
        return params
