"""How gunicorn serves RegIT: `gunicorn --config deploy/gunicorn.conf.py regit.wsgi`.

WEB_ADDRESS, METRICS_ADDRESS, WEB_WORKERS and WEB_THREADS come from the environment
(docs/operations.md).
"""

import os
import shutil
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger


class JsonLines(Logger):
    """What gunicorn says of itself, as RegIT's own lines are written."""

    def setup(self, cfg: Any) -> None:
        """Let the usual handler write JSON."""
        from regit.logs import json_lines

        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(json_lines())


if os.environ.get("DJANGO_SETTINGS_MODULE") == "regit.settings.development":
    raise ValueError(
        "regit.settings.development shows what is inside to everybody: set DJANGO_SETTINGS_MODULE "
        "to regit.settings.production."
    )
bind = [os.environ.get("WEB_ADDRESS") or "127.0.0.1:8000"]
if os.environ.get("METRICS_ADDRESS"):
    bind.append(os.environ["METRICS_ADDRESS"])
    # Behind a socket file it is the Host header that says the port, and anybody can write that.
    if bind[0].startswith("unix:") or len({address.rpartition(":")[2] for address in bind}) < 2:
        raise ValueError("METRICS_ADDRESS needs a WEB_ADDRESS with a port, and another one.")
workers = int(os.environ.get("WEB_WORKERS", "2"))
# Threads: an export is streamed, and a sync worker would cut it at the timeout, with status 200.
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 30
# A connection opened before the fork would be shared by the workers.
preload_app = False
# Nobody steers it but the process manager, and the folder of the socket may be closed to it.
control_socket_disable = True
# Not the disk: gunicorn's heartbeat would wait for it.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# The log of requests is RegIT's own (regit/requests.py).
accesslog = None
logger_class = JsonLines
# Which proxy may say that the connection was HTTPS is for BEHIND_PROXY to decide, not gunicorn.
secure_scheme_headers: dict[str, str] = {}


def on_starting(_server: Any) -> None:
    """Empty the folder where the processes add up their metrics: old numbers would be counted on."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        Path(folder).mkdir(parents=True, exist_ok=True)


def child_exit(_server: Any, worker: Any) -> None:
    """Let go of what a worker that ended reported of its present."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
