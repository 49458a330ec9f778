"""How hard a text is to read. It helps whoever writes; it never stops anyone."""

import re

SENTENCE_END = re.compile(r"[.!?…。！？؟۔।]+[\"'”’»)\]]*(?:\s+|$)|\n+")
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+|,\d+)*")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(
    r"[^laeiouy]e$|[aeiouy]le$|[^aeiouy]e(?=ly|ment|less|ful|ness|thing|where|body)"
    r"|[^aeiouycgsxz](?<![^aeiouy]l)es$|[^aeiouytd]ed$"
)
SPLIT = re.compile(r"(?<![tcsg])i[aou]|[aeiouy]ing|ience|iet|eo$|[^qg]ua")


def grade(text: str) -> float:
    """The school grade at which English text reads easily, and 0 for no text.

    Flesch-Kincaid grade: 0.39 * words per sentence + 11.8 * syllables per word - 15.59
    (Kincaid, Fishburne, Rogers and Chissom, 1975, US Navy Research Branch Report 8-75).
    Syllables are guessed from the letters, so take it as a hint. It is meant for English only.
    """
    spoken = sentences(text)
    words = [word for sentence in spoken for word in WORD.findall(sentence)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(spoken) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def longest_sentence(text: str) -> int:
    """How many words the longest sentence has."""
    return max((len(WORD.findall(sentence)) for sentence in sentences(text)), default=0)


def sentences(text: str) -> list[str]:
    """The text cut at full stops, question marks and line ends. A piece without a word is left out."""
    return [piece for piece in SENTENCE_END.split(text) if WORD.search(piece)]


def _syllables(word: str) -> int:
    return sum(_in_part(part) for part in re.split(r"[^a-z]+", word.lower()) if part) or 1


def _in_part(word: str) -> int:
    return max(1, len(VOWELS.findall(word)) + len(SPLIT.findall(word)) - len(SILENT.findall(word)))
