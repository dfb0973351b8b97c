"""What spreadsheets call the values of the register's choices; the values are the models'."""

from collections.abc import Iterable, Mapping
from typing import Any

from exchange.mapping.fields import Choice
from governance.models import Forvaltningsobjekt, Livscykel, Nis2, Samband
from roles.catalogue import ROLES

Synonyms = Mapping[str, tuple[str, ...]]


def _choices(pairs: Iterable[tuple[str, Any]], synonyms: Synonyms) -> tuple[Choice, ...]:
    return tuple(Choice(code, label, synonyms.get(code, ())) for code, label in pairs)


LIVSCYKEL = _choices(
    Livscykel.choices,
    {
        "planerat": ("planerad", "planeras", "beslutat", "under upphandling", "upphandlas"),
        "inforande": ("införande", "införs", "implementeras", "under implementation", "pilot"),
        "i_drift": (
            "under förvaltning",
            "under aktiv vidareutveckling",
            "förvaltning",
            "i förvaltning",
            "vidareutveckling",
            "drift",
            "aktiv",
            "aktivt",
            "används",
            "produktion",
            "i produktion",
            "vidmakthållande",
        ),
        "under_avveckling": ("avvecklas", "avveckling", "ska avvecklas", "utfasning", "fasas ut"),
        "avvecklat": ("avvecklad", "avvecklade", "nedlagt", "stängt", "avslutat", "ur drift"),
    },
)
NIS2 = _choices(
    Nis2.choices,
    {
        "omfattas_inte": ("omfattas ej", "nej", "ej tillämpligt", "ej applicerbart", "ingen"),
        "viktig": ("viktig verksamhetsutövare", "viktig entitet", "important"),
        "vasentlig": ("väsentlig verksamhetsutövare", "väsentlig entitet", "essential"),
    },
)
STATUS = _choices(
    Forvaltningsobjekt.Status.choices,
    {
        "utkast": ("draft", "förslag"),
        "i_forvaltning": ("förvaltning", "under förvaltning", "aktivt", "aktiv", "i drift"),
        "avvecklat": ("avvecklad", "avslutat", "nedlagt"),
    },
)
KIND = _choices(
    Samband.Kind.choices,
    {
        "api": ("rest", "webbtjänst", "soap", "tjänst", "web service"),
        "fil": ("sftp", "ftp", "filimport", "filexport", "import", "export", "file"),
        "handelse": ("event", "events", "händelse", "meddelandekö", "kö", "mqtt"),
        "databas": ("databaskoppling", "databasvy", "sql", "db"),
        "manuellt": ("manuell", "manuell överföring", "för hand"),
        "annat": ("övrigt", "other"),
    },
)
DIRECTION = _choices(
    Samband.Direction.choices,
    {
        "lamnar": ("till", "ut", "utgående", "skickar", "skickar till", "lämnar", "->", "→"),
        "hamtar": ("från", "in", "inkommande", "tar emot", "hämtar", "<-", "←"),
        "bada": ("båda", "båda riktningarna", "dubbelriktad", "tvåvägs", "in och ut", "<->", "↔"),
    },
)
FREQUENCY = _choices(
    Samband.Frequency.choices,
    {
        "lopande": ("realtime", "near-realtime", "realtid", "nära realtid", "kontinuerligt"),
        "vid_behov": ("on-demand", "på begäran", "ibland"),
        "dagligen": ("daglig", "varje dag", "varje natt", "nattligen", "daily"),
        "veckovis": ("varje vecka", "en gång i veckan", "weekly"),
        "manadsvis": ("månatligen", "varje månad", "en gång i månaden", "monthly"),
        "arligen": ("varje år", "årsvis", "en gång om året", "yearly"),
    },
)
CRITICALITY = _choices(
    Samband.Criticality.choices,
    {
        "lag": ("low", "liten"),
        "medel": ("medium", "måttlig", "normal"),
        "hog": ("high", "stor"),
        "kritisk": ("critical", "kritiskt", "mycket hög"),
    },
)
ROLE = _choices(
    ((role.code, role.name) for role in ROLES),
    {
        "namnd": ("nämnd", "styrelse", "juridisk systemägare", "systemägare"),
        "objektagare": ("operativ systemägare", "objektägare verksamhet"),
        "objektagare_it": ("it-objektägare",),
        "forvaltningsledare": ("förvaltningsledare verksamhet", "systemansvarig verksamhet"),
        "forvaltningsledare_it": ("it-förvaltningsledare", "systemansvarig it"),
        "systemforvaltare": ("objektspecialist", "systemadministratör"),
        "it_specialist": ("it specialist", "specialist it"),
        "systemdriftansvarig": ("driftansvarig", "driftansvarig it"),
    },
)
