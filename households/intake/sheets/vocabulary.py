"""Finding what a word of a list means among known names: villages, ethnic groups, closed lists."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from households.intake.sheets.readings import EMPTY, Reading, error, note, warning
from povertyplan.core.text.vietnamese import normalise_text, search_key

CLOSE_ENOUGH = 0.75
SAME_GIVEN_NAME = 0.8  # one letter of five; "Hùng" and "Dũng" are two people
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
# Ways of writing the kind of a village, the longest first.
_VILLAGE_KINDS = (
    "to dan pho so", "to dan pho", "khu pho so", "khu pho", "tdp so", "tdp", "tdp.", "thon so",
    "thon", "ban", "ap", "buon", "lang", "to so", "to", "kp", "khom", "soc",
)  # fmt: skip
_SHORT_KINDS = {"tdp": "to dan pho", "to": "to dan pho", "kp": "khu pho", "t": "thon"}


def key_of(text: str) -> str:
    """Text without accents, case, hyphens and apostrophes.

    >>> key_of("H’Mông"), key_of("Ê-đê"), key_of(" Tổ  dân phố 03 ")
    ('hmong', 'e de', 'to dan pho 3')
    """
    plain = search_key(text).replace("'", "")
    words = _NOT_LETTERS.sub(" ", plain).split()
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def is_same_name(one: str, other: str) -> bool:
    """Whether two full names may be spellings of one: marks, a letter, a word more, the order.

    >>> is_same_name("Nguyễn Thị Hoà", "NGUYEN THI HOA"), is_same_name("Y Hoa", "Y Hoa Niê")
    (True, True)
    >>> is_same_name("Nguyễn Văn Hùng", "Nguyễn Văn Dũng"), is_same_name("Trần Lan", "Y Lan")
    (False, False)
    """
    first, second = key_of(one).split(), key_of(other).split()
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    given = difflib.SequenceMatcher(None, first[-1], second[-1]).ratio()
    whole = difflib.SequenceMatcher(None, " ".join(first), " ".join(second)).ratio()
    return given >= SAME_GIVEN_NAME and whole >= CLOSE_ENOUGH


@dataclass(frozen=True)
class Choices:
    """Names that a column may hold, by key; `aliases` are other spellings of the same.

    `noun` names the list in sentences ("thôn, tổ dân phố").
    """

    noun: str
    names: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)

    def find(self, text: str) -> Reading:
        """The name that text means: itself, an alias (flagged), or an error with the nearest."""
        # A list says the same few words in thousands of rows.
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._find(normalise_text(text))
        return found

    def _find(self, text: str) -> Reading:
        if not text:
            return EMPTY
        if text in self.names:
            return Reading(value=text)
        if name := self._by_key.get(key_of(text).replace(" ", "")):
            return note(name, "spelling", f"“{text}” hiểu là {name}.")
        if name := self.aliases.get(key_of(text)):
            return warning(name, "alias", f"“{text}” hiểu là {name}.")
        return error(
            "unknown_name", f"“{text}” không có trong danh mục {self.noun}.", self._nearest(text)
        )

    @cached_property
    def _found(self) -> dict[str, Reading]:
        return {}

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return _unambiguous((key_of(name).replace(" ", ""), name) for name in self.names)

    def _nearest(self, text: str) -> str:
        keys = {key_of(name): name for name in self.names}
        near = difflib.get_close_matches(key_of(text), keys, n=1, cutoff=CLOSE_ENOUGH)
        return keys[near[0]] if near else ""


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keys that mean one name only."""
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for key, name in pairs:
        if found.setdefault(key, name) != name:
            doubtful.add(key)
    return {key: name for key, name in found.items() if key not in doubtful}


def village_choices(names: Iterable[str]) -> Choices:
    """Villages, with the short forms of lists: "TDP 3", "Tổ 3", "Kon Rờ Bàng"."""
    names = tuple(names)
    pairs = [(alias, name) for name in names for alias in _village_aliases(name)]
    return Choices("thôn, tổ dân phố", names, _unambiguous(pairs))


def _village_aliases(name: str) -> set[str]:
    key = key_of(name)
    kind = next((kind for kind in _VILLAGE_KINDS if key.startswith(f"{kind} ")), "")
    own = key[len(kind) :].strip()
    aliases = {own, f"{kind} so {own}"}
    for short, long in _SHORT_KINDS.items():
        if kind in (long, f"{long} so"):
            aliases |= {f"{short} {own}", f"{short}{own}", f"{short} so {own}", f"{long} so {own}"}
    # A bare number names a village only in a list of villages: here it does.
    return {alias.strip() for alias in aliases if alias.strip()} - {key}


def ethnic_choices(groups: Iterable[tuple[str, str, Iterable[str]]]) -> Choices:
    """Ethnic groups as (code, name, other spellings)."""
    groups = list(groups)
    pairs = [(key_of(alias), name) for code, name, others in groups for alias in (*others, code)]
    pairs += [
        (key_of(alias).replace(" ", ""), name) for _, name, others in groups for alias in others
    ]
    return Choices("dân tộc", tuple(name for _, name, _ in groups), _unambiguous(pairs))
