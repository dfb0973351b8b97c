"""The fields of a system, as a sheet of systems may have them."""

from django.utils.translation import gettext_noop as _

from exchange.mapping.choices import LIVSCYKEL, NIS2
from exchange.mapping.fields import Field, Kind, Subject

TEXT, LINES = Kind.TEXT, Kind.LINES


def _klassning(aspect: str, label: str, why_label: str, letter: str) -> tuple[Field, Field]:
    """Return the level of one aspect of klassning, and its motivation."""
    level = Field(
        aspect,
        label,
        Kind.LEVEL,
        (f"{label} nivå", f"{label} {letter}", f"{label}sklass", f"nivå {label}"),
        help=_("En siffra från 0 till 4."),
    )
    why = Field(
        f"{aspect}_motivation",
        why_label,
        TEXT,
        (f"{label} motivering", f"motivering {label}", f"{label} kommentar"),
    )
    return level, why


NAME_AND_PLACE = (
    Field(
        "name",
        _("Namn"),
        synonyms=(
            "systemnamn",
            "system",
            "informationssystem",
            "it-system",
            "applikation",
            "name",
            "systemets namn",
            "namn på system",
            "benämning",
        ),
        required=True,
        help=_("Det namn som används i vardagen."),
    ),
    Field(
        "other_names",
        _("Andra namn"),
        LINES,
        ("alias", "kortnamn", "förkortning", "kallas även", "tidigare namn"),
        help=_("Ett namn per rad i cellen."),
    ),
    Field(
        "objekt",
        _("Förvaltningsobjekt"),
        synonyms=("objekt", "förvaltningsobjektets namn", "objektnamn"),
        help=_(
            "Objektet som systemet hör till. Krävs om inte filen grupperas efter en annan kolumn."
        ),
    ),
    Field(
        "organisation",
        _("Organisation"),
        Kind.PATH,
        (
            "förvaltning",
            "organisatorisk tillhörighet",
            "enhet",
            "avdelning",
            "verksamhet",
            "organisationsenhet",
        ),
        max_length=1000,
        help=_("Till exempel ”Kommunen / Vård och omsorg / Hemtjänst”."),
    ),
)
WHAT_IT_DOES = (
    Field(
        "purpose",
        _("Syfte"),
        TEXT,
        (
            "verksamhet beskrivning",
            "beskrivning",
            "systembeskrivning",
            "ändamål",
            "användning",
            "vad används systemet till",
            "beskrivning av systemet",
            "description",
        ),
    ),
    Field("collects", _("Samlar in"), TEXT, ("insamling", "information som samlas in")),
    Field("stores", _("Lagrar"), TEXT, ("lagring", "lagrad information", "information som lagras")),
    Field("processes", _("Bearbetar"), TEXT, ("bearbetning", "information som bearbetas")),
    Field("distributes", _("Distribuerar"), TEXT, ("distribution", "information som distribueras")),
    Field(
        "lagrar_elektroniskt",
        _("Lagrar information elektroniskt"),
        Kind.YES_NO,
        ("lagras elektroniskt",),
    ),
    Field(
        "informationen_ags_av",
        _("Informationen ägs av"),
        synonyms=(
            "informationsägare nämnd",
            "informationsägande nämnd",
            "personuppgiftsansvarig nämnd",
            "myndighet",
        ),
        help=_("Nämndens namn."),
    ),
)
LIFE = (
    Field(
        "livscykel",
        _("Livscykel"),
        Kind.CHOICE,
        (
            "var i systemets livscykel befinner sig systemet",
            "livscykelfas",
            "livscykelstatus",
            "systemstatus",
            "status",
            "fas",
        ),
        LIVSCYKEL,
    ),
    Field("livscykel_since", _("Livscykel sedan"), Kind.DATE, ("status sedan",)),
    Field("livscykel_decision", _("Beslut om livscykel"), synonyms=("livscykelbeslut",)),
    Field(
        "driftsatt_on",
        _("Driftsatt"),
        Kind.DATE,
        ("driftsättningsdatum", "driftsatt datum", "driftstart", "i drift sedan", "driftsatt år"),
        help=_("Datum som 2026-05-12."),
    ),
    Field(
        "avvecklas_on",
        _("Avvecklas"),
        Kind.DATE,
        ("avvecklas datum", "avvecklingsdatum", "avvecklat datum", "slutdatum"),
        help=_("Datum som 2026-05-12."),
    ),
)
DELIVERY = (
    Field(
        "leverantor",
        _("Leverantör"),
        synonyms=("leverantörens namn", "systemleverantör", "supplier", "vendor", "tillverkare"),
    ),
    Field(
        "leverantor_organisationsnummer",
        _("Leverantörens organisationsnummer"),
        synonyms=(
            "organisationsnummer",
            "orgnr",
            "org.nr",
            "org nr",
            "leverantör organisationsnummer",
        ),
        help=_("Tio siffror, till exempel 556677-8899."),
    ),
    Field("product", _("Produkt"), synonyms=("produktnamn", "programvara", "modul")),
    Field(
        "hosting",
        _("Var det körs"),
        synonyms=(
            "drift internt eller externt",
            "driftmiljö",
            "driftform",
            "driftplats",
            "hosting",
            "driftställe",
            "intern eller extern drift",
        ),
    ),
    Field(
        "operator",
        _("Vem som sköter driften"),
        synonyms=("driftleverantör", "driftansvarig", "driftas av", "driftpartner"),
    ),
    Field(
        "support",
        _("Vem som ger support"),
        synonyms=("support", "supportkontakt", "supportleverantör", "helpdesk"),
    ),
    Field(
        "contacts",
        _("Kontakter"),
        Kind.ROWS,
        ("kontakt", "kontaktperson", "kontaktpersoner", "kontaktuppgifter"),
        gathers=True,
    ),
    Field(
        "user_groups",
        _("Användargrupper"),
        TEXT,
        ("användare", "målgrupp", "målgrupper", "användargrupp"),
    ),
)
PROTECTION = (
    *_klassning(
        "konfidentialitet", _("Konfidentialitet"), _("Motivering av konfidentialitet"), "k"
    ),
    *_klassning("riktighet", _("Riktighet"), _("Motivering av riktighet"), "r"),
    *_klassning("tillganglighet", _("Tillgänglighet"), _("Motivering av tillgänglighet"), "t"),
    *_klassning("sparbarhet", _("Spårbarhet"), _("Motivering av spårbarhet"), "s"),
    Field(
        "personal_data",
        _("Personuppgifter"),
        Kind.YES_NO,
        (
            "innehåller personuppgifter",
            "behandlar personuppgifter",
            "behandlas personuppgifter",
            "personal data",
            "gdpr",
        ),
    ),
    Field(
        "personal_data_kinds",
        _("Slag av personuppgifter"),
        TEXT,
        (
            "typ av personuppgifter",
            "kategorier av personuppgifter",
            "vilka personuppgifter",
            "känsliga personuppgifter",
        ),
    ),
    Field("nis2", _("NIS2-klass"), Kind.CHOICE, ("nis2", "nis 2", "nis2 class", "nis"), NIS2),
    Field(
        "skyddsvard",
        _("Skyddsvärt"),
        Kind.YES_NO,
        ("skyddsvärd", "säkerhetskänsligt", "säkerhetskänslig", "säkerhetsskydd"),
    ),
)
ROLES = (
    Field(
        "namnd",
        _("Nämnd"),
        synonyms=("nämnd/styrelse", "ansvarig nämnd", "juridisk systemägare", "styrelse"),
    ),
    Field("objektagare", _("Objektägare"), Kind.PEOPLE, ("systemägare", "operativ systemägare")),
    Field("objektagare_it", _("Objektägare IT"), Kind.PEOPLE, ("systemägare it", "it-ägare")),
    Field(
        "forvaltningsledare",
        _("Förvaltningsledare"),
        Kind.PEOPLE,
        (
            "systemansvariga verksamhet",
            "systemansvarig verksamhet",
            "systemansvarig",
            "systemförvaltare verksamhet",
            "kontakt verksamhet",
            "verksamhetskontakt",
        ),
        max_length=1000,
        help=_("E-post, användarnamn eller namn."),
    ),
    Field(
        "forvaltningsledare_it",
        _("Förvaltningsledare IT"),
        Kind.PEOPLE,
        (
            "systemansvariga it",
            "systemansvarig it",
            "systemförvaltare it",
            "kontakt it",
            "it-kontakt",
            "it-ansvarig",
        ),
        max_length=1000,
        help=_("E-post, användarnamn eller namn."),
    ),
)
SYSTEM = Subject(
    "system",
    _("System"),
    (*NAME_AND_PLACE, *WHAT_IT_DOES, *LIFE, *DELIVERY, *PROTECTION, *ROLES),
    ("systemförteckning", "systemlista", "informationssystem", "it-system", "systems"),
)
