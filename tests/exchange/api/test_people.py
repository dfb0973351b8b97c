"""People by key: everybody reads, Administratörer write, and nobody is given a login."""

import pytest
from django.core.cache import cache

from governance.models import Gesture
from roles.models import User
from tests.exchange.api.caller import Caller
from tests.factories import make_admin, make_namnd, make_revisor, make_user

pytestmark = pytest.mark.django_db
NEW = {"username": "nils.ny", "first_name": "Nils", "last_name": "Ny", "email": "nils@example.se"}


@pytest.fixture(autouse=True)
def _no_wrong_keys_before() -> None:
    cache.clear()


def test_people_are_found_as_in_the_list() -> None:
    eva, gone = make_user("eva.lund"), make_user("sture.slutat")
    admin = Caller(make_admin())
    assert admin.post(f"/personer/{gone.pk}/active", {"active": False, "reason": "x"}).json() == (
        admin.get(f"/personer/{gone.pk}").json()
    )
    reader = Caller(eva)
    found = reader.get("/personer", q="lund").json()["items"]
    assert [row["username"] for row in found] == ["eva.lund"]
    left = reader.get("/personer", visa="slutat").json()["items"]
    assert [row["id"] for row in left] == [gone.pk]
    assert reader.get("/personer", visa="hittepa").status_code == 422
    revisor = make_revisor()
    assert reader.get(f"/personer/{revisor.pk}").json()["groups"] == ["Revisorer"]


def test_only_administratorer_register_change_and_close() -> None:
    admin, other = Caller(make_admin()), Caller(make_user())
    assert other.post("/personer", NEW).status_code == 403
    made = admin.post("/personer", NEW)
    assert made.status_code == 201, made.content
    pk, path = made.json()["id"], f"/personer/{made.json()['id']}"
    person = User.objects.get(pk=pk)
    assert not person.has_usable_password()
    for field in ("password", "is_superuser", "is_staff", "is_active", "groups"):
        refused = admin.post("/personer", NEW | {"username": "x", field: True})
        assert refused.json()["errors"] == {field: ["Det finns inget sådant fält."]}
    assert admin.send("PATCH", path, {"unit": "Skolan"}).status_code == 428
    assert other.send("PATCH", path, {"unit": "Skolan"}, if_match="1").status_code == 403
    changed = admin.send("PATCH", path, {"unit": "Skolan"}, if_match="1")
    assert changed.json()["unit"] == "Skolan"
    assert admin.send("PATCH", path, {"unit": "Vården"}, if_match="1").status_code == 412
    assert other.post(f"{path}/active", {"active": False, "reason": "Nej"}).status_code == 403
    assert admin.post(f"{path}/active", {"active": False}).status_code == 422
    closed = admin.post(f"{path}/active", {"active": False, "reason": "Slutade"})
    assert closed.json()["is_active"] is False
    assert Gesture.objects.latest("at").reason == "Slutade"


def test_the_last_administrator_stays() -> None:
    admin = make_admin()
    refused = Caller(admin).post(f"/personer/{admin.pk}/active", {"active": False, "reason": "x"})
    assert "enda Administratören" in refused.json()["errors"][""][0]


def test_who_acts_for_a_namnd() -> None:
    namnd, person, admin = make_namnd("Skolnämnden"), make_user(), Caller(make_admin())
    body = {"namnd": namnd.pk, "person": person.pk}
    assert Caller(person).post("/foretradare", body).status_code == 403
    made = admin.post("/foretradare", body)
    assert made.status_code == 201, made.content
    listed = Caller(person).get("/foretradare", namnd=namnd.pk).json()["items"]
    assert [row["person"] for row in listed] == [person.pk]
    path = f"/foretradare/{made.json()['id']}"
    assert Caller(person).send("DELETE", path).status_code == 403
    assert admin.send("DELETE", path, {"reason": "Byte"}).status_code == 204
    assert Gesture.objects.latest("at").reason == "Byte"
