"""What the plans of the demo say: goals with what is done to reach them, risks, and the year's aim."""

from typing import NamedTuple

from governance.models import Sida


class Goal(NamedTuple):
    """A goal, how it is measured, and activities towards it with their frames in thousands."""

    title: str
    measure: str
    activities: tuple[tuple[str, int], ...]


# {system} is one of the object's systems.
GOALS = {
    Sida.VERKSAMHET: (
        Goal(
            "Färre frågor om {system} till servicecenter",
            "Antal frågor i månaden",
            (("Ta fram korta instruktioner för {system}", 45), ("Utbilda nya användare", 90)),
        ),
        Goal(
            "Kortare handläggningstid",
            "Dagar från anmälan till besked, median",
            (("Se över rutiner och mallar", 60), ("Ta bort dubbelregistrering i {system}", 110)),
        ),
        Goal(
            "Fler gör sina ärenden digitalt",
            "Andel ärenden som kommer in digitalt",
            (("Göra om e-tjänsten så att den går att förstå", 130), ("Informera invånare", 35)),
        ),
        Goal(
            "Rätt personer har rätt behörighet",
            "Andel behörigheter som gåtts igenom i år",
            (("Gå igenom behörigheter i {system}", 40), ("Införa rutin när någon slutar", 25)),
        ),
        Goal(
            "Uppgifterna håller god kvalitet",
            "Antal fel i månadens kontroll",
            (("Rätta och gallra i {system}", 75), ("Införa månadskontroll av registret", 30)),
        ),
        Goal(
            "Nöjda användare",
            "Medelbetyg i årets enkät, 1–5",
            (("Fråga användarna om {system}", 20), ("Åtgärda de fem vanligaste klagomålen", 85)),
        ),
        Goal(
            "Alla kan använda tjänsten",
            "Brister enligt tillgänglighetslagen",
            (("Granska tillgängligheten i {system}", 55), ("Skriva om texter på klarspråk", 40)),
        ),
        Goal(
            "Mindre sårbart när någon är borta",
            "Andel arbetsuppgifter som två personer kan",
            (("Utbilda ersättare för varje uppgift", 65), ("Beskriva arbetssättet i {system}", 35)),
        ),
    ),
    Sida.IT: (
        Goal(
            "Säker och stabil drift",
            "Timmar med avbrott i månaden",
            (("Byta till ny version av {system}", 190), ("Övervaka {system} dygnet runt", 70)),
        ),
        Goal(
            "Säkerhetskopior som går att läsa tillbaka",
            "Andel prov som lyckas",
            (("Pröva återläsning av säkerhetskopior", 40), ("Skriva plan för avbrott", 35)),
        ),
        Goal(
            "Säker inloggning för alla användare",
            "Andel som loggar in i två steg",
            (("Införa inloggning i två steg i {system}", 120), ("Avveckla delade konton", 30)),
        ),
        Goal(
            "Färre manuella överföringar",
            "Antal filer som flyttas för hand i veckan",
            (("Bygga api mellan {system} och ekonomi", 160), ("Ersätta filflyttar", 80)),
        ),
        Goal(
            "Inga kända sårbarheter kvar efter 30 dagar",
            "Antal äldre än 30 dagar",
            (("Uppdatera {system} varje månad", 60), ("Prova intrång i {system}", 95)),
        ),
        Goal(
            "Lägre kostnad för licenser",
            "Kronor per användare och år",
            (("Rensa licenser som ingen använder", 25), ("Upphandla {system} på nytt", 140)),
        ),
        Goal(
            "Snabb hjälp när något är fel",
            "Andel fel som är lösta inom åtta timmar",
            (("Träna beredskapen", 30), ("Beskriva {system} för servicecenter", 35)),
        ),
    ),
}
RISKS = (
    ("Leverantören slutar stödja versionen", 2, 3, "Byt version i god tid."),
    ("Få personer kan systemet", 3, 2, "Utbilda en ersättare för varje uppgift."),
    ("Avbrott när arbetet är som mest", 2, 4, "Ha reservrutin på papper och öva den."),
    ("Ny lag ändrar kraven under året", 2, 2, "Bevaka och avsätt tid i planen."),
    ("Priserna höjs mer än väntat", 3, 2, "Förhandla innan avtalet förlängs."),
    ("Felaktiga uppgifter förs vidare till andra system", 2, 3, "Kontrollera före överföring."),
    ("Personuppgifter lämnas ut till fel person", 1, 4, "Gå igenom behörigheter varje halvår."),
)
AIMS = (
    "Ett stöd som håller: säker drift först, sedan det som användarna frågar mest efter.",
    "Lugnt år: vi vårdar det vi har och förbereder nästa upphandling.",
    "Mer tid för mötet med invånarna, mindre för att skriva samma sak två gånger.",
    "Ordning på uppgifter och behörigheter innan vi bygger nytt.",
)
NEXT_AIM = "Vi fortsätter på det som har börjat, och avslutar det som inte gav något."
# side, kind, title, share of the object's budget in hundredths.
BUDGET = (
    (Sida.VERKSAMHET, "personal", "Tid för systemförvaltning", 34),
    (Sida.VERKSAMHET, "utbildning", "Utbildning och stöd", 12),
    (Sida.IT, "licens", "Licenser", 26),
    (Sida.IT, "drift", "Drift och övervakning", 28),
)
EXTRA_BUDGET = (
    (Sida.VERKSAMHET, "utveckling", "Anpassningar för verksamheten", 9),
    (Sida.IT, "utveckling", "Ny version och samband", 15),
)
PROGRESS = (
    "Som planerat.",
    "Lite efter: semestrarna tog längre tid än vi trodde.",
    "Bra fart sedan utbildningen.",
    "Mätt i månadens rapport.",
)
