"""The names of the demo municipality: nämnder, objects with their systems, suppliers, people."""

NAMNDER = {
    "Kommunstyrelsen": "styrelse",
    "Byggnadsnämnden": "namnd",
    "Fritidsnämnden": "namnd",
    "För- och grundskolenämnden": "namnd",
    "Gymnasie- och vuxenutbildningsnämnden": "namnd",
    "Individ- och familjenämnden": "namnd",
    "Kulturnämnden": "namnd",
    "Miljö- och hälsoskyddsnämnden": "namnd",
    "Personalnämnden": "namnd",
    "Tekniska nämnden": "namnd",
    "Äldrenämnden": "namnd",
    "Överförmyndarnämnden": "namnd",
}

# nämnd → object: process | systems
OBJEKT = {
    "Kommunstyrelsen": """
        Ärendehantering: Handlägga och diarieföra ärenden | Diariet, Mötesportalen, Beslutsstödet, Postboken
        Ekonomistyrning: Styra och redovisa ekonomin | Ekonomisystemet, Fakturaflödet, Budgetverktyget, Upphandlingsstödet, Betalportalen
        Kommunens webbplatser: Informera invånare och besökare | Webbplatsen, Intranätet, Bildbanken, Webbstatistiken
        E-tjänster: Ta emot ansökningar och anmälningar | E-tjänsteplattformen, Mina sidor, Blankettarkivet, Signeringstjänsten
        Digital arbetsplats: Ge medarbetare verktyg för arbetet | Kontorspaketet, Samarbetsytan, Videomötet, Utskriftstjänsten, Passerkorten""",
    "Byggnadsnämnden": """
        Bygglov: Pröva bygglov och tillsyn | Bygglovsregistret, Ritningsarkivet, Bygglovsanmälan, Tillsynslistan
        Detaljplanering: Ta fram detaljplaner | Planregistret, Plankartan, Samrådsportalen, Planarkivet
        Kart och mät: Hålla kartan aktuell | Grundkartan, Kartportalen, Mätdatabasen, Flygbilderna, Adressregistret
        Fastighetsbildning: Bilda och ändra fastigheter | Fastighetsregistret, Förrättningsstödet, Gränsarkivet
        Bostadsanpassning: Besluta om bostadsanpassningsbidrag | Anpassningsregistret, Intygstjänsten, Utbetalningsstödet""",
    "Fritidsnämnden": """
        Lokalbokning: Boka idrottshallar och lokaler | Bokningssystemet, Låsstyrningen, Kalenderskylten, Bokningsappen
        Föreningsstöd: Betala bidrag till föreningar | Föreningsregistret, Bidragsportalen, Närvarokorten, Granskningsstödet
        Badhus: Driva badhusen | Kassasystemet Bad, Badkortet, Simskoleanmälan, Vattenmätningen
        Fritidsgårdar: Ordna öppen ungdomsverksamhet | Besöksräknaren, Fritidskortet, Ungdomsenkäten
        Friluftsliv: Sköta spår och leder | Spårkartan, Felanmälan Friluft, Skötselplanen, Isvakten""",
    "För- och grundskolenämnden": """
        Elevadministration: Administrera elever i grundskolan | Skolplattformen, Elevregistret, Schemaverktyget, Frånvaroanmälan, Betygsdatabasen
        Förskoleplatser: Fördela platser i förskola | Barnkön, Platsportalen, Vistelsetiderna, Avgiftsberäkningen
        Elevhälsa: Följa elevers hälsa | Elevhälsojournalen, Hälsoenkäten, Remissflödet, Stödärendena
        Skolskjuts: Planera skolskjuts | Skjutsplaneringen, Busskorten, Skjutsansökan, Ruttkartan
        Skolmåltider: Planera och laga skolmat | Matsedeln, Specialkosten, Beställningsköket, Svinnmätaren""",
    "Gymnasie- och vuxenutbildningsnämnden": """
        Antagning: Anta elever till gymnasiet | Antagningssystemet, Valwebben, Programkatalogen, Reservlistan
        Vuxenutbildning: Anordna vuxenutbildning | Vuxregistret, Kurskatalogen, Studievägledningen, Prövningsanmälan
        Digitala lärmiljöer: Undervisa med digitala verktyg | Lärplattformen, Provverktyget, Filmtjänsten, Elevdatorerna, Läromedelsportalen
        Praktikplatser: Ordna arbetsplatsförlagt lärande | Praktikbanken, Handledarintyget, Arbetsgivarlistan
        Studieekonomi: Rapportera studier till myndigheter | Studierapporten, Inackorderingen, Stipendieregistret""",
    "Individ- och familjenämnden": """
        Barn och unga: Utreda barns behov av stöd | Socialakten Barn, Familjehemsregistret, Orosanmälan, Utredningsstödet
        Ekonomiskt bistånd: Besluta om försörjningsstöd | Biståndsakten, Ansökan Bistånd, Utbetalningsflödet, Beräkningsstödet
        Missbruksvård: Ge vård vid missbruk | Vårdakten, Behandlingsplanen, Provtagningslistan
        LSS-insatser: Ge stöd enligt LSS | LSS-akten, Assistansrapporten, Boendeplaneringen, Ledsagarportalen, Insatskalendern
        Skyddat boende: Skydda utsatta personer | Placeringsregistret, Skyddsärendena, Jourkontakten""",
    "Kulturnämnden": """
        Bibliotek: Låna ut böcker och medier | Bibliotekskatalogen, Låneautomaten, E-boken, Bokbussen
        Konstsamling: Förvalta kommunens konst | Konstregistret, Konstkartan, Utlåningsboken
        Kulturskola: Undervisa i musik och konst | Kulturskoleanmälan, Instrumentregistret, Terminsplanen, Terminsavgiften
        Museum: Bevara och visa samlingar | Föremålsdatabasen, Fotoarkivet, Utställningsstyrningen, Museibutiken
        Evenemang: Ordna evenemang | Evenemangskalendern, Biljettsystemet, Scenplaneringen""",
    "Miljö- och hälsoskyddsnämnden": """
        Livsmedelstillsyn: Kontrollera livsmedel | Livsmedelsregistret, Kontrollappen, Riskklassningen, Avgiftsdebiteringen
        Miljötillsyn: Utöva tillsyn enligt miljöbalken | Miljöregistret, Tillsynsplanen, Provdatabasen, Ärendekartan
        Luft och buller: Mäta luft och buller | Luftmätningen, Bullerkartan, Mätstationerna
        Avlopp: Pröva enskilda avlopp | Avloppsregistret, Avloppsansökan, Slamtömningslistan
        Serveringstillstånd: Pröva serveringstillstånd | Tillståndsregistret, Kunskapsprovet, Restaurangrapporten""",
    "Personalnämnden": """
        Lön: Betala lön | Lönesystemet, Reseräkningen, Lönespecifikationen, Förmånsportalen
        Bemanning: Bemanna med vikarier | Vikarieportalen, Schemasystemet, Tidrapporten, Passbytet
        Rekrytering: Rekrytera medarbetare | Annonsverktyget, Ansökningsportalen, Referenstagningen
        Arbetsmiljö: Förebygga ohälsa och olyckor | Tillbudssystemet, Rehabstödet, Medarbetarenkäten, Skyddsronden
        Kompetens: Utveckla kompetens | Utbildningskatalogen, E-lärandet, Kompetensregistret""",
    "Tekniska nämnden": """
        Gator och trafik: Sköta gator och trafik | Gatudatabasen, Trafikljusen, Parkeringsövervakningen, Vinterväghållningen, Felanmälan Gata
        Vatten och avlopp: Leverera vatten och rena avlopp | Styrsystemet Vatten, Ledningskartan, Vattenmätarna, Läckagelarmet
        Fastigheter: Förvalta kommunens lokaler | Fastighetssystemet, Energiuppföljningen, Nyckelregistret, Serviceanmälan, Brandlarmsöversikten
        Parker: Sköta parker och träd | Trädregistret, Parkskötseln, Lekplatsbesiktningen
        Avfall: Hämta och återvinna avfall | Kundregistret Avfall, Körturerna, Återvinningskortet, Sorteringsguiden""",
    "Äldrenämnden": """
        Hemtjänst: Ge omsorg i hemmet | Omsorgsakten, Insatsplaneringen, Nyckelfria lås, Hemtjänstappen, Tidsregistreringen
        Särskilt boende: Ge omsorg i särskilt boende | Boendeakten, Signeringslistan, Larmsystemet, Kostregistret
        Hälso- och sjukvård: Ge kommunal hälso- och sjukvård | Patientjournalen, Läkemedelslistan, Vårdplaneringen, Avvikelserna
        Trygghetslarm: Svara på trygghetslarm | Larmcentralen, Larmregistret, Tillsynskameran
        Hjälpmedel: Förskriva hjälpmedel | Hjälpmedelsregistret, Hjälpmedelsförrådet, Förskrivningen""",
    "Överförmyndarnämnden": """
        Gode män: Utöva tillsyn över gode män | Ställföreträdarregistret, Årsräkningen, Arvodesstödet, Rekryteringslistan
        Förmynderskap: Utöva tillsyn över förmyndare | Förmyndarregistret, Spärrade konton, Samtyckesärenden
        Ensamkommande barn: Förordna gode män för barn | Barnregistret, Förordnandestödet
        Tillsynsrapport: Rapportera till länsstyrelsen | Statistikuttaget, Granskningslistan
        Val: Genomföra allmänna val | Röstlängden, Röstmottagarna, Valdistrikten, Förtidsröstningen""",
}

