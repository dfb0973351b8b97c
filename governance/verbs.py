"""The verbs that can be asked for on a förvaltningsobjekt or a system: codename and name in words.

governance declares and asks for them; who holds them is decided elsewhere. Change, add and the
like are Django's own permissions (`change_forvaltningsobjekt`).
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Verb = tuple[str, "StrOrPromise"]

# What the operative roles do can be held on a whole object or on named systems.
SYSTEM_VERBS: list[Verb] = [
    ("manage_aktiviteter", _("Utföra och samordna aktiviteter")),
    ("record_klassning", _("Delta i informationsklassning")),
    ("record_gallring", _("Utföra gallring")),
    ("record_andringsforslag", _("Samla in och prioritera ändringsförslag")),
    ("maintain_dokumentation", _("Hålla dokumentationen aktuell")),
    ("record_systemkrav", _("Omvandla verksamhetskrav till systemkrav")),
    ("maintain_drift", _("Sköta drift och underhåll")),
    ("report_driftavbrott", _("Rapportera driftavbrott")),
]

OBJEKT_VERBS: list[Verb] = [
    ("appoint_namnd", _("Ange juridisk systemägare")),
    ("appoint_objektagare", _("Utse objektägare och objektägare IT")),
    ("appoint_forvaltningsledare", _("Utse förvaltningsledare")),
    ("appoint_forvaltningsledare_it", _("Utse förvaltningsledare IT")),
    ("appoint_operativa_roller", _("Bemanna operativa roller")),
    ("decide_livscykel", _("Besluta om anskaffning, utveckling och avveckling")),
    ("change_tekniska_samband", _("Ansvara för tekniska samband")),
    ("record_utvardering", _("Utvärdera förvaltningsorganisationen")),
    ("certify_cost", _("Attestera kostnader för objektet")),
    ("certify_it_cost", _("Attestera kostnader för IT-stöden")),
    ("sign_avtal", _("Teckna avtal med leverantörer")),
    ("approve_serviceavtal", _("Godkänna drifts-, support- och serviceavtal")),
    ("adopt_forvaltningsplan", _("Fastställa förvaltningsplanen för verksamheten")),
    ("adopt_forvaltningsplan_it", _("Fastställa förvaltningsplanen för IT")),
    ("draft_forvaltningsplan", _("Utarbeta förvaltningsplan")),
    ("allocate_funds", _("Tilldela ekonomiska resurser")),
    ("approve_leverans", _("Godkänna leveranser från IT-parter")),
    ("call_off", _("Avropa mot ingångna avtal")),
    ("initiate_uppdrag", _("Initiera uppdrag utifrån planen")),
    ("call_mote", _("Kalla till och leda möten")),
    ("report_status", _("Rapportera status")),
    ("report_avvikelse", _("Rapportera avvikelser till styrgruppen")),
    ("decide_within_plan", _("Prioritera och besluta inom planens ram")),
    ("follow_up_costs", _("Följa upp kostnader")),
    ("follow_up_it_costs", _("Följa upp IT-kostnader")),
    ("refer_arende", _("Föredra ärenden för styrgruppen")),
    *SYSTEM_VERBS,
]

# What everybody who can log in does with a system (clause 6.9); no grant is written for it.
USER_VERBS: list[Verb] = [("acknowledge_regler", _("Ta del av och följa reglerna för systemet"))]

# Django's own permissions in words: what a person who lacks one is told.
DJANGOS_OWN: list[Verb] = [
    ("add_forvaltningsobjekt", _("Registrera förvaltningsobjekt")),
    ("change_forvaltningsobjekt", _("Hålla uppgifterna aktuella")),
    ("add_namnd", _("Registrera nämnder")),
    ("change_namnd", _("Ändra nämnder")),
    ("add_leverantor", _("Registrera leverantörer")),
    ("change_leverantor", _("Ändra leverantörer")),
    ("change_user", _("Ändra personer")),
    ("view_granskning", _("Läsa hela registrets historik")),
    ("view_skyddsvard", _("Se skyddsvärda system")),
    ("import_register", _("Importera till registret")),
    ("manage_prenumerationer", _("Hantera prenumerationer på händelser")),
]

NAMES: dict[str, "StrOrPromise"] = dict(OBJEKT_VERBS + USER_VERBS + DJANGOS_OWN)
