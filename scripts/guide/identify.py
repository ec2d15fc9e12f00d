"""Which language a stretch of words is in: Kazakh, Russian or English.

Letters, endings and the commonest words decide almost everything, for Kazakh has nine letters that Russian has not, and
Russian has endings that no Kazakh word has. What they leave open, and only that, is put before a library.
"""

import re
from functools import cache, lru_cache, partial

from guide.texts import Sieve

# «…», “…”, „…“ and "…", without quotations inside: taken away from inside outwards.
QUOTED = re.compile(r'«([^«»„“]*)»|[„“]([^«»„“”]*)[“”]|"([^"«»]*)"')
# Bounded, as everything here that could look far: a line may be five million letters long.
QUOTE = re.compile('[«„“"]')
ADDRESS = re.compile(
    r"(?<!\S)\S{1,99}@\S+|(?<![^\s(])(?:[a-z][a-z+.-]{1,9}:)?//\S+|"
    r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{1,99}(?:[./][A-Za-z0-9_-]+)+\S*"
)
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN = re.compile("[A-Za-z]")
CYRILLIC_RUN = re.compile("[\u0400-\u04ff]{2,}(?:\\W+[\u0400-\u04ff]+)*")
LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z’'-]*(?:[\s,;:&.\d–—-]+[A-Za-z][A-Za-z’'-]*)*")
LONG = 80  # letters: a Kazakh text of this length has a Kazakh letter
NESTED = 3  # quotations inside quotations
LONG_QUOTATION = 16  # words; a shorter one is a title or a saying, and may be in any language

KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
# Kazakh words that these letters do not show, and Russian ones that no ending shows; none is a word of the other.
_KAZAKH_WORDS = frozenset(
    "мен бен пен емес керек бойынша туралы болып болса болады болды болу болмайды болмаса болсын болатын осы "
    "мұндай сондай ондай олар оларды олармен оларда онда одан осыдан содан кейде арасында арасынан жанында "
    "алдында алдымен тек немесе жасау жасап жасай жаса жазып жазу алып алу алады беру берсе келу кету бару барып "
    "барады адам адамдар адамды екеу алты жылы жылдан жылдар апта аптада сайын рет беттер бетте мысал мысалы "
    "арнайы сонда сонымен осылай арналады аталады жалпы маман мамандар шарт шартта шартпен талап талаптар бала "
    "балалар жас жастар топтар тобы орны орнына орында мектеп аула жоба жобалар жолы жолда таза анда мында "
    "кейбір жер жерде дос достар дербес ересек хикая орысша мекенжай мекенжайы".split()
)
# Verbal nouns, participles and cases that end like no Russian word; and Russian does not spell жы, шы, чы.
_KAZAKH_SHAPE = re.compile(
    r"[а-я]{2}(?:[аы]у|ып|атын|йтын|мыз|сыз|лар(?:дан|да|мен)?|[рйн]лер|[зжр]дер|сында|сынан|ында|ынан|сымен|йды|мады)$|"
    r"[а-йл-я]лады$|[жшч]ы"
)
_RUSSIAN_WORDS = frozenset(
    "и в во на с со к ко у о об обо от из за по под над при про для без через между перед после около вместо "
    "кроме что чтобы как так это этот эта эти этого этой этому этим этих то того тот тому тех такой такая такие "
    "свой своя свои своего своей своих его её ее их им ими нам нами вам вами вас нас мы вы она они оно я ты мне "
    "меня себя кто кого кому чем чего где когда куда откуда почему зачем сколько какой какая какие каких который "
    "которая которые которых если или либо но же бы ли нет ни уже еще ещё только также тоже даже лишь очень "
    "можно нужно надо нельзя есть быть был была были было будет будут все всё всех всем вся весь каждый каждого "
    "каждая одна одно два две три четыре пять шесть семь восемь девять десять лет год года году годы дня дни "
    "дней час часа часов человек человека людей люди раз потому поэтому затем потом сначала сейчас теперь здесь "
    "тогда всегда никогда более менее больше меньше до ваш ваша ваши вашего вашей наш наша наши нашего нашей "
    "никто ничего ничто закон закона статья статьи статье подпункт место начало конец список списки ребенок "
    "ребенка дети детей детям работа работу работы дело дела помощь помощи вода воду воды руки рука школа школе "
    "школы город города дом дома двор деньги имя имена время времени задание задача задачи вопрос вопроса "
    "вопросы ответ ответа ответы решение правило правила право права возраст родители родитель договор договора "
    "источник источника источники пример примеры название уровень слово слова друзья друзей пятеро трое двое "
    "страница страницы раздел разделы".split()
)
_RUSSIAN_SHAPE = re.compile(
    r"[а-я]{2}(?:ый|ая|яя|ое|ее|ые|ого|его|ому|ему|ыми|ими|ых|[жчшщкгхвн]их|ую|юю|ость|ости|остью|ение|ения|ении|ению|"
    r"ением|ений|[гжкчн]ие|[вжчщз]ания|ание|ании|анию|анием|аний|ии|ться|тся|йтесь|йте|ите|ишь|ешь|лся|лась|лись|[аяу]ют|"
    r"[аяу]ет|[аяу]ем|[зс]ти|ной|ской|или|али|ами|ями|иях|ях|ов|ев|ств[ао]м?|стве|[ие]ть|[ая]ть|ющ[а-я]+|вш[а-я]+)$"
)