PRODUCTS = [
    "Alva",
    "Björka",
    "Ceder",
    "Dovhjort",
    "Enbär",
    "Fjällripa",
    "Granit",
    "Havtorn",
    "Isfågel",
    "Järv",
    "Kanel",
    "Lavskrika",
    "Masur",
    "Norrsken",
    "Odon",
    "Pärluggla",
    "Rönn",
    "Skare",
    "Tjäder",
    "Utter",
    "Vide",
    "Ymer",
    "Åkerbär",
    "Älvan",
    "Örtug",
]

SUPPLIERS = [
    "Alvesta Programvaror AB",
    "Bergrum Drift AB",
    "Bäckström & Dahl System AB",
    "Cirkus Data AB",
    "Dalkarl Informatik AB",
    "Enköpings Mjukvara AB",
    "Fjärdhundra IT AB",
    "Granbarr Konsult AB",
    "Hallonlunda Lösningar AB",
    "Inlandsdata AB",
    "Järnspik Programvara AB",
    "Kartbolaget i Norr AB",
    "Lappljung Verksamhetsstöd AB",
    "Mellansel Molntjänster AB",
    "Nordlärande AB",
    "Omsorgsstöd Sverige AB",
    "Pilgrim Data AB",
    "Räntmästaren System AB",
    "Skogsrå Utveckling AB",
    "Tidtabell AB",
    "Ådalens Programhus AB",
    "Ängslyckan Data AB",
    "Öbergs Systemhus AB",
]

