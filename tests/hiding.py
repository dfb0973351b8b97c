"""Who looks at a register with a skyddsvärt system in it, and how they look."""

import io
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange.demo import clock
from governance.actions import (
    arende,
    avvikelse,
    informationsmangd,
    kostnad,
    leverantor,
    mote,
    samband,
)
from governance.models import Forvaltningsobjekt, Informationssystem, Uppdrag
from roles.models import User
from tests.factories import (
    appoint,
    make_active,
    make_admin,
    make_namnd,
    make_revisor,
    make_system,
    make_user,
    put,
    today,
)
from tests.factories.avtal import make_avtal

OPEN, HIDDEN = "Öppna registret", "Hemliga registret"


@dataclass
class Cast:
    """Who looks, and at what."""

    pks: dict[str, int]
    objekt: Forvaltningsobjekt
    open: Informationssystem
    hidden: Informationssystem
    knows: list[User]
    outside: list[User]


@clock.in_one_go()
def build() -> Cast:
    leader, namnd = make_user("lars.ledare"), make_namnd("Skolnämnden")
    supplier = leverantor.create(None, name="Leverans AB")
    objekt = make_active("Elevadministration", forvaltningsledare=leader, namnd=namnd)
    neighbour = make_active("Grannobjektet", forvaltningsledare=make_user("gun.granne"))
    given: dict[str, Any] = {"leverantor": supplier, "informationen_ags_av": namnd}
    visible = make_system(objekt, OPEN, **given)
    hidden = make_system(objekt, HIDDEN, konfidentialitet=4, **given)
    beside = make_system(neighbour, "Grannsystemet")
    owner = make_user("ines.informationsagare")
    for system in (visible, hidden):
        informationsmangd.create(
            None, system, content=f"Om {system}", verksamhet="Skolan", informationsagare=owner
        )
        samband.create(None, beside, target=system, information=f"Till {system}")
    for system in (visible, hidden):
        make_avtal(objekt, system, title=f"Drift av {system}")
        cost: dict[str, Any] = {"sida": "it", "belopp": Decimal(100), "on": today()}
        kostnad.register(None, objekt, system=system, title=f"Licens för {system}", **cost)
        arende.refer(None, objekt, system=system, title=f"Byt {system}", description="Gammalt")
        avvikelse.report(
            None,
            objekt,
            system=system,
            sida="it",
            title=f"Fel i {system}",
            description="Fel",
            paverkar="kvalitet",
            on=today(),
        )
    for matter in objekt.arende.all():
        put(Uppdrag(objekt=objekt, arende=matter, title=f"Uppdrag: {matter}"))
    keeper = appoint(objekt, "systemforvaltare", make_user("olle.oppen"), systems=[visible]).person
    known = appoint(objekt, "systemforvaltare", make_user("hedda.hemlig"), systems=[hidden]).person
    assert keeper
    assert known
    start = timezone.now() + timedelta(days=7)
    meeting = mote.plan(
        None,
        objekt,
        slag="styrgrupp",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        arenden=objekt.arende.all(),
        avvikelser=objekt.avvikelse.all(),
        people=[leader],
    )
    return Cast(
        pks={
            "mote": meeting.pk, "objekt": objekt.pk, "neighbour": neighbour.pk, "beside": beside.pk, "namnd": namnd.pk,
            "leverantor": supplier.pk, "owner": owner.pk, "known": known.pk, "open": visible.pk,
        },
        objekt=objekt,
        open=visible,
        hidden=hidden,
        knows=[leader, known, make_revisor(), make_admin()],
        outside=[make_user("ute.utanfor"), keeper, User.objects.get(username="gun.granne"), owner],
    )  # fmt: skip


def get(person: User, cast: Cast, name: str, thing: str, query: dict[str, str]) -> str:
    client = Client()
    client.force_login(person)
    kwargs: dict[str, Any] = {"pk": cast.pks[thing]} if thing else {}
    if name.endswith("_as_of"):
        kwargs["day"] = today().isoformat()
    values = {key: str(cast.pks.get(value, value)) for key, value in query.items()}
    response = client.get(reverse(name, kwargs=kwargs), values)
    assert response.status_code == 200, (name, response.status_code)
    body = b"".join(response)  # streamed or not
    return body.decode()


def text_of(workbook: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    cells = (c for sheet in book for row in sheet.iter_rows(values_only=True) for c in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)
