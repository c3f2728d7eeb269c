"""Dutch compounds: "warmtepompcontract" is found under "warmtepomp", "pomp" and "contract".

A word is cut where all of it is made of known parts, with a linking letter between them at most. The parts are those
that cities write with; a part that isn't in the list leaves the word whole, which is right more often than a guess.
"""

from __future__ import annotations

from functools import lru_cache

SHORTEST = 7  # "fiets" and "straat" make words of eleven letters; what is shorter is rarely a compound
_LINKS = ("", "s", "en", "n", "e", "er")

PARTS = frozenset(
    """
    aanbesteding aandeel aannemer aanpak aanvraag aardgas adres advies afspraak afstand afval akkoord ambtenaar
    archief arbeid auto avond baan bak balans bank basis bed bedrijf begeleiding begin begroting beheer belang
    beleid belofte bericht besluit bestek bestuur bewoner bezoek bibliotheek bijdrage binnenstad blok boek boom
    boot bord bouw brand brief brug budget buis bureau burger burgemeester bus buurt centrale centrum cijfer
    circulair college commissie contract controle coordinator corporatie crisis cultuur dag dak data deel dek
    deur dienst digitaal dijk document doel dorp draagvlak druk duur eigenaar eind energie ervaring experiment
    fabriek fase fiets financiering fonds formulier foto gas gast gebied gebouw gebruik gebruiker gedrag geld
    geluid gemeente gesprek gevel gezin gezondheid goed gracht grens groen groep grond haven helling herstel
    hoogte hub huis hulp huur huurder idee industrie informatie innovatie inkoop inkomen inspraak installatie
    isolatie jaar jeugd kaart kabel kade kamer kans kantoor kast ketel keten keuken keuze kind klacht kleur
    klimaat klus koel kopie kosten kraan kring kwaliteit laad lamp land last leef leer leger leiding les
    levering leverancier licht lijn lijst lokaal loket loon lucht maand maat machine markt materiaal meet
    meldpunt melding meter middel milieu minuut mobiliteit model moment motor muur muziek nacht natuur net
    netwerk norm nota object onderhoud onderwijs onderzoek ontwerp ontwikkeling oever olie opbrengst opdracht
    oplossing opslag opvang opwek organisatie ouder overheid overlast overslag paal pad pand panel park parkeer
    partij partner pas pers pijp pilot plaats plan plant plein ploeg poort pomp post praktijk prijs proces
    product project proef programma punt raad raam rand recht regel regio register reiniging reis reiziger
    rekening rest rijk rit riool route rook ruimte samenwerking scherm schip school schuld sensor seizoen
    signaal sloop sluis snelheid spel spoor sport spraak staat stad stal stand start station steen stem stoep
    stof stoom storm straat strand stroom student stuk subsidie systeem taal tafel tarief team techniek tegel
    termijn terrein thuis tijd toegang toets trap trein trottoir tuin tunnel uit uitkering uitvoering
    universiteit uur vaar val veiligheid veld verbruik verbinding vergadering vergunning verhuis verkeer verkoop
    verlichting vergoeding vervoer vijver visie vlak vlees vloer voedsel voet volk voorstel voorziening vraag
    vrijwilliger vrouw wacht wagen wal wandel wapen warmte water weg week welzijn wens werk werf werkgever wet
    wijk wijzer wind winkel winter woning woon zaak zaal zon zorg zuivering zomer zone zuid
    """.split()  # noqa: SIM905  # a list of three hundred strings would be three hundred lines
)


@lru_cache(maxsize=50_000)
def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a folded compound in order; () for a word that isn't made of known ones."""
    if len(word) < SHORTEST or word in PARTS:
        return ()
    found = _cut(word)
    return found if found and len(found) > 1 else ()


def _cut(word: str) -> tuple[str, ...] | None:
    """Longest part first, so that "straatlamp" isn't "straat" and something. Bounded: words have 40 letters."""
    if word in PARTS:
        return (word,)
    for end in range(len(word) - 2, 2, -1):
        part = word[:end]
        if part in PARTS and (rest := _rest(word[end:])):
            return (part, *rest)
    return _last(word)


@lru_cache(maxsize=10_000)
def _rest(tail: str) -> tuple[str, ...] | None:
    for link in _LINKS:
        if tail.startswith(link) and len(tail) - len(link) > 2 and (found := _cut(tail[len(link) :])):
            return found
    return None


def _last(word: str) -> tuple[str, ...] | None:
    """A plural or a diminutive at the end: "pompen", "straten" and "busje" are known by their singular."""
    for ending, singulars in _ENDINGS:
        if word.endswith(ending):
            stump = word[: -len(ending)]
            for singular in (stump, *(stump + one for one in singulars), _doubled(stump), stump[:-1]):
                if len(singular) > 2 and singular in PARTS:
                    return (singular,)
    return None


def _doubled(stump: str) -> str:
    """The singular's long vowel: "strat(en)" → "straat"."""
    return stump[:-1] + stump[-2:] if len(stump) > 2 and stump[-2] in "aeou" else stump


_ENDINGS = (("en", ("e",)), ("s", ()), ("tje", ()), ("je", ()), ("pje", ()))
