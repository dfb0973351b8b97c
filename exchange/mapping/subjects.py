"""The five kinds of sheet: Objekt, System, Roller, Samband, Informationsmängder."""

from django.utils.translation import gettext_noop as _

from exchange.mapping.choices import CRITICALITY, DIRECTION, FREQUENCY, KIND, ROLE, STATUS
from exchange.mapping.fields import Field, Kind, Subject
from exchange.mapping.systems import SYSTEM

WHICH_SYSTEM = _("Behövs bara när flera system har samma namn.")
OBJEKT = Subject(
    "objekt",
    _("Objekt"),
    (
        Field(
            "name",
            _("Namn"),
            synonyms=("objekt", "förvaltningsobjekt", "objektnamn", "name"),
            required=True,
        ),
        Field(
            "verksamhetsprocess",
            _("Verksamhetsprocess"),
            synonyms=("process", "stödjer processen", "verksamhetens process"),
            help=_(
                "Den enda process som objektet stödjer. Krävs innan objektet tas i förvaltning."
            ),
        ),
        Field("description", _("Beskrivning"), Kind.TEXT, ("description", "objektbeskrivning")),
        Field("status", _("Status"), Kind.CHOICE, ("objektstatus",), STATUS),
        Field(
            "namnd",
            _("Nämnd"),
            synonyms=("nämnd/styrelse", "ansvarig nämnd", "juridisk systemägare"),
        ),
    ),
    ("förvaltningsobjekt",),
)
ROLLER = Subject(
    "roller",
    _("Roller"),
    (
        Field("objekt", _("Förvaltningsobjekt"), synonyms=("objekt", "objektnamn"), required=True),
        Field("role", _("Roll"), Kind.CHOICE, ("rollnamn", "role"), ROLE, required=True),
        Field(
            "holder",
            _("Innehavare"),
            synonyms=("person", "rollinnehavare", "användarnamn", "namn", "e-post", "holder"),
            required=True,
            max_length=500,
            help=_("Personens e-post, användarnamn eller namn; för nämnden dess namn."),
        ),
        Field(
            "valid_from",
            _("Från och med"),
            Kind.DATE,
            ("från", "startdatum", "gäller från", "fr.o.m.", "valid from"),
        ),
        Field(
            "valid_to",
            _("Till och med"),
            Kind.DATE,
            ("till", "slutdatum", "gäller till", "t.o.m.", "valid to"),
        ),
        Field(
            "decision_reference",
            _("Beslut"),
            synonyms=("diarienummer", "beslutsreferens", "dnr"),
            max_length=100,
        ),
        Field("on_behalf_of", _("På uppdrag av"), synonyms=("överlåtet av",)),
        Field("consulted_resursagare", _("Rådfrågad resursägare"), synonyms=("resursägare",)),
        Field(
            "systems",
            _("Gäller systemen"),
            Kind.ROWS,
            ("system", "systems"),
            max_length=10_000,
            help=_("Tomt betyder hela objektet. Annars ett system per rad i cellen."),
        ),
    ),
    ("rolltilldelningar", "bemanning", "ansvariga"),
)
SAMBAND = Subject(
    "samband",
    _("Samband"),
    (
        Field(
            "source",
            _("System"),
            synonyms=("från system", "källa", "källsystem", "source", "avsändare"),
            required=True,
        ),
        Field("source_objekt", _("Systemets objekt"), help=WHICH_SYSTEM),
        Field("direction", _("Riktning"), Kind.CHOICE, ("direction",), DIRECTION),
        Field(
            "target",
            _("Annat system"),
            synonyms=("till system", "mål", "målsystem", "target", "mottagare"),
        ),
        Field("target_objekt", _("Annat systems objekt"), help=WHICH_SYSTEM),
        Field(
            "outside_party",
            _("Utomstående part"),
            synonyms=("extern part", "externt system", "motpart"),
        ),
        Field("kind", _("Slag"), Kind.CHOICE, ("typ", "type", "integrationstyp", "teknik"), KIND),
        Field(
            "information",
            _("Information"),
            synonyms=("vad", "innehåll", "informationsmängd"),
            max_length=300,
        ),
        Field("frequency", _("Hur ofta"), Kind.CHOICE, ("frekvens", "frequency"), FREQUENCY),
        Field(
            "criticality",
            _("Hur viktigt"),
            Kind.CHOICE,
            ("kritikalitet", "criticality", "viktighet"),
            CRITICALITY,
        ),
    ),
    ("integrationer", "kopplingar", "integrations", "beroenden"),
)
INFORMATIONSMANGDER = Subject(
    "informationsmangder",
    _("Informationsmängder"),
    (
        Field("system", _("System"), synonyms=("systemnamn", "i system"), required=True),
        Field("objekt", _("Förvaltningsobjekt"), synonyms=("objekt",), help=WHICH_SYSTEM),
        Field(
            "content",
            _("Information"),
            synonyms=("informationsmängd", "innehåll"),
            required=True,
            max_length=300,
        ),
        Field(
            "verksamhet",
            _("Ägande verksamhet"),
            synonyms=("verksamhet", "ägs av", "informationen ägs av"),
            required=True,
        ),
        Field(
            "informationsagare",
            _("Informationsägare"),
            Kind.PEOPLE,
            max_length=500,
            help=_("E-post, användarnamn eller namn."),
        ),
    ),
    ("informationsmängd", "informationstillgångar", "informationsägare"),
)
SUBJECTS = {
    subject.code: subject for subject in (OBJEKT, SYSTEM, ROLLER, SAMBAND, INFORMATIONSMANGDER)
}
