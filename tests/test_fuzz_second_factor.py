"""Whatever is sent to the pages of the second factor, the answer is a page or a sentence."""

import time
from typing import Any, cast

from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from roles.login import recent, second_factor
from roles.models import CodeApp, User
from tests import hostile
from tests.fuzzing import FuzzCase, thorough
from tests.hostile import encoded

PAGES = (
    "second_factor",
    "second_factor_check",
    "second_factor_app",
    "second_factor_remove",
    "passkey_add",
    "passkey_check",
    "recovery_codes",
    "confirm_password",
)
FIELDS = ("code", "password", "name", "answer", "reason", "next")
STATES = (second_factor.NONE, second_factor.ASKED, second_factor.DONE)


@override_settings(SECOND_FACTOR=True)
class TestSecondFactor(FuzzCase):
    """Every field of every page, in a session that has come more or less far."""

    @given(
        st.sampled_from(PAGES),
        st.sampled_from(STATES),
        st.booleans(),
        st.dictionaries(st.sampled_from(FIELDS), hostile.texts(), min_size=1, max_size=3),
    )
    @thorough(40)
    def test_every_field(self, page: str, state: str, proved: bool, typed: dict[str, str]) -> None:
        path, client = reverse(f"roles:{page}"), self.client_in(state, proved=proved)
        raw = "&".join(f"{name}={encoded(value)}" for name, value in typed.items())
        self.looks_right(client.get(f"{path}?{raw}"))
        self.looks_right(client.post(path, raw, content_type="application/x-www-form-urlencoded"))

    def client_in(self, state: str, *, proved: bool) -> Client:
        """Return a browser whose session has shown as much; its person has an app unless NONE."""
        client, person = self.clients["fl"], cast(User, self.world.people["fl"])
        CodeApp.objects.filter(user=person).delete()
        if state != second_factor.NONE:
            CodeApp.waiting(person)
            CodeApp.objects.update(confirmed=True)
        session: Any = client.session
        session[second_factor.STATE] = state
        session[recent.PROVED] = time.time() if proved else 0
        session.save()
        return client
