"""One object with everybody who can stand in a relation to it: the cast of the authorisation table."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from exchange.api import keys
from exchange.demo import clock
from exchange.importing import uploads
from exchange.webhooks import subscribing
from governance.actions import arende as arende_actions
from governance.actions import avtalsfiler
from governance.actions import avvikelse as avvikelse_actions
from governance.actions import informationsmangd as mangd_actions
from governance.actions import leverantor as leverantor_actions
from governance.actions import samband as samband_actions
from governance.actions import statusrapport as statusrapport_actions
from governance.actions import styrdokument as styrdokument_actions
from governance.actions import uppdrag as uppdrag_actions
from governance.actions import utvardering as utvardering_actions
from governance.models import Avtal, Avtalsfil, Forvaltningsobjekt, Informationssystem
from roles import assignments, people
from roles.catalogue import NAMND, OPERATIVE, ROLES
from roles.models import RoleAssignment, User
from tests.factories import (
    appoint,
    make_active,
    make_admin,
    make_namnd,
    make_objekt,
    make_revisor,
    make_system,
    make_user,
    today,
)
from tests.factories.avtal import make_avtal, make_signed
from tests.governance.uppdrag import cast as casts
from tests.world.money import cost_report, paid, planned
from tests.world.moten import met

# Column of the table → role code. The nämnd's column is its representative.
COLUMNS = {
    "rep": "namnd",
    "oa": "objektagare",
    "oait": "objektagare_it",
    "fl": "forvaltningsledare",
    "flit": "forvaltningsledare_it",
    "sf": "systemforvaltare",
    "its": "it_specialist",
    "sda": "systemdriftansvarig",
}


@dataclass
class World:
    """The object, what belongs to it, and people by column of the table."""

    objekt: Forvaltningsobjekt
    things: dict[str, Any] = field(default_factory=dict)
    people: dict[str, User | AnonymousUser] = field(default_factory=dict)
    elsewhere: dict[str, User] = field(default_factory=dict)


def staffed(prefix: str) -> tuple[Forvaltningsobjekt, dict[str, User]]:
    """Make an object in management with all eight roles, each held by a person of its own."""
    namnd = make_namnd(f"Nämnden för {prefix}")
    cast = {column: make_user(f"{prefix}.{column}") for column in COLUMNS}
    people.add_representant(None, namnd, cast["rep"])
    holders: dict[str, Any] = {COLUMNS[c]: p for c, p in cast.items()} | {NAMND: namnd}
    objekt = make_active(
        f"Objekt {prefix}", **{r.code: holders[r.code] for r in ROLES if r.mandatory}
    )
    for role in OPERATIVE:
        appoint(objekt, role.code, holders[role.code])
    return objekt, cast


@clock.in_one_go()
def build() -> World:
    """Make the world: one object looked at, another where the same roles are held by others.

    In one go, like the demo: what actions ask before they write, their own tests ask.
    """
    objekt, here = staffed("har")
    other, there = staffed("dar")
    world = World(objekt, people={"anon": AnonymousUser(), **here}, elsewhere=there)
    world.people |= {
        "out": make_user("ute.staende"),
        "rev": make_revisor("har.rev"),
        "adm": make_admin("har.adm"),
    }
    system = make_system(objekt, "Öppna systemet")
    hidden = make_system(objekt, "Skyddade systemet", skyddsvard=True)
    leverantor = leverantor_actions.create(None, name="Leverans AB")
    held = RoleAssignment.objects.filter(objekt=objekt)
    leader, namnd = held.get(role="forvaltningsledare"), held.get(role=NAMND).namnd
    assert namnd
    world.things = {
        "objekt": objekt,
        "other": other,
        "draft": make_objekt("Utkastet"),
        "system": system,
        "hidden": hidden,
        "leverantor": leverantor,
        "namnd": namnd,
        "representant": namnd.representanter.get(),
        "mangd": mangd_actions.create(None, system, content="Elever", verksamhet="Skolan"),
        "hidden_mangd": mangd_actions.create(None, hidden, content="Hemligt", verksamhet="Skolan"),
        "samband": samband_actions.create(None, system, outside_party="Skolverket"),
        "hidden_samband": samband_actions.create(None, system, target=hidden),
        "leader": leader,
        "operative": held.get(role="systemforvaltare"),
        "substitution": assignments.substitute(
            None,
            leader,
            make_user("vera.vikarie"),
            valid_from=today(),
            valid_to=today(),
            reason="Prov",
        ),
        "avtal": make_avtal(objekt, system),
        "drift": make_avtal(objekt, system, slag="drift"),
        "signed": (signed := make_signed(objekt, system, extension_months=12)),
        "hidden_avtal": make_signed(objekt, hidden),
        "fil": file_of(signed),
        "hidden_fil": file_of(make_avtal(objekt, hidden)),
        "person": here["fl"],
        "key": keys.create(here["fl"], name="Nyckel", may_write=False, expires_on=today())[0],
        "subscription": subscribing.begin(
            world.people["adm"],  # type: ignore[arg-type]
            name="Program",
            address="https://192.0.80.1/",
        )[0],
        "upload": uploaded_by(world.people["adm"]),
        "utvardering": utvardering_actions.record(
            here["oa"],
            objekt,
            on=today(),
            period_from=today() - timedelta(days=365),
            period_to=today(),
            next_on=today() + timedelta(days=365),
            works="Mötena",
        ),
        "styrdokument": styrdokument_actions.issue(
            here["oa"], objekt, title="Riktlinje", edition="1", text="Logga."
        ),
    }
    world.things |= steered(objekt, hidden) | planned(objekt, hidden) | paid(objekt, hidden)
    arende, secret = world.things["arende"], world.things["hidden_arende"]
    world.things |= met(objekt, arende, secret, [here["oa"], here["oait"], here["fl"]])
    world.things["kostnadsrapport"] = cost_report(objekt)
    return world


def steered(objekt: Forvaltningsobjekt, hidden: Informationssystem) -> dict[str, Any]:
    """Make what is done within a plan: uppdrag at each step, ärenden and reports."""
    plan = casts.plan_for(objekt)
    aktivitet, secret = casts.activity_of(plan), casts.activity_of(plan, system=hidden)
    casts.adopt(plan)
    uppdrag = [
        uppdrag_actions.initiate(None, objekt, aktivitet=aktivitet, title=f"Uppdrag {n}", belopp=0)
        for n in range(3)
    ]
    going = [uppdrag_actions.decide(None, one) for one in uppdrag[1:]]
    matter: dict[str, Any] = {"title": "Köp en modul", "description": "Utanför planen"}
    told: dict[str, Any] = {"title": "Sent", "description": "Sent", "paverkar": "tid"}
    told |= {"sida": "verksamhet", "on": today()}
    return {
        "plan": plan,
        "uppdrag": uppdrag[0],
        "decided": going[0],
        "started": uppdrag_actions.start(None, going[1]),
        "hidden_uppdrag": uppdrag_actions.initiate(None, objekt, aktivitet=secret, title="Hemligt"),
        "arende": arende_actions.refer(None, objekt, **matter),
        "hidden_arende": arende_actions.refer(None, objekt, system=hidden, **matter),
        "avvikelse": avvikelse_actions.report(None, objekt, **told),
        "hidden_avvikelse": avvikelse_actions.report(None, objekt, system=hidden, **told),
        "statusrapport": statusrapport_actions.report(
            None,
            objekt,
            sida="it",
            period_from=today(),
            period_to=today(),
            mal_lage="gron",
            tid_lage="gron",
            kostnad_lage="gron",
            summary="Bra",
        ),
    }


def file_of(avtal: Avtal) -> Avtalsfil:
    """Return a small file of the agreement."""
    return avtalsfiler.add(None, avtal, file=SimpleUploadedFile("avtal.txt", b"Vi avtalar."))


def uploaded_by(person: Any) -> Any:
    """Return a small file that the person is about to import."""
    return uploads.receive(person, SimpleUploadedFile("lista.csv", b"Namn\nHeroma\n"))