# Latin words that any language borrows as they are; English words that names have; those that only sentences have.
_EVERYWHERE = frozenset(
    "pro bono ad hoc de facto jure et al vice versa online offline pull request e-mail wi-fi".split()
)
_SMALL_ENGLISH = frozenset("the a an of and or to in on at by for with without from as but".split())
_ENGLISH_OF_SENTENCES = frozenset(
    "is are was were be been do does did not no you your we our they their it its this that these those who what "
    "when where how why which can may must should will if article articles law report address grade".split()
)


@lru_cache(maxsize=1 << 18)
def leaning(word: str) -> int:
    """Return 1 for a word that must be Kazakh, -1 for one that must be Russian, 0 for one that can be either.

    A word with a capital letter may be a name, which ends as it likes.
    """
    small = word.lower()
    if small in _RUSSIAN_WORDS:
        return -1
    if word.islower():
        return 1 if _is_kazakh(word) else -1 if _RUSSIAN_SHAPE.search(word) else 0
    return 1 if KAZAKH.search(small) or small in _KAZAKH_WORDS else 0


def _is_kazakh(small: str) -> bool:
    """Return whether a word in small letters, which is none of the commonest Russian ones, must be Kazakh."""
    return bool(KAZAKH.search(small)) or small in _KAZAKH_WORDS or bool(_KAZAKH_SHAPE.search(small))


def language_of(passage: str, language: str) -> str:
    """Return the language of a passage that `foreign` has found on a page in `language`."""
    if not CYRILLIC.search(passage):
        return "en"
    if language == "en":
        return "kk" if any(leaning(word) > 0 for word in WORD.findall(passage)) else "ru"
    return "ru" if language == "kk" else "kk"


def odd(tokens: set[str], language: str) -> set[str]:
    """Return the tokens of a text, what stands between spaces, of which one is in every passage that `foreign` finds.

    But a Kazakh text that does not show its language may be foreign without them.
    """
    return _SIEVES[language](tokens)


def _is_odd(language: str, token: str) -> bool:
    if language == "en":
        return bool(CYRILLIC.search(token))
    if LATIN.search(token):
        if "//" in token or "@" in token:
            return True
        token = ADDRESS.sub(" ", token)
        if any(_is_in_sentences(word) for run in LATIN_RUN.findall(token) for word in WORD.findall(run)):
            return True
    small = token.lower()
    words = [small] if small.isalpha() else WORD.findall(small)
    if language == "kk":
        return any(leaning(word) < 0 for word in words)
    return any(_is_kazakh(word) and word not in _RUSSIAN_WORDS for word in words)


def _is_in_sentences(word: str) -> bool:
    """Return whether an English word is in no name."""
    if word.lower() in _ENGLISH_OF_SENTENCES:
        return True
    return word.islower() and len(word) > 2 and word not in _EVERYWHERE and word not in _SMALL_ENGLISH


def shows_kazakh(text: str) -> bool:
    """Return whether a text has a Kazakh letter, outside of quotations, and in each that may not be in any language."""
    if not QUOTE.search(text):
        return bool(KAZAKH.search(text))
    outside, quoted = unquoted(text)
    long = [part for part in quoted if len(part) > LONG_QUOTATION and len(part.split()) >= LONG_QUOTATION]
    return bool(KAZAKH.search(outside)) and all(map(KAZAKH.search, long))


_SIEVES = {language: Sieve(partial(_is_odd, language)) for language in ("kk", "ru", "en")}


