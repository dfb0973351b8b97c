"""What the second factor keeps is worth nothing to who reads the database alone."""

from binascii import unhexlify
from typing import Any

import pytest
from django.core.management import call_command
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from roles.login import crypt, second_factor
from roles.models import CodeApp, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NEW = "a-new-key-of-the-tests-that-is-long-enough-to-be-taken-as-one"


@pytest.fixture
def eva() -> User:
    """Return a person with an app and recovery codes."""
    person = make_user("eva.lund")
    CodeApp.waiting(person)
    CodeApp.objects.update(confirmed=True)
    return person


def code_of(key: bytes) -> str:
    return f"{totp(key):06d}"


def test_the_key_of_an_app_does_not_lie_open(eva: User) -> None:
    app = CodeApp.objects.get()
    kept = TOTPDevice.objects.get()
    assert len(app.bin_key) == 20
    assert app.bin_key.hex() not in kept.key
    assert len(kept.key) <= TOTPDevice._meta.get_field("key").max_length
    assert second_factor.check(eva, code_of(unhexlify(kept.key))), "what is kept makes no codes"
    CodeApp.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert second_factor.check(eva, code_of(app.bin_key)) == ""
    assert TOTPDevice.objects.get().key == kept.key, "using it does not write it in the open"


def test_it_is_of_no_use_in_another_persons_row(eva: User) -> None:
    lars = make_user("lars.nystrom")
    CodeApp.objects.update(user=lars)
    with pytest.raises(crypt.Unreadable):
        _key = CodeApp.objects.get().bin_key


def test_a_changed_key_reads_the_old_until_everything_is_written_anew(
    eva: User, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    key = CodeApp.objects.get().bin_key
    code = second_factor.new_recovery_codes(eva)[0]
    settings.SECOND_FACTOR_KEY = NEW
    with pytest.raises(SystemExit) as stopped:
        call_command("rekey_second_factor")
    assert stopped.value.code == 1
    assert "SECOND_FACTOR_OLD_KEYS" in capsys.readouterr().err
    settings.SECOND_FACTOR_OLD_KEYS = [settings.SECRET_KEY]
    assert CodeApp.objects.get().bin_key == key
    assert second_factor.check(eva, code) == ""
    call_command("rekey_second_factor")
    assert "1 appar" in capsys.readouterr().out
    settings.SECOND_FACTOR_OLD_KEYS = []
    assert CodeApp.objects.get().bin_key == key


def test_a_key_of_its_own_lets_the_secret_key_change(eva: User, settings: Any) -> None:
    settings.SECOND_FACTOR_KEY = settings.SECRET_KEY
    key = CodeApp.objects.get().bin_key
    code = second_factor.new_recovery_codes(eva)[0]
    settings.SECRET_KEY = NEW
    assert CodeApp.objects.get().bin_key == key
    assert second_factor.check(eva, code) == ""
