"""How often a key may ask: generously, so that a program in a loop does not take the register from people.

Counted in each web process for itself: a note in the database for every question would cost more
than most questions do. Not by django-ninja's throttles: they keep the question at hand on an object
that a process's threads share.
"""

import time
from collections import Counter
from threading import Lock

from django.conf import settings

MINUTE = 60


class Pace:
    """Counts the questions of each key within the minute that is."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._asked: Counter[int] = Counter()

    def seconds_to_wait(self, key: int) -> int:
        """Count a question of the key; return how long it has to wait, 0 when it may go on."""
        minute, second = divmod(int(time.time()), MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._asked = minute, Counter()
            self._asked[key] += 1
            within = self._asked[key] <= settings.API_QUESTIONS_A_MINUTE
        return 0 if within else MINUTE - second


pace = Pace()
