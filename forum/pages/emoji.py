"""Signs that people put in a text by name, in English and Dutch. The few that write-ups and comments use."""

from __future__ import annotations

from dataclasses import dataclass

# A sign, then its names. The first is shown.
_TABLE = """
👍 thumbs-up duim omhoog goed
👎 thumbs-down duim omlaag slecht
👏 clap applause applaus klappen
🙏 thanks please bedankt dank
👋 wave hello zwaai hallo
🤝 handshake deal handdruk akkoord
💪 strong sterk kracht
👀 eyes look ogen kijk
🙂 smile glimlach
😀 grin happy blij
😂 laugh tears lachen
😅 relief phew opgelucht
😉 wink knipoog
🤔 thinking denken
😮 surprised verbaasd
😢 sad cry verdrietig
😡 angry boos
😍 love verliefd
🎉 party feest tada
❤️ heart love hart
💙 blue-heart blauw-hart
⭐ star ster
✨ sparkles glinster
🔥 fire vuur
💡 idea bulb idee lamp
✅ check done klaar vinkje
❌ cross no kruis nee
⚠️ warning let-op waarschuwing
❓ question vraag
❗ exclamation uitroep
ℹ️ info informatie
📌 pin punaise
📎 paperclip
🔗 link schakel
📅 calendar date agenda datum
⏰ alarm clock wekker klok
⏳ waiting hourglass wachten zandloper
📈 chart growth grafiek groei
📉 decline daling
📊 bars figures cijfers staafdiagram
💶 euro money geld
🏷️ label price prijs
📝 memo write notitie schrijven
📚 books boeken
📄 page document pagina
📷 camera photo foto
🎥 film video
🎤 microphone interview microfoon
📣 megaphone announce omroep aankondiging
📍 place location plaats locatie
🗺️ map kaart
🏙️ city skyline stad
🏘️ houses neighbourhood huizen buurt
🏠 house home huis thuis
🏫 school
🏥 hospital ziekenhuis
🏭 factory fabriek
🏗️ building construction bouw
🏛️ townhall institution stadhuis instelling
🌉 bridge brug
⚓ anchor quay anker kade
🚢 ship schip
⛴️ ferry veer pont
🚲 bike bicycle fiets
🚶 walk pedestrian wandelen voetganger
🚌 bus
🚋 tram
🚆 train trein
🚗 car auto
🚚 truck lorry vrachtwagen
🅿️ parking parkeren
🚦 traffic-light stoplicht verkeerslicht
⚡ power electricity stroom elektriciteit
🔋 battery batterij accu
🔌 plug charging stekker laden
☀️ sun zon
🌬️ wind
💧 water drop druppel
🌊 wave sea golf zee
🌧️ rain regen
❄️ snow cold sneeuw koud
🌡️ heat temperature hitte temperatuur
🌳 tree boom
🌱 seedling green zaailing groen
🌻 flower bloem
🐝 bee bij
♻️ recycle circular kringloop circulair
🗑️ waste bin afval bak
🔧 tool repair gereedschap reparatie
🔬 research science onderzoek wetenschap
🧪 experiment test proef
💻 laptop computer
📱 phone mobile telefoon mobiel
🔒 lock privacy slot
🗳️ vote election stemmen verkiezing
⚖️ law justice wet recht
👥 people group mensen groep
🧑‍🤝‍🧑 neighbours residents buren bewoners
👶 child kind
👵 elderly oudere
♿ wheelchair accessible rolstoel toegankelijk
🍎 food apple eten appel
☕ coffee koffie
🍞 bread brood
🚀 launch rocket start raket
🏁 finish einde
🔁 repeat again herhaal opnieuw
➡️ right rechts pijl
⬅️ left links
🌍 world europe wereld europa
🇳🇱 netherlands nederland
🇪🇺 european-union eu
"""


@dataclass(frozen=True)
class Emoji:
    sign: str
    name: str


_NAMED = tuple((line.split()[0], tuple(line.split()[1:])) for line in _TABLE.strip().splitlines())


def starting_with(beginning: str, limit: int) -> tuple[Emoji, ...]:
    """Those with a name that begins so, the shown name first."""
    start = beginning.lower()
    first = [Emoji(sign, names[0]) for sign, names in _NAMED if names[0].startswith(start)]
    others = [
        Emoji(sign, name)
        for sign, (shown, *more) in _NAMED
        if not shown.startswith(start) and (name := next((one for one in more if one.startswith(start)), ""))
    ]
    return (*first, *others)[:limit]
