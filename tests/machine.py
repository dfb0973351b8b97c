"""What the state machines share: a transaction that is taken back, refusals, and the passing of days."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from exchange.demo import clock
from governance.access import Forbidden
from roles import grants

PICK = st.integers(0, 10_000)


class Machine(RuleBasedStateMachine):
    """A world in a transaction of its own; what an example does to it is taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.clock: Any = None
        self.changed = True

    def teardown(self) -> None:
        if self.clock:
            self.clock.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @property
    def today(self) -> date:
        return timezone.localdate()

    def attempt(self, action: Any, *args: Any, **kwargs: Any) -> Any:
        """Do it in a savepoint and return what came of it; nothing comes of what is refused."""
        try:
            with transaction.atomic():
                done = action(*args, **kwargs) or True
        except (ValidationError, Forbidden):
            return None
        self.changed = True
        return done

    def anything_new(self) -> bool:
        """Whether anything happened since this was asked: what costs much is looked at only then."""
        new, self.changed = self.changed, False
        return new

    def let_days_pass(self, days: int) -> None:
        """Set the clock that many days later, and let the grants follow."""
        later = timezone.now() + timedelta(days=days)
        if self.clock:
            self.clock.__exit__(None, None, None)
        self.clock = clock.set_to(later)
        self.clock.__enter__()
        grants.bring_up_to_date()
        self.changed = True


def run(machine: type[Machine], *, examples: int, steps: int) -> None:
    """Try so many sequences of so many steps."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
