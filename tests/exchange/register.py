"""A small register with something of everything, and one thing that few may know of."""

from dataclasses import dataclass
from datetime import date, timedelta

from governance.actions import informationsmangd as mangd_actions
from governance.actions import leverantor as leverantor_actions
from governance.actions import objekt as objekt_actions
from governance.actions import samband as samband_actions
from governance.models import Forvaltningsobjekt, Informationssystem
from roles import assignments
from roles.assignments import Basis
from roles.models import User
from tests.factories import (
    appoint,
    make_active,
    make_namnd,
    make_objekt,
    make_system,
    make_user,
    today,
)

SECRET = "Hemliga larmet"


@dataclass
class Register:
    """What the tests ask for by name."""

    elev: Forvaltningsobjekt
    draft: Forvaltningsobjekt
    journal: Informationssystem
    secret: Informationssystem
    eva: User


def varied_register() -> Register:
    """Make two objects, five systems, past and coming holders, samband and informationsmängder."""
    eva = make_user("eva.lund", first_name="Eva", last_name="Lund")
    namnd = make_namnd("För- och grundskolenämnden")
    elev = make_active("Elevadministration", forvaltningsledare=eva, namnd=namnd)
    draft = make_objekt("Larm & skydd", description="=1+1\nrad två", verksamhetsprocess="")
    appoint(draft, "forvaltningsledare", make_user("annab", last_name="Berg, Å"))
    objekt_actions.change(None, elev, description="Allt om elever; från förskola till gymnasium.")
    journal = _systems(elev, draft)
    secret = make_system(draft, SECRET, skyddsvard=True, konfidentialitet=4)
    _staffing(elev, journal, secret)
    _connections(journal, secret, eva)
    return Register(elev, draft, journal, secret, eva)


def _systems(elev: Forvaltningsobjekt, draft: Forvaltningsobjekt) -> Informationssystem:
    supplier = leverantor_actions.create(
        None, name="Ådala Programvara AB", organisationsnummer="556677-8899"
    )
    journal = make_system(
        elev,
        "Elevjournal",
        other_names="EJ\nJournalen, gamla",
        purpose="+46 är ett landsnummer\n\n2026-05-12",
        leverantor=supplier,
        product="Journal 7",
        contacts="Anna Berg, 090-16 10 00\nBo Ek; växeln",
        livscykel="under_avveckling",
        livscykel_since=date(2026, 1, 31),
        livscykel_decision="UN 2026/1",
        driftsatt_on=date(1999, 8, 1),
        konfidentialitet=3,
        konfidentialitet_motivation="Elevhälsa",
        riktighet=0,
        personal_data=True,
        personal_data_kinds="Namn\nHälsa",
        nis2="viktig",
        lagrar_elektroniskt=False,
        informationen_ags_av=elev.assignments.get(role="namnd").namnd,
        ovriga_uppgifter=[["Driftbudget", "10 000"], ["Status", "Bra"], ["=Märklig", "@x"]],
    )
    make_system(elev, "Skolskjuts", personal_data=False)
    make_system(elev, "Tom")
    make_system(draft, "Skolskjuts", ovriga_uppgifter=[["Anteckning", "Samma namn"]])
    return journal


def _staffing(
    elev: Forvaltningsobjekt, journal: Informationssystem, secret: Informationssystem
) -> None:
    leader_it = elev.assignments.get(role="forvaltningsledare_it")
    tomorrow = today() + timedelta(days=1)
    assignments.hand_over(
        None, leader_it, make_user("karin.berg"), on=tomorrow, reason="Pensionsavgång",
        basis=Basis(decision_reference="UN 2026/118", on_behalf_of="Nämnden"),
    )  # fmt: skip
    keeper = make_user("sven.ek")
    appoint(elev, "systemforvaltare", keeper, systems=[journal])
    ended = {"valid_from": date(2020, 1, 1), "valid_to": date(2021, 12, 31)}
    appoint(elev, "it_specialist", keeper, basis=Basis(consulted_resursagare="Rut"), **ended)
    appoint(secret.objekt, "systemdriftansvarig", keeper, systems=[secret])


def _connections(journal: Informationssystem, secret: Informationssystem, eva: User) -> None:
    samband_actions.create(
        None, journal, outside_party="Skolverket", direction="hamtar", kind="fil",
        information="Betyg, årskurs 9", frequency="arligen", criticality="hog",
    )  # fmt: skip
    other = journal.objekt.systems.get(name="Skolskjuts")
    samband_actions.create(None, journal, target=other)
    samband_actions.create(None, other, target=secret, information="Larmlistor")
    mangd_actions.create(
        None, journal, content="Betyg", verksamhet="Grundskolan", informationsagare=eva
    )
    mangd_actions.create(None, secret, content="Larmkoder", verksamhet="Säkerhet")
