"""The values that the register's choices have, and what real spreadsheets call them."""

from django.utils.translation import gettext_noop as _

from exchange.mapping.fields import Choice

LIVSCYKEL = (
    Choice(
        "planerat",
        _("Planerat"),
        ("planerad", "planeras", "beslutat", "under upphandling", "upphandlas"),
    ),
    Choice(
        "inforande",
        _("Under införande"),
        ("införande", "införs", "implementeras", "under implementation", "pilot", "test"),
    ),
    Choice(
        "i_drift",
        _("I drift"),
        (
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
    ),
    Choice(
        "under_avveckling",
        _("Under avveckling"),
        ("avvecklas", "avveckling", "ska avvecklas", "utfasning", "fasas ut"),
    ),
    Choice(
        "avvecklat",
        _("Avvecklat"),
        ("avvecklad", "avvecklade", "nedlagt", "stängt", "avslutat", "ur drift"),
    ),
)
NIS2 = (
    Choice(
        "omfattas_inte",
        _("Omfattas inte"),
        ("omfattas ej", "nej", "ej tillämpligt", "ej applicerbart", "ingen"),
    ),
    Choice("viktig", _("Viktig"), ("viktig verksamhetsutövare", "viktig entitet", "important")),
    Choice(
        "vasentlig",
        _("Väsentlig"),
        ("väsentlig verksamhetsutövare", "väsentlig entitet", "essential"),
    ),
)
STATUS = (
    Choice("utkast", _("Utkast"), ("draft", "förslag")),
    Choice(
        "i_forvaltning",
        _("I förvaltning"),
        ("förvaltning", "under förvaltning", "aktivt", "aktiv", "i drift"),
    ),
    Choice("avvecklat", _("Avvecklat"), ("avvecklad", "avslutat", "nedlagt")),
)
KIND = (
    Choice("api", _("API"), ("rest", "webbtjänst", "soap", "tjänst", "web service")),
    Choice(
        "fil",
        _("Filöverföring"),
        ("sftp", "ftp", "filimport", "filexport", "import", "export", "file"),
    ),
    Choice(
        "handelse", _("Händelser"), ("event", "events", "händelse", "meddelandekö", "kö", "mqtt")
    ),
    Choice("databas", _("Databas"), ("databaskoppling", "databasvy", "sql", "db")),
    Choice("manuellt", _("Manuellt"), ("manuell", "manuell överföring", "för hand")),
    Choice("annat", _("Annat"), ("övrigt", "other")),
)
DIRECTION = (
    Choice(
        "lamnar",
        _("Lämnar till"),
        ("till", "ut", "utgående", "skickar", "skickar till", "lämnar", "export", "->", "→"),
    ),
    Choice(
        "hamtar",
        _("Hämtar från"),
        ("från", "in", "inkommande", "tar emot", "hämtar", "import", "<-", "←"),
    ),
    Choice(
        "bada",
        _("Båda hållen"),
        ("båda", "båda riktningarna", "dubbelriktad", "tvåvägs", "in och ut", "<->", "↔"),
    ),
)
FREQUENCY = (
    Choice(
        "lopande",
        _("Löpande"),
        ("realtime", "near-realtime", "realtid", "nära realtid", "kontinuerligt", "direkt"),
    ),
    Choice("vid_behov", _("Vid behov"), ("on-demand", "på begäran", "ibland", "manuellt")),
    Choice("dagligen", _("Dagligen"), ("daglig", "varje dag", "varje natt", "nattligen", "daily")),
    Choice("veckovis", _("Veckovis"), ("varje vecka", "en gång i veckan", "weekly")),
    Choice(
        "manadsvis", _("Månadsvis"), ("månatligen", "varje månad", "en gång i månaden", "monthly")
    ),
    Choice("arligen", _("Årligen"), ("varje år", "årsvis", "en gång om året", "yearly")),
)
CRITICALITY = (
    Choice("lag", _("Låg"), ("low", "liten")),
    Choice("medel", _("Medel"), ("medium", "måttlig", "normal")),
    Choice("hog", _("Hög"), ("high", "stor")),
    Choice("kritisk", _("Kritisk"), ("critical", "kritiskt", "mycket hög")),
)
ROLE = (
    Choice(
        "namnd", _("Nämnd/styrelse"), ("nämnd", "styrelse", "juridisk systemägare", "systemägare")
    ),
    Choice("objektagare", _("Objektägare"), ("operativ systemägare", "objektägare verksamhet")),
    Choice("objektagare_it", _("Objektägare IT"), ("it-objektägare",)),
    Choice(
        "forvaltningsledare",
        _("Förvaltningsledare"),
        ("förvaltningsledare verksamhet", "systemansvarig verksamhet"),
    ),
    Choice(
        "forvaltningsledare_it",
        _("Förvaltningsledare IT"),
        ("it-förvaltningsledare", "systemansvarig it"),
    ),
    Choice("systemforvaltare", _("Systemförvaltare"), ("objektspecialist", "systemadministratör")),
    Choice("it_specialist", _("IT-specialist"), ("it specialist", "specialist it")),
    Choice("systemdriftansvarig", _("Systemdriftansvarig"), ("driftansvarig", "driftansvarig it")),
)
