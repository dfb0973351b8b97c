"""Metrics for Prometheus at /metrics, for whoever knows METRICS_TOKEN; without one there is no such page.

With several processes PROMETHEUS_MULTIPROC_DIR names a folder, emptied before each start, in which
they add up their numbers; otherwise each answers for itself.
"""

import os

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
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


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Return the numbers as Prometheus reads them; raise Http404 without the right token."""
    given = request.headers.get("Authorization", "")
    token = settings.METRICS_TOKEN
    if not token or not constant_time_compare(given, f"Bearer {token}"):
        raise Http404
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