FIRST_NAMES = [
    "Anna",
    "Eva",
    "Maria",
    "Karin",
    "Malin",
    "Sara",
    "Åsa",
    "Ingrid",
    "Elin",
    "Birgitta",
    "Kerstin",
    "Lena",
    "Ylva",
    "Fatima",
    "Amina",
    "Sofia",
    "Johanna",
    "Märta",
    "Ulla",
    "Helena",
    "Lars",
    "Per",
    "Erik",
    "Anders",
    "Mats",
    "Johan",
    "Göran",
    "Björn",
    "Håkan",
    "Åke",
    "Nils",
    "Stefan",
    "Ali",
    "Yusuf",
    "Daniel",
    "Mikael",
    "Peter",
    "Tomas",
    "Jonas",
    "Östen",
]

LAST_NAMES = [
    "Andersson",
    "Lund",
    "Nyström",
    "Sandström",
    "Holm",
    "Öberg",
    "Ek",
    "Lindgren",
    "Åström",
    "Ängquist",
    "Bergman",
    "Forsberg",
    "Hedlund",
    "Jonsson",
    "Karlsson",
    "Lindqvist",
    "Marklund",
    "Norberg",
    "Olofsson",
    "Pettersson",
    "Rönnlund",
    "Sjöström",
    "Tjärnström",
    "Ulander",
    "Viklund",
    "Wallin",
    "Zetterberg",
    "Ågren",
    "Åkerlund",
    "Österlund",
    "Hassan",
    "Nordin",
    "Burman",
    "Degerman",
    "Eklund",
    "Fällman",
    "Grahn",
    "Häggström",
]

TITLES = (
    "Verksamhetschef",
    "Enhetschef",
    "Verksamhetsutvecklare",
    "IT-samordnare",
    "Systemansvarig",
    "Handläggare",
    "IT-tekniker",
    "Driftsansvarig",
    "Avdelningschef",
    "Controller",
)

INFORMATION = (
    "personuppgifter",
    "ärenden och beslut",
    "ekonomiska uppgifter",
    "kontaktuppgifter",
    "bokningar",
    "ritningar och kartor",
    "mätvärden",
    "avgifter",
    "scheman",
    "journaler",
)
OUTSIDE = (
    "Folkbokföringen",
    "Försäkringskassan",
    "Lantmäteriet",
    "Skolverket",
    "Banken",
    "Länsstyrelsen",
)


def objects() -> list[tuple[str, str, str, list[str]]]:
    """Return (nämnd, object, process, names of systems) for each object."""
    found = []
    for namnd, text in OBJEKT.items():
        for line in text.strip().splitlines():
            name, rest = line.strip().split(": ", 1)
            process, systems = rest.split(" | ")
            found.append((namnd, name, process, systems.split(", ")))
    return found
