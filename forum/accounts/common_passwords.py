"""What people type first when a password is asked: the words that guessers try before any other.

A list of our own making, in English and Dutch. With the digits and marks around it taken off and its `3`, `@` and `$`
read as letters, `P@ssw0rd123!` is `password`; so a few hundred words stand for many thousands of passwords.
"""

from __future__ import annotations

import re
import unicodedata

_WORDS = """
password passwords passwort passwd passphrase pass passpass mypassword thepassword newpassword oldpassword pword
wachtwoord wachtwoorden mijnwachtwoord geheim geheimwoord geheimpje secret secrets topsecret verysecret mysecret
admin administrator adminadmin root toor superuser superman superadmin system sysadmin guest gast user users username
gebruiker login logon signin letmein letmeinn letmeinnow openup opensesame sesame welcome welcomes welkom welkomthuis
bienvenue willkommen hello hellohello hallo hallohallo hoihoi hello-world helloworld goodmorning goedemorgen goodbye
default changeme changethis changeit change temp temporary tijdelijk test tests tester testing testtest testing-testing
testpassword testuser example voorbeeld sample demo demodemo trial proef qwerty qwertyu qwertyui qwertyuiop qwert
azerty azertyuiop qwertz qwertzuiop asdf asdfasdf asdfgh asdfghj asdfghjk asdfghjkl zxcvbn zxcvbnm zxcv qazwsx
qazwsxedc qweasd qweasdzxc qweqwe asdasd zxczxc poiuytrewq lkjhgfdsa mnbvcxz abcabc abcdefg abcdefgh abcdefghi abc
abcd abcde abcdef xyz xyzxyz aaa iloveyou iloveu ilovehim iloveher ilovejesus loveyou loveme lovelove love lover lovers
ikhouvanjou ikhouvanje houvanjou liefde liefje schatje schat schatjes moppie knuffel kusje kusjes mijnliefje myloves
princess prinses queen king koning koningin prince prins angel angels engel engeltje baby babygirl babyboy sweetheart
sweety sweetie honey sugar cookie cookies chocolate chocolade butterfly vlinder flower flowers bloem bloemen bloemetje
sunshine zonnetje zonneschijn zonnebloem sunflower rainbow regenboog summer winter spring autumn zomer lente herfst
january february march april may june july august september october november december januari februari maart mei juni
juli augustus oktober monday tuesday wednesday thursday friday saturday sunday maandag dinsdag woensdag donderdag
vrijdag zaterdag zondag weekend vakantie holiday holidays christmas kerstmis sinterklaas birthday verjaardag
football voetbal soccer basketball baseball hockey tennis volleybal volleyball cricket rugby ajax feyenoord
ajaxamsterdam psveindhoven liverpool arsenal chelsea barcelona realmadrid manchester manchesterunited juventus
bayern dragon draak monkey aapje tiger tijger lion leeuw shadow schaduw master meester hunter jager ranger batman
spiderman starwars pokemon pikachu naruto minecraft fortnite nintendo playstation xbox computer laptop internet
google facebook instagram youtube twitter linkedin whatsapp microsoft windows apple iphone android samsung nokia
office kantoor work werk company bedrijf business school college universiteit university student docent teacher
family familie mother father moeder vader mama papa mamapapa brother sister broer zus zusje broertje oma opa
grandma grandpa friend friends vriend vriendin vrienden bestfriend bestfriends beste children kinderen
freedom vrijheid peace vrede happy happiness gelukkig geluk lucky smile lachen forever altijd always whatever nothing
niets something anything blabla blablabla trustno trustnoone nopassword nopass geenwachtwoord geen jesus jesuschrist
christ god godislove blessed church kerk heaven hemel amsterdam rotterdam denhaag thehague utrecht eindhoven groningen
haarlem almere delft leiden breda tilburg nijmegen arnhem maastricht enschede antwerpen antwerp brussel brussels gent
ghent brugge leuven london londen paris parijs berlin berlijn madrid rome roma milano vienna wenen nederland holland
netherlands belgium belgie vlaanderen england engeland germany duitsland france frankrijk europe europa america
amerika michael michelle jessica jennifer ashley amanda daniel andrew joshua matthew anthony charlie jordan thomas
robert george william nicole hannah samantha elizabeth johannes willem pieter jeroen marieke sanne lisanne annemarie
whatsup kwaliteit sterkwachtwoord strongpassword mystrongpassword goodpassword security secure veilig veiligheid
access toegang server service database oracle mysql postgres website webmaster webmail email mailmail contact
purple orange yellow paars oranje oranjeboven geel blauw groen rood blackblack silver gold diamond diamant
ferrari porsche mercedes volkswagen mustang harley corvette yamaha honda toyota
fuckyou fuckoff fuckme motherfucker asshole bitch shit kutwachtwoord klootzak godverdomme
""".split()  # noqa: SIM905  # a list of strings would be eight times as long

_COMMON = frozenset(word.replace("-", "") for word in _WORDS)
_LEET = str.maketrans("013457@$!€", "oieastasie")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_RUNS = (
    "0123456789012",
    "1470258369",
    "159357",
    "789456123",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujm",
    "zaq12wsxcde34rfv",
)
# Fewer different characters than this are a key held down or two in turn.
_FEWEST_CHARACTERS = 4
# A number of up to this many digits is a date, a telephone number or a row of keys.
_LONGEST_NUMBER = 11


def is_common(password: str) -> bool:
    """Whether a guesser would come to it within the first few thousand tries."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(set(folded)) < _FEWEST_CHARACTERS or _is_number(folded) or _is_run(folded):
        return True
    return any(_once(stem) in _COMMON for stem in stems(folded))


def stems(password: str) -> frozenset[str]:
    """The word that a password may be made of: without what stands around it, with digits read as letters or not."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    trimmed = _AROUND.sub("", folded)
    return frozenset(form for one in (folded, trimmed) for form in (one, _AROUND.sub("", one.translate(_LEET))))


def _once(word: str) -> str:
    """`geheimgeheim` is `geheim`."""
    half = len(word) // 2
    return word[:half] if half and word[:half] * 2 == word else word


def _is_number(folded: str) -> bool:
    digits = re.sub(r"[\s./+-]", "", folded)
    return digits.isdecimal() and len(digits) <= _LONGEST_NUMBER


def _is_run(folded: str) -> bool:
    """Keys in a row, in the alphabet or on the keyboard, there or back, once or again."""
    once = _once(folded)
    return any(one in row for one in (once, folded) for run in _RUNS for row in (run * 2, run[::-1] * 2))
