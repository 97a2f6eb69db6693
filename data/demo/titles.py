"""What the invented actions are called: title, theme, owner, and what users noticed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """One thing a service can change: what is done, who owns it, what became different."""

    theme: str
    text: str
    owner_role: str
    what_changed: str


_HEAD = "enhetsleder"
_EXPERT = "fagleder"
_TEAM = "teamleder"
_HOUSE = "leder for aktivitetshuset"
_SECTOR = "kommunalsjef helse og omsorg"
_COORDINATOR = "koordinator for brukermedvirkning"
_DESK = "leder for servicetorget"
_WRITER = "kommunikasjonsrådgiver"

_BY_THEME: dict[str, tuple[tuple[str, str, str], ...]] = {
    "information": (
        ("Samle informasjon om tjenestene på én nettside", _WRITER,
         "Alle tjenester og telefonnumre står på én side"),
        ("Lage en oversikt over hvem som kan kontaktes når", _EXPERT,
         "Kontaktlista henger på venterommet og ligger på nett"),
        ("Skrive ut hva som skjer i første samtale", _TEAM,
         "Alle får arket sammen med timeavtalen"),
        ("Vise kurs og grupper i en felles kalender", _COORDINATOR,
         "Kalenderen viser tilbudene i alle seks kommunene"),
        ("Gi skriftlig oppsummering etter hvert møte i ansvarsgruppa", _EXPERT,
         "Oppsummeringen kommer innen tre dager"),
        ("Sende påminnelse på SMS dagen før avtalt time", _HEAD,
         "Påminnelsen sendes fra fagsystemet"),
        ("Fortelle om klageretten i det første brevet", _HEAD,
         "Brevet har fått et avsnitt om å klage"),
        ("Holde åpen informasjonskveld for pårørende to ganger i året", _COORDINATOR,
         "Første kveld er holdt, neste er satt opp"),
        ("Lage film på to minutter om hvordan man søker hjelp", _WRITER,
         "Filmen ligger på kommunens nettside"),
        ("Oppdatere skiltene ved inngangen", _DESK, "Skiltene viser vei helt fram til venterommet"),
    ),
    "one_door": (
        ("Ha ett telefonnummer inn til psykisk helse og rus", _HEAD,
         "Ett nummer er betjent hver hverdag"),
        ("La servicetorget sette over til riktig person med én gang", _DESK,
         "Servicetorget har vaktliste og setter over direkte"),
        ("Bruke samme henvendelsesskjema i hele enheten", _EXPERT,
         "Skjemaet er likt for alle teamene"),
        ("Avtale hvem som ringer tilbake når saken gjelder både NAV og kommunen", _TEAM,
         "Den som tar imot saken, ringer tilbake"),
        ("Samle søknad om bolig og oppfølging i ett møte", _HEAD,
         "Søkeren møter begge tjenestene samtidig"),
        ("Gi fastlegene én adresse for henvisninger", _SECTOR,
         "Legekontorene bruker samme adresse"),
        ("Ha felles inntaksmøte hver uke", _EXPERT,
         "Ingen blir sendt videre uten at noen tar imot"),
        ("La den som søker, slippe å fortelle historien på nytt", _TEAM,
         "Det som er fortalt, følger med når søkeren sier ja"),
    ),
    "low_threshold": (
        ("Åpne for samtale uten timeavtale én dag i uka", _HEAD,
         "Onsdager kan man komme uten avtale"),
        ("Prøve chat på tjenestens nettside mandag og torsdag", _TEAM,
         "Chatten er åpen to ettermiddager i uka"),
        ("Flytte første samtale til et sted brukeren velger", _EXPERT,
         "Brukeren blir spurt om sted når timen avtales"),
        ("Ta bort kravet om henvisning til mestringskurs", _SECTOR, "Man melder seg på selv"),
        ("Ha ansatte til stede i kantina på voksenopplæringen", _TEAM,
         "To ansatte er der hver torsdag"),
        ("Gi tilbud om den første samtalen innen en uke", _HEAD,
         "Ventetida til første samtale er under sju dager"),
        ("Invitere til frokost på aktivitetshuset for nye", _HOUSE,
         "Frokost for nye er fast den første mandagen"),
        ("La pårørende ta kontakt uten at brukeren må være med", _EXPERT,
         "Pårørende har egen kontaktperson"),
    ),
    "continuity": (
        ("Gi alle en fast kontaktperson og en vikar", _TEAM,
         "Alle vet hvem som er kontaktperson og vikar"),
        ("Varsle i god tid når kontaktpersonen har ferie", _TEAM, "Varselet går ut to uker før"),
        ("Planlegge overgangen når en ansatt slutter", _HEAD,
         "Det holdes et møte sammen før bytte"),
        ("Følge opp på telefon uka etter avsluttet kurs", _COORDINATOR,
         "Alle kursdeltakere blir ringt opp"),
        ("Ha samme ansatte på kveldsvakt hele uka", _TEAM, "Turnusen er lagt om fra høsten"),
        ("Avtale neste time før den forrige er slutt", _EXPERT,
         "Ny time står på kortet når man går"),
        ("Lage plan for de første to ukene etter innleggelse", _EXPERT,
         "Planen lages sammen med DPS før hjemreise"),
        ("Kalle inn til treff for tidligere kursdeltakere", _COORDINATOR,
         "Treff holdes hver tredje måned"),
    ),
    "trust": (
        ("Spørre «hva er viktig for deg?» i første samtale", _EXPERT, "Svaret står først i planen"),
        ("La brukeren lese og rette oppsummeringen før den lagres", _TEAM,
         "Oppsummeringen leses sammen"),
        ("Avklare hvem som får vite hva, før første møte", _EXPERT,
         "Samtykket gås gjennom punkt for punkt"),
        ("Fortelle hva som skjedde med forslagene fra dialogmøtet", _HEAD,
         "Svar på alle forslag henger på veggen"),
        ("Ha med brukerrepresentant ved ansettelser", _HEAD, "Representanten deltar i intervjuene"),
        ("Gå gjennom husreglene sammen med beboerne", _TEAM, "Beboerne har skrevet om fire regler"),
        ("Gi brukerpanelet innsyn i planer før de blir vedtatt", _SECTOR,
         "Panelet får planene tre uker før"),
        ("Svare på forslagskassa hver måned", _HOUSE, "Svarene leses opp på husmøtet"),
    ),
    "availability": (
        ("Utvide telefontida til klokka 18 to dager i uka", _HEAD,
         "Telefonen er åpen til 18 tirsdag og torsdag"),
        ("Holde aktivitetshuset åpent en lørdag i måneden", _HOUSE,
         "Den første lørdagen i måneden er åpen"),
        ("Tilby samtale på video for dem som bor langt unna", _TEAM,
         "Video kan velges når timen avtales"),
        ("Skaffe skyss til kveldskursene", _COORDINATOR, "Skyss avtales ved påmelding"),
        ("Svare på meldinger innen to virkedager", _TEAM, "Svartida følges opp hver måned"),
        ("Ha reservetider for dem som må avlyse", _EXPERT, "Tre reservetider hver uke"),
        ("Holde åpent gjennom sommeren med redusert bemanning", _HEAD,
         "Huset var åpent tre dager i uka hele juli"),
        ("Bygge rampe og automatisk dør ved inngangen", _SECTOR, "Rampe og døråpner er på plass"),
        ("Flytte gruppa til lokaler nær busstoppet", _HEAD, "Gruppa møtes i nye lokaler"),
    ),
    "activity": (
        ("Starte turgruppe hver onsdag", _HOUSE, "Turgruppa går hele året"),
        ("Lage mat sammen én kveld i uka", _HOUSE, "Matkvelden har faste og nye deltakere"),
        ("Åpne verkstedet på kveldstid", _HOUSE, "Verkstedet er åpent mandag kveld"),
        ("La deltakerne sette opp ukeplanen på aktivitetshuset", _HOUSE,
         "Planen lages på husmøtet hver fredag"),
        ("Låne ut ski og sykler uten kostnad", _HOUSE, "Utlånet er åpent tre dager i uka"),
        ("Skaffe øvingsrom for musikk", _SECTOR, "Rommet kan bestilles på nett"),
        ("Invitere frivilligsentralen til felles aktiviteter", _COORDINATOR,
         "Fire felles kvelder er holdt"),
        ("Tilby aktivitet i ferier og høytider", _HEAD, "Det er tilbud i alle ferier"),
    ),
    "non_judgemental": (
        ("Gjennomføre opplæring i holdninger sammen med erfaringskonsulent", _HEAD,
         "Alle ansatte har deltatt"),
        ("Bytte ut ord i brev og skjema som virker dømmende", _WRITER,
         "Brukerpanelet har godkjent de nye tekstene"),
        ("Gjøre venterommet mindre synlig fra gata", _HEAD,
         "Venterommet er flyttet innover i bygget"),
        ("La brukerrepresentanter åpne den årlige fagdagen", _SECTOR,
         "Representantene hadde første innlegg"),
        ("Snakke om fordommer i personalmøtet hver måned", _TEAM,
         "Fast punkt på møtet, med ett eksempel hver gang"),
        ("Fjerne spørsmålet om tidligere behandling fra påmeldingen", _EXPERT,
         "Spørsmålet er tatt bort"),
    ),
    "work": (
        ("Avtale faste møter med NAV om arbeidspraksis", _EXPERT, "Møtene holdes annenhver uke"),
        ("Skaffe tre praksisplasser i kommunens egne enheter", _SECTOR, "Tre plasser er i bruk"),
        ("Prøve jobbsøkergruppe på aktivitetshuset", _HOUSE, "Gruppa møtes hver torsdag"),
        ("Gi kursbevis som kan brukes i jobbsøknad", _COORDINATOR, "Alle kurs gir kursbevis"),
        ("Tilpasse timene for dem som er i jobb", _TEAM, "Det finnes timer før åtte og etter fire"),
        ("Invitere lokale bedrifter til åpen dag", _HOUSE, "Sju bedrifter deltok"),
    ),
    "plain_language": (
        ("Skrive om vedtaksbrevet i klart språk", _WRITER,
         "Nytt brev er prøvd ut sammen med brukerpanelet"),
        ("Korte ned søknadsskjemaet til én side", _EXPERT, "Skjemaet er på én side"),
        ("Lage ordliste for forkortelser i planer", _TEAM, "Ordlista ligger bakerst i alle planer"),
        ("Teste nettsidene sammen med fem brukere", _WRITER,
         "Fire sider er skrevet om etter testen"),
        ("Oversette timekort og brosjyre til fem språk", _COORDINATOR,
         "Brosjyren finnes på fem språk"),
        ("Lese opp vedtaket på telefon for dem som ønsker det", _EXPERT,
         "Alle får spørsmål om opplesing"),
        ("Gjøre spørreskjemaet lettere å svare på med mobil", _COORDINATOR,
         "Skjemaet tar tre minutter på mobil"),
    ),
}  # fmt: skip

TITLES: tuple[Title, ...] = tuple(
    Title(theme, *rest) for theme, entries in _BY_THEME.items() for rest in entries
)
"""Every title, the same theme together."""

CHANNELS = (
    "dialogmøte",
    "oppslag i lokalet",
    "SMS",
    "husmøte",
    "brukerpanel",
    "nettside",
    "brev",
)
"""How users were told."""
