"""Metrics for Prometheus, at /metrics of an address of their own; without METRICS_ADDRESS nowhere.

With several processes PROMETHEUS_MULTIPROC_DIR names a folder, emptied before each start, in which
they add up their numbers; otherwise each answers for itself.
"""

import os
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import constant_time_compare
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

REQUESTS = Counter("regit_requests", "Answered requests.", ["method", "view", "status"])
SECONDS = Histogram(
    "regit_request_seconds",
    "Time until the answer begins.",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
METHODS = ("GET", "HEAD", "POST")


def count(method: str, view: str, status: int, seconds: float) -> None:
    """Count an answered request; what anybody can make up (methods, addresses) is put together."""
    view = view or "none"
    REQUESTS.labels(method if method in METHODS else "other", view, status).inc()
    SECONDS.labels(view).observe(seconds)


class OwnAddress:
    """Answers whoever calls at METRICS_ADDRESS, with the numbers and nothing else.

    Stands first: no host name, session, right or log line has to do with it, and the database is
    asked nothing. gunicorn listens there too (deploy/gunicorn.conf.py) and says by which port a
    request came in, whatever its headers claim.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or let the request through."""
        port = settings.METRICS_ADDRESS.rpartition(":")[2]
        if port and request.META.get("SERVER_PORT") == port:
            return show(request)
        return self.get_response(request)


def show(request: HttpRequest) -> HttpResponse:
    """Return the numbers as Prometheus reads them; 404 for all else, and without a token asked for."""
    expected = f"Bearer {settings.METRICS_TOKEN}" if settings.METRICS_TOKEN else ""
    given = request.headers.get("Authorization", "") if expected else ""
    wanted = request.method in ("GET", "HEAD") and request.path_info == "/metrics"
    if not wanted or not constant_time_compare(given, expected):
        return HttpResponse("not found\n", status=404, content_type="text/plain")
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
