"""Each request gets an id, a line in the log and a place in the metrics; no names, no search words."""

import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

from governance.gestures import open_gesture
from regit import metrics

HEADER = "X-Request-ID"
ID = "regit.request_id"
GIVEN = re.compile(r"[\w-]{8,64}", re.ASCII)
logger = logging.getLogger("regit.request")

_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class RequestLog:
    """Logs and counts what every request came to, and says its id to the proxy and the browser.

    An id that the proxy gave is kept, so that both logs tell of the same thing. Stands after the
    middleware that answers for static files.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then say how it went."""
        given = request.headers.get(HEADER, "")
        request_id = given if GIVEN.fullmatch(given) else uuid4().hex
        request.META[ID] = request_id
        token, began = _current.set(request), time.perf_counter()
        try:
            response = self.get_response(request)
            self._tell(request, response.status_code, time.perf_counter() - began)
        finally:
            _current.reset(token)
        response[HEADER] = request_id
        return response

    @staticmethod
    def _tell(request: HttpRequest, status: int, seconds: float) -> None:
        view = request.resolver_match.view_name if request.resolver_match else ""
        # Only the path: the query holds what people search for, which may be a person's name.
        about = {"method": request.method, "path": request.path, "view": view, "status": status}
        logger.info("request", extra={**about, "milliseconds": round(seconds * 1000)})
        metrics.count(request.method or "", view, status, seconds)


class InShort(logging.Filter):
    """Makes a warning without traceback of what strangers provoke: nobody need get up for it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lower the line's level; keep the line."""
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None
        return True


class WhereFrom(logging.Filter):
    """Adds to every line which request, which person (by id) and which gesture it comes from."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add what is known; keep the line."""
        request = getattr(record, "request", None) or _current.get()
        gesture = open_gesture()
        if isinstance(request, HttpRequest):
            record.request_id = request.META.get(ID)
            # Who was looked up already: a line in the log asks the database nothing.
            record.user_id = getattr(getattr(request, "_cached_user", None), "pk", None)
        if gesture and not hasattr(record, "gesture_id"):
            record.gesture_id = str(gesture.pk)
        return True