def foreign(text: str, language: str, heading: bool = False) -> str | None:
    """Return the first passage of a text that is in another language than `language`, which is kk, ru or en; or None.

    Names, abbreviations and addresses are in no language. A title or a saying in quotation marks may be in any, as
    long as something outside the marks is in the right one.
    """
    if language == "en" and not CYRILLIC.search(text):
        return None
    latin = LATIN.search(text)
    if language == "ru" and len(text) > LONG and not latin and not KAZAKH.search(text):
        return None
    outside, quoted = unquoted(ADDRESS.sub(" ", text) if latin else text)
    alone = all(_proof(word[0], language) > 0 for word in WORD.finditer(outside))
    for part in [outside, *(part for part in quoted if len(part.split()) >= (2 if alone else LONG_QUOTATION))]:
        if language == "en":
            found = CYRILLIC_RUN.search(part)
            found = found and found[0]
        else:
            found = _english(part, quoted=part is not outside) or _of_the_other(part, language, heading)
        if found:
            return found
    return None


def unquoted(text: str) -> tuple[str, list[str]]:
    """Return a text without its quotations, and the quotations."""
    quoted: list[str] = []

    def keep(match: re.Match) -> str:
        quoted.append(next(filter(None, match.groups()), ""))
        return " "

    for _ in range(NESTED):
        text, found = QUOTED.subn(keep, text)
        if not found:
            break
    return text, quoted


def _english(text: str, *, quoted: bool) -> str | None:
    """Return the first stretch of English prose in a Kazakh or Russian text: one with words that names do not have."""
    alone = not CYRILLIC.search(text)
    for run in LATIN_RUN.finditer(text):
        words = WORD.findall(run[0])
        small = {word for word in words if word.islower()} - _EVERYWHERE
        content = [word for word in small - _SMALL_ENGLISH if len(word) > 2 or word in _ENGLISH_OF_SENTENCES]
        says_something = any(word.lower() in _ENGLISH_OF_SENTENCES for word in words)
        if quoted and not says_something:
            continue  # a title
        if len(words) >= 3 and (len(content) >= 2 or (content and len(small) >= 3)):
            return run[0]
        if alone and len(words) >= 2 and (content or says_something):
            return run[0]
    return None


def _of_the_other(text: str, language: str, heading: bool) -> str | None:
    """Return the first Russian passage of a Kazakh text, or the first Kazakh passage of a Russian one."""
    words = [word for word in WORD.findall(text) if CYRILLIC.search(word)]
    first_is_no_name = heading or any(word.islower() for word in words[1:])
    compared = [words[0].lower() if first_is_no_name else words[0], *words[1:]] if words else []
    proofs = [_proof(word, language) for word in compared]
    if language == "ru" and max(proofs, default=0) <= 0:
        return None
    start = 0
    for place, proof in enumerate([*proofs, -1]):
        if proof < 0:
            run = compared[start:place]
            if run and _is_other(run, sum(proofs[start:place]), len(run) == len(words), language):
                return " ".join(_trimmed(words[start:place], proofs[start:place]))
            start = place + 1
    return None


def _trimmed(words: list[str], proofs: list[int]) -> list[str]:
    """Return the words without what belongs to the sentences before and after, which may be in the page's language."""
    if 1 not in proofs:
        return words
    first, last = proofs.index(1), len(proofs) - proofs[::-1].index(1)
    start = next((n for n in range(first, -1, -1) if not words[n].islower()), 0)
    return words[start : next((n for n in range(last, len(words)) if not words[n].islower()), len(words))]


@lru_cache(maxsize=1 << 18)
def _proof(word: str, language: str) -> int:
    """Return 1 for a word that cannot be of kk or ru, the page's language, -1 for one that must be, 0 otherwise."""
    if language == "en":
        return 1 if CYRILLIC.search(word) else 0
    score = -leaning(word) if language == "kk" else leaning(word)
    if score > 0 and language == "ru" and not word.islower():
        return 0  # a Kazakh name
    return score


def _is_other(words: list[str], proofs: int, whole: bool, language: str) -> bool:
    """Return whether words that may all be of the other language are; `whole`: there are no other words beside them."""
    if language == "ru" and any(word.islower() and KAZAKH.search(word) for word in words):
        return True
    if proofs >= 2 and (whole or len(words) >= 4):
        return True
    if proofs and (whole or len(words) >= 4):
        return _library_says(" ".join(words[:50]), language) < (0.1 if len(words) == 1 else 0.4)
    # Borrowed words stand in Kazakh as in Russian, and the library takes a list of them for Russian.
    return whole and len(words) >= 5 and _library_says(" ".join(words[:50]), language) < 0.005


@lru_cache(maxsize=1 << 12)
def _library_says(text: str, language: str) -> float:
    """Return the probability that a Cyrillic text is in the language."""
    return dict(_library().rank(text))[language]


@cache
def _library():
    """Load the library when the first text needs it, for that takes longer than all the rest."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["kk", "ru", "en"])
    return identifier
