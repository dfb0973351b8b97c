"""The document as plain data: roles, their mandates, who appoints whom, and the two groups.

Clauses are those of "Ansvar och roller för ägande och förvaltande av informationssystem" (Umeå
kommun, 2018-01-04). Imports nothing of RegIT.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Mandate:
    """One thing that a role is to do: its clause, own wording, and the permission that mirrors it."""

    clause: str
    text: str
    permission: str = ""
    stage: str = "A"


@dataclass(frozen=True)
class Role:
    """A role: code, name, whether an object must have it, who appoints, and its mandates."""

    code: str
    name: str
    clause: str
    mandatory: bool
    appointed_with: str
    appointed_by: tuple[str, ...]
    summary: str
    mandates: tuple[Mandate, ...]
    subtitle: str = ""

    @property
    def permissions(self) -> frozenset[str]:
        """Return the codenames that the role carries."""
        return frozenset(m.permission for m in self.mandates if m.permission)


ROLES: tuple[Role, ...] = (
    Role(
        code="namnd",
        name=_("Nämnd/styrelse"),
        subtitle=_("juridisk systemägare"),
        clause="6.1",
        mandatory=True,
        appointed_with="appoint_namnd",
        appointed_by=(),
        summary=_(
            "Juridisk ägare av informationssystemen, med det yttersta ansvaret. Företräds av utsedda personer."
        ),
        mandates=(
            Mandate(
                "6.0",
                _("Har det övergripande ansvaret inom sitt område (kommunallagen 6 kap. 7 §)"),
            ),
            Mandate("6.1.a", _("Äger systemen i juridisk mening")),
            Mandate(
                "6.1.b",
                _("Svarar ytterst för att systemen utformas och används enligt lag och riktlinjer"),
            ),
            Mandate("6.1.c", _("Utser objektägare och objektägare IT"), "appoint_objektagare"),
        ),
    ),
    Role(
        code="objektagare",
        name=_("Objektägare"),
        subtitle=_("operativ systemägare"),
        clause="6.2",
        mandatory=True,
        appointed_with="appoint_objektagare",
        appointed_by=("namnd",),
        summary=_("Övergripande operativt ansvar för informationen och systemen."),
        mandates=(
            Mandate("6.2.a", _("Har det operativa ansvaret för information och system")),
            Mandate("6.2.b", _("Samverkar med alla berörda informationsägare")),
            Mandate("6.2.c", _("Inrättar förvaltningsorganisationen")),
            Mandate(
                "6.2.B1", _("Ser till att verksamheten får det IT-stöd den behöver"), stage="B"
            ),
            Mandate("6.2.B2", _("Ser till att lagar och styrdokument följs"), stage="B"),
            Mandate("6.2.B3", _("Ser till att det finns en aktuell förvaltningsplan"), stage="B"),
            Mandate(
                "6.2.B4",
                _("Utvärderar förvaltningsorganisationen"),
                "record_utvardering",
                stage="B",
            ),
            Mandate("6.2.B5", _("Attesterar kostnader för objektet"), "certify_cost", stage="B"),
            Mandate(
                "6.2.B6", _("Tecknar avtal med leverantörer enligt planen"), "sign_avtal", stage="B"
            ),
            Mandate(
                "6.2.B7",
                _("Beslutar om anskaffning, utveckling och avveckling"),
                "decide_livscykel",
            ),
            Mandate(
                "6.2.B8", _("Svarar för säker förvaltning inom mål, budget och avtal"), stage="B"
            ),
            Mandate(
                "6.2.U1",
                _("Fastställer förvaltningsplanen tillsammans med objektägare IT"),
                "adopt_forvaltningsplan",
                stage="B",
            ),
            Mandate("6.2.U2", _("Utser förvaltningsledare"), "appoint_forvaltningsledare"),
            Mandate("6.2.U3", _("Deltar i förvaltningsstyrgruppen"), stage="B"),
            Mandate("6.2.U4", _("Följer upp tecknade avtal"), "sign_avtal", stage="B"),
            Mandate("6.2.U5", _("Ser till att styrdokument når förvaltningsledaren"), stage="B"),
            Mandate(
                "6.2.U6",
                _("Godkänner drifts-, support- och serviceavtal"),
                "approve_serviceavtal",
                stage="B",
            ),
            Mandate(
                "6.2.U7",
                _("Tilldelar pengar, vid behov utanför planen"),
                "allocate_funds",
                stage="B",
            ),
        ),
    ),
    Role(
        code="objektagare_it",
        name=_("Objektägare IT"),
        subtitle="",
        clause="6.4",
        mandatory=True,
        appointed_with="appoint_objektagare",
        appointed_by=("namnd",),
        summary=_("Bistår objektägaren och ingår med denne i styrgruppen."),
        mandates=(
            Mandate("6.4.a", _("Ingår med objektägaren i styrgruppen")),
            Mandate("6.4.B1", _("Tillgodoser behovet av lämpligt IT-stöd"), stage="B"),
            Mandate("6.4.B2", _("Ser till att IT-stöden följer lagen"), stage="B"),
            Mandate(
                "6.4.B3", _("Attesterar kostnader för IT-stöden"), "certify_it_cost", stage="B"
            ),
            Mandate(
                "6.4.B4", _("Tecknar avtal med leverantörer enligt planen"), "sign_avtal", stage="B"
            ),
            Mandate(
                "6.4.U1",
                _("Fastställer förvaltningsplanen tillsammans med objektägaren"),
                "adopt_forvaltningsplan_it",
                stage="B",
            ),
            Mandate("6.4.U2", _("Utser förvaltningsledare IT"), "appoint_forvaltningsledare_it"),
            Mandate("6.4.U3", _("Deltar i förvaltningsstyrgruppen"), stage="B"),
            Mandate("6.4.U4", _("Följer upp tecknade avtal"), "sign_avtal", stage="B"),
            Mandate("6.4.U5", _("Ser till att styrdokument når förvaltningsledare IT"), stage="B"),
            Mandate(
                "6.4.U6",
                _("Godkänner drifts-, support- och serviceavtal"),
                "approve_serviceavtal",
                stage="B",
            ),
        ),
    ),
    Role(
        code="forvaltningsledare",
        name=_("Förvaltningsledare"),
        subtitle="",
        clause="6.3",
        mandatory=True,
        appointed_with="appoint_forvaltningsledare",
        appointed_by=("objektagare",),
        summary=_("Huvudansvarig förvaltare av hela objektet, på objektägarens uppdrag."),
        mandates=(
            Mandate("6.3.a", _("Är huvudansvarig förvaltare på objektägarens uppdrag")),
            Mandate("6.3.B1", _("Verkställer planens mål inom givna ramar"), stage="B"),
            Mandate("6.3.B2", _("Ser till att stödet är användbart"), stage="C"),
            Mandate("6.3.B3", _("Ser till att stödet är aktuellt och relevant")),
            Mandate(
                "6.3.B4", _("Godkänner leveranser från IT-parter"), "approve_leverans", stage="B"
            ),
            Mandate("6.3.B5", _("Avropar mot ingångna avtal"), "call_off", stage="B"),
            Mandate("6.3.B6", _("Initierar uppdrag utifrån planen"), "initiate_uppdrag", stage="B"),
            Mandate(
                "6.3.U1",
                _("Bemannar operativa roller i samråd med resursägare"),
                "appoint_operativa_roller",
            ),
            Mandate(
                "6.3.U2",
                _("Utarbetar förvaltningsplan med förvaltningsledare IT"),
                "draft_forvaltningsplan",
                stage="B",
            ),
            Mandate("6.3.U3", _("Kallar till och leder möten"), "call_mote", stage="B"),
            Mandate(
                "6.3.U4",
                _("Registrerar system, avtal och organisation i RegIT"),
                "change_forvaltningsobjekt",
            ),
            Mandate(
                "6.3.U5", _("Håller uppgifterna i RegIT aktuella"), "change_forvaltningsobjekt"
            ),
            Mandate(
                "6.3.U6", _("Ser till att drifts-, support- och serviceavtal finns"), stage="B"
            ),
            Mandate(
                "6.3.U7",
                _("Upprättar förvaltningsdokumentation"),
                "maintain_dokumentation",
                stage="C",
            ),
            Mandate(
                "6.3.U8", _("Rapporterar status till objektägaren"), "report_status", stage="B"
            ),
            Mandate(
                "6.3.U9",
                _("Rapporterar avvikelser till styrgruppen"),
                "report_avvikelse",
                stage="B",
            ),
            Mandate(
                "6.3.U10",
                _("Prioriterar och beslutar inom planens ram"),
                "decide_within_plan",
                stage="B",
            ),
            Mandate("6.3.U11", _("Följer upp kostnader"), "follow_up_costs", stage="B"),
            Mandate(
                "6.3.U12",
                _("Föredrar ärenden utanför planen för styrgruppen"),
                "refer_arende",
                stage="B",
            ),
            Mandate("6.3.U13", _("Ställer krav på projekt"), stage="C"),
            Mandate("6.3.U14", _("Bevakar omvärlden för verksamheten"), stage="C"),
            Mandate(
                "6.3.U15",
                _("Samordnar uppdrag med andra objekt och projekt"),
                "initiate_uppdrag",
                stage="C",
            ),
            Mandate(
                "6.3.U16",
                _("Koordinerar, delegerar och startar aktiviteter"),
                "manage_aktiviteter",
                stage="C",
            ),
        ),
    ),
    Role(
        code="forvaltningsledare_it",
        name=_("Förvaltningsledare IT"),
        subtitle="",
        clause="6.5",
        mandatory=True,
        appointed_with="appoint_forvaltningsledare_it",
        appointed_by=("objektagare_it",),
        summary=_(
            "Förvaltar på uppdrag av objektägare IT, med särskilt ansvar för de tekniska sambanden."
        ),
        mandates=(
            Mandate(
                "6.5.a", _("Arbetar på uppdrag av objektägare IT, med ansvar för tekniska samband")
            ),
            Mandate("6.5.B1", _("Verkställer planens IT-mål inom givna ramar"), stage="B"),
            Mandate(
                "6.5.B2", _("Ser till att IT-stöden är tillgängliga som överenskommet"), stage="C"
            ),
            Mandate("6.5.B3", _("Håller kontakten med leverantörer"), stage="B"),
            Mandate("6.5.B4", _("Ansvarar för tekniska samband"), "change_tekniska_samband"),
            Mandate("6.5.B5", _("Avropar mot ingångna avtal"), "call_off", stage="B"),
            Mandate("6.5.B6", _("Initierar uppdrag utifrån planen"), "initiate_uppdrag", stage="B"),
            Mandate(
                "6.5.U1",
                _("Bemannar operativa roller i samråd med resursägare"),
                "appoint_operativa_roller",
            ),
            Mandate(
                "6.5.U2",
                _("Utarbetar förvaltningsplan med förvaltningsledaren"),
                "draft_forvaltningsplan",
                stage="B",
            ),
            Mandate(
                "6.5.U3", _("Rapporterar status till objektägare IT"), "report_status", stage="B"
            ),
            Mandate(
                "6.5.U4",
                _("Rapporterar avvikelser till styrgruppen"),
                "report_avvikelse",
                stage="B",
            ),
            Mandate(
                "6.5.U5",
                _("Prioriterar och beslutar inom planens ram"),
                "decide_within_plan",
                stage="B",
            ),
            Mandate("6.5.U6", _("Samordnar leverantörer"), stage="B"),
            Mandate("6.5.U7", _("Följer upp IT-kostnader"), "follow_up_it_costs", stage="B"),
            Mandate(
                "6.5.U8",
                _("Föredrar ärenden utanför planen för styrgruppen"),
                "refer_arende",
                stage="B",
            ),
            Mandate("6.5.U9", _("Ställer krav på projekt"), stage="C"),
            Mandate("6.5.U10", _("Bevakar den tekniska omvärlden"), stage="C"),
            Mandate(
                "6.5.U11",
                _("Samordnar uppdrag med andra objekt och projekt"),
                "initiate_uppdrag",
                stage="C",
            ),
            Mandate(
                "6.5.U12",
                _("Koordinerar, delegerar och startar aktiviteter"),
                "manage_aktiviteter",
                stage="C",
            ),
        ),
    ),
    Role(
        code="systemforvaltare",
        name=_("Systemförvaltare"),
        subtitle=_("objektspecialist"),
        clause="6.6",
        mandatory=False,
        appointed_with="appoint_operativa_roller",
        appointed_by=("forvaltningsledare", "forvaltningsledare_it"),
        summary=_("Ansvarar för den dagliga användningen och är kontakten mot användarna."),
        mandates=(
            Mandate("6.6.a", _("Ansvarar för hela objektet eller för utpekade system")),
            Mandate("6.6.b", _("Är den centrala kontakten mot användarna")),
            Mandate("6.6.c", _("Samarbetar med lokala kontakter nära verksamheten"), stage="C"),
            Mandate(
                "6.6.U1",
                _("Utför aktiviteter och verkställer beslut"),
                "manage_aktiviteter",
                stage="C",
            ),
            Mandate("6.6.U2", _("Ser till att systemen är lätta att använda"), stage="C"),
            Mandate("6.6.U3", _("Ger användarsupport"), stage="C"),
            Mandate("6.6.U4", _("Sköter användare och behörigheter"), stage="C"),
            Mandate("6.6.U5", _("Deltar i säkerhetsarbetet"), stage="C"),
            Mandate(
                "6.6.U6", _("Testar nya funktioner och versioner"), "manage_aktiviteter", stage="C"
            ),
            Mandate(
                "6.6.U7",
                _("Deltar i säkerhetsanalys och informationsklassning"),
                "record_klassning",
                stage="C",
            ),
            Mandate("6.6.U8", _("Utför gallring och loggning"), "record_gallring", stage="C"),
            Mandate(
                "6.6.U9",
                _("Samlar in och prioriterar ändringsförslag"),
                "record_andringsforslag",
                stage="C",
            ),
            Mandate(
                "6.6.U10", _("Tar fram utbildningsmaterial"), "maintain_dokumentation", stage="C"
            ),
            Mandate(
                "6.6.U11",
                _("Uppdaterar processbeskrivningar, rutiner och mallar"),
                "maintain_dokumentation",
                stage="C",
            ),
            Mandate(
                "6.6.U12",
                _("Dokumenterar ändringar i systemet"),
                "maintain_dokumentation",
                stage="C",
            ),
            Mandate("6.6.U13", _("Ändrar och avregistrerar användare på uppdrag"), stage="C"),
            Mandate("6.6.U14", _("Verkställer beslutad gallring"), "record_gallring", stage="C"),
        ),
    ),
    Role(
        code="it_specialist",
        name=_("IT-specialist"),
        subtitle="",
        clause="6.7",
        mandatory=False,
        appointed_with="appoint_operativa_roller",
        appointed_by=("forvaltningsledare", "forvaltningsledare_it"),
        summary=_("Omsätter verksamhetens krav till teknisk lösning."),
        mandates=(
            Mandate("6.7.a", _("Omsätter verksamhetens krav till teknisk lösning")),
            Mandate(
                "6.7.U1",
                _("Utför aktiviteter och verkställer beslut"),
                "manage_aktiviteter",
                stage="C",
            ),
            Mandate("6.7.U2", _("Deltar på förvaltningsmöten vid behov"), stage="C"),
            Mandate(
                "6.7.U3",
                _("Omvandlar verksamhetskrav till systemkrav"),
                "record_systemkrav",
                stage="C",
            ),
            Mandate("6.7.U4", _("Ser till att IT-lösningen är användbar"), stage="C"),
        ),
    ),
    Role(
        code="systemdriftansvarig",
        name=_("Systemdriftansvarig"),
        subtitle="",
        clause="6.8",
        mandatory=False,
        appointed_with="appoint_operativa_roller",
        appointed_by=("forvaltningsledare", "forvaltningsledare_it"),
        summary=_(
            "Driftens representant; ser till att IT-komponenterna är tillgängliga enligt överenskommelse."
        ),
        mandates=(
            Mandate("6.8.a", _("Ser till att IT-komponenterna är tillgängliga som överenskommet")),
            Mandate("6.8.U1", _("Deltar på förvaltningsmöten vid behov"), stage="C"),
            Mandate("6.8.U2", _("Deltar i säkerhetsarbetet"), stage="C"),
            Mandate(
                "6.8.U3", _("Underhåller programvaror och databaser"), "maintain_drift", stage="C"
            ),
            Mandate(
                "6.8.U4",
                _("Sköter installation, drift och versionsbyten"),
                "maintain_drift",
                stage="C",
            ),
            Mandate(
                "6.8.U5", _("Håller driftdokumentationen aktuell"), "maintain_drift", stage="C"
            ),
            Mandate("6.8.U6", _("Använder beslutade metoder, standarder och teknik"), stage="C"),
            Mandate(
                "6.8.U7",
                _("Följer upp driftavbrott och rapporterar till förvaltningsledare IT"),
                "report_driftavbrott",
                stage="C",
            ),
            Mandate(
                "6.8.U8",
                _("Svarar för åtkomst, lagring, säkerhetskopiering och återläsning"),
                "maintain_drift",
                stage="C",
            ),
            Mandate("6.8.U9", _("Hjälper till i avbrottsplaneringen"), "maintain_drift", stage="C"),
            Mandate("6.8.U10", _("Svarar för systemets tekniska säkerhet"), stage="C"),
            Mandate("6.8.U11", _("Ger teknisk support när första linjen inte räcker"), stage="C"),
        ),
    ),
)

BY_CODE: dict[str, Role] = {role.code: role for role in ROLES}
MANDATORY: tuple[Role, ...] = tuple(role for role in ROLES if role.mandatory)
OPERATIVE: tuple[Role, ...] = tuple(role for role in ROLES if not role.mandatory)
NAMND = "namnd"

# What everybody who can log in has to do (clause 6.9); it needs no grant.
SYSTEMANVANDARE = Mandate(
    "6.9.a", _("Tar del av och följer reglerna för systemet"), "acknowledge_regler", stage="C"
)

# What the document says of the register as a whole, beside what it asks of the roles.
OF_THE_REGISTER: tuple[Mandate, ...] = (
    Mandate(
        "1.a", _("Ett informationssystem samlar in, lagrar, bearbetar och sprider information")
    ),
    Mandate("1.b", _("Ett förvaltningsobjekt är de system som stödjer samma verksamhetsprocess")),
    Mandate("2.2", _("Bolag med egna rutiner omfattas inte")),
    Mandate("3.a", _("Varje system har en organisation för ägande och förvaltning")),
    Mandate("4.a", _("Verksamhetschefen äger systemet, eller den som chefen överlåtit det till")),
    Mandate("4.b", _("Varje system ingår i ett förvaltningsobjekt")),
    Mandate("4.c", _("Objektägaren äger alla system som ingår i objektet")),
    Mandate("4.d", _("Ägarskapet omfattar förvaltning, utveckling, support och drift")),
    Mandate("5.a", _("Informationen i ett system kan ha flera informationsägare")),
    Mandate("6.2.d", _("De fem obligatoriska rollerna finns alltid")),
    Mandate("6.3.d", _("Registret omfattar system vars information en myndighet i kommunen äger")),
)

_EDIT = (
    "add_forvaltningsobjekt",
    "change_forvaltningsobjekt",
    "change_tekniska_samband",
    "decide_livscykel",
    "add_namnd",
    "change_namnd",
    "add_leverantor",
    "change_leverantor",
    "change_user",
    "import_register",
    "manage_prenumerationer",
)
_APPOINT = tuple(sorted({role.appointed_with for role in ROLES}))

# The two groups outside the objects, and what they may do everywhere.
GROUPS: dict[str, tuple[str, ...]] = {
    "Administratörer": (*_EDIT, *_APPOINT, "view_skyddsvard", "view_granskning"),
    "Revisorer": ("view_skyddsvard", "view_granskning"),
}


def clauses() -> tuple[Mandate, ...]:
    """Return every clause of the document: of the register, of the roles, of every user."""
    return (*OF_THE_REGISTER, *(m for role in ROLES for m in role.mandates), SYSTEMANVANDARE)
