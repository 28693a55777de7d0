"""From a Word file to the passages of a draft: what each paragraph becomes, and how deep.

Pure. Nothing is dropped in silence: each paragraph is a passage, or part of one that was joined;
what does not go into a draft says why.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.choices import WordPart
from reports.plans.word.marks import read_mark
from reports.plans.word.reading.bases import read_basis
from reports.plans.word.reading.joining import LabelledLine, join_lines
from reports.plans.word.reading.levels import LONGEST_TITLE, LevelFinder, Placed
from reports.plans.word.reading.lines import Line, Lost, Where, WordText, read_lines
from reports.plans.word.reading.package import open_package

LONGEST_PLAIN_TITLE = 150
LONGEST_NAME = 60
DEEPEST = 6

BY_PROGRAM = "Phần mềm tự ghi theo thể thức."
IN_TABLE = "Dòng của bảng; phần mềm lập bảng từ số liệu. Cần giữ lời thì chọn Đoạn văn."
IN_MARGIN = "Đầu trang, chân trang: phần mềm tự ghi."
IN_NOTE = "Chú thích cuối trang; phần mềm không in chú thích. Cần giữ lời thì chọn Đoạn văn."
# A text of ours names its figures in braces, and cannot hold one.
BRACES = str.maketrans("{}", "()")
NO_BASIS = "Không tách được tên, số, ngày của căn cứ; giữ thành đoạn văn."
NO_WORDS = "Chỉ có ký hiệu, không có lời."
LOST_WORDS = {
    Lost.IMAGES: "{} hình ảnh không đọc được.",
    Lost.HIDDEN: "{} chỗ chữ ẩn không đọc.",
    Lost.DELETED: "{} chỗ đã xóa khi theo dõi thay đổi được coi là đã xóa.",
    Lost.NESTED: "{} bảng nằm trong bảng: các ô được ghép thành dòng.",
}

_BASIS = re.compile(
    r"(Căn cứ|Thực hiện|Theo|Xét)\s+(?:đề nghị|(?:các |nội dung )?(?:Hiến pháp|Luật|Bộ luật"
    r"|Pháp lệnh"
    r"|Nghị quyết|Nghị định|Quyết định|Thông tư|Chỉ thị|Kế hoạch|Công văn|Văn bản|Kết luận"
    r"|Thông báo|Chương trình|Hướng dẫn|Đề án|Tờ trình|Báo cáo)\b)"
)
_KINDS = ("kế hoạch", "báo cáo", "quyết định", "chương trình", "đề án", "phương án")
_OPENING = re.compile(
    r"(cộng\s+h(òa|oà)\s+xã\s+hội|độc\s+lập\s*[-–]|số\s*:|.{1,40},\s*ngày\b.{0,40}(tháng|năm)"
    r"|(ủy|uỷ)\s+ban\s+nhân\s+dân|ubnd\b|hội\s+đồng\s+nhân\s+dân|hđnd\b|dự\s+thảo|kính\s+gửi"
    r"|[_\-*–—\s]+$)",
    re.IGNORECASE,
)
_RECIPIENTS = re.compile(r"nơi nhận\s*:?", re.IGNORECASE)
_KEPT = re.compile(r"lưu\s*:?\s*(vt|văn thư)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(TM|T/M)\.?\s")
_SIGNS_FOR = re.compile(
    r"(KT|TL|TUQ|Q|K/T)\.?\s?\S|(phó\s+)?(chủ tịch|trưởng|giám đốc|bí thư)", re.I
)
_CLOSING = re.compile(r"Trên đây là\b", re.IGNORECASE)
_APPENDIX = re.compile(r"(PHỤ LỤC|Phụ lục)(\s+(số\s+)?([IVX]+|\d{1,2}))?\s*[.:]?\s*$")
_ATTACHED = re.compile(r"\(?\s*(ban hành\s+)?kèm theo\b", re.IGNORECASE)
_APPENDIX_HEAD = ("appendix", "attached")


@dataclass(frozen=True)
class Passage:
    """A paragraph of a file, and what it becomes. `source` is as it stood, with its label."""

    source: str
    text: str
    part: WordPart
    level: int = 1
    label: str = ""
    reason: str = ""
    remark: str = ""
    bookmarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class WordReading:
    """What was read of one file; `notes` tell what was not."""

    passages: tuple[Passage, ...]
    notes: tuple[str, ...]


def read_word(content: bytes, name: str) -> WordReading:
    """Read a Word file. Raises WordRefused with a sentence."""
    return read_text(read_lines(open_package(content, name)))


def read_text(found: WordText) -> WordReading:
    """The passages of what was read in a file."""
    lines = [line for line in found.lines if line.where not in (Where.RUNNING, Where.NOTE)]
    passages = list(_passages(join_lines(lines)))
    for place, reason in ((Where.NOTE, IN_NOTE), (Where.RUNNING, IN_MARGIN)):
        passages += _beside(found.lines, place, reason)
    notes = (LOST_WORDS[Lost(name)].format(count) for name, count in sorted(found.counts.items()))
    return WordReading(tuple(passages), tuple(notes))


def _beside(lines: Sequence[Line], place: Where, reason: str) -> Iterator[Passage]:
    said = dict.fromkeys(line.text for line in lines if line.where == place and line.text)
    for text in said:
        yield Passage(text, text, WordPart.LEFT_OUT, reason=reason)


def _passages(lines: Sequence[LabelledLine]) -> Iterator[Passage]:
    begins = _body_begins(lines)
    tail = _tail_begins(lines, begins)
    yield from _opening(lines[:begins])
    yield from _body(lines[begins:tail])
    yield from _tail(lines[tail:])


def _source(one: LabelledLine) -> str:
    own = f"{one.line.label} " if one.line.label else ""
    return own + " ".join(one.lines)


def _passage(one: LabelledLine, part: WordPart, **more) -> Passage:
    whole = f"{one.label} {one.text}".strip() if part == WordPart.LEFT_OUT else one.text
    whole = whole.translate(BRACES)
    values = {"label": one.label, "bookmarks": one.line.bookmarks} | more
    return Passage(_source(one), whole, part, **values)


def _body_begins(lines: Sequence[LabelledLine]) -> int:
    """The first paragraph behind the heading of the document, its subject and its bases."""
    kind_at = _kind_at(lines)
    for at, one in enumerate(lines):
        if at <= kind_at or one.line.where == Where.CELL:
            continue
        if _basis_role(one) is not None:
            continue
        if one.label and one.label[:1] not in "-+*•_":
            return at
        if kind_at < 0 and _OPENING.match(one.text):
            continue
        if kind_at < 0 or _ends_subject(lines, kind_at, at):
            return at
    return len(lines) if kind_at >= 0 else 0


def _kind_at(lines: Sequence[LabelledLine]) -> int:
    for at, one in enumerate(lines[:40]):
        if one.text.lower().rstrip(" :") in _KINDS:
            return at
        if one.label and at > 12:
            break
    return -1


def _ends_subject(lines: Sequence[LabelledLine], kind_at: int, at: int) -> bool:
    """Whether a paragraph behind the type of the document is not its subject any more."""
    one = lines[at]
    if at == kind_at + 1:
        return False
    if any(_basis_role(each) is not None for each in lines[kind_at + 2 : at]):
        return True
    if one.line.centred or re.fullmatch(r"[_\-*–—\s]+", one.text):
        return False
    first = lines[kind_at + 1].line
    if first.centred or first.bold:
        return not (one.line.bold and first.bold)
    return one.text.endswith((".", ";", ":", "./.")) or len(one.text) > LONGEST_TITLE


def _basis_role(one: LabelledLine) -> WordPart | None:
    found = _BASIS.match(one.text)
    if not found or one.line.centred or not one.text.endswith((";", ".", ",")):
        return None
    return WordPart.CARRIES_OUT if found[1] == "Thực hiện" else WordPart.BASIS


def _opening(lines: Sequence[LabelledLine]) -> Iterator[Passage]:
    kind_at = _kind_at(lines)
    subject: list[LabelledLine] = []
    for at, one in enumerate(lines):
        role = _basis_role(one) if at > kind_at + 1 or kind_at < 0 else None
        if (
            role is None
            and at > kind_at >= 0
            and one.line.where != Where.CELL
            and _has_letters(one)
        ):
            subject.append(one)
            continue
        if subject:
            yield _subject(subject)
            subject = []
        if role is not None:
            yield _basis_passage(one, role)
        else:
            yield _passage(one, WordPart.LEFT_OUT, reason=BY_PROGRAM)
    if subject:
        yield _subject(subject)


def _basis_passage(one: LabelledLine, role: WordPart) -> Passage:
    if read_basis(one.text) is None:
        return _passage(one, WordPart.PARAGRAPH, remark=NO_BASIS)
    return _passage(one, role)


def _has_letters(one: LabelledLine) -> bool:
    return any(letter.isalpha() for letter in one.text)


def _subject(lines: Sequence[LabelledLine]) -> Passage:
    words = " ".join(f"{one.label} {one.text}".strip() for one in lines)
    return Passage("\n".join(map(_source, lines)), words, WordPart.SUBJECT)


def _tail_begins(lines: Sequence[LabelledLine], begins: int) -> int:
    """Where recipients and signature begin: at "Nơi nhận", or where the file puts it beside."""
    for at in range(len(lines) - 1, begins - 1, -1):
        if not _RECIPIENTS.match(lines[at].text) and not _KEPT.match(lines[at].text):
            continue
        first = at
        while first > begins and _stands_in_tail(lines[first - 1], lines[at]):
            first -= 1
        return first
    at = len(lines)
    while at > begins and at > len(lines) - 6 and _signs(lines[at - 1]):
        at -= 1
    return at if any(_SIGNS_FOR.match(one.text) for one in lines[at:]) else len(lines)


def _stands_in_tail(one: LabelledLine, tail: LabelledLine) -> bool:
    if tail.line.where == Where.CELL:
        return one.line.where == Where.CELL
    if _RECIPIENTS.match(tail.text):
        return False
    is_recipient = one.label == "-" and len(one.text) < 90
    return is_recipient or bool(_RECIPIENTS.match(one.text))


def _signs(one: LabelledLine) -> bool:
    return not one.label and len(one.text) <= LONGEST_NAME and not one.text.endswith((".", ";"))


def _tail(lines: Sequence[LabelledLine]) -> Iterator[Passage]:
    finder, is_appendix, rest = LevelFinder(), False, []
    for at, one in enumerate(lines):
        if _APPENDIX.match(one.text):
            rest, is_appendix = list(lines[at:]), True
            break
        yield _tail_passage(one, _is_last_name(lines, at))
    if is_appendix:
        yield from _body(rest, finder)


def _is_last_name(lines: Sequence[LabelledLine], at: int) -> bool:
    """A name stands behind the titles of who signs."""
    before = [one.text for one in lines[:at]]
    words = lines[at].text.split()
    titled = any(_AUTHORITY.match(text) or _SIGNS_FOR.match(text) for text in before)
    return titled and 2 <= len(words) <= 6 and all(word[:1].isupper() for word in words)


def _tail_passage(one: LabelledLine, is_name: bool) -> Passage:
    text = one.text
    if _RECIPIENTS.match(text):
        return _passage(one, WordPart.LEFT_OUT, reason=BY_PROGRAM)
    if _KEPT.match(text):
        kept = replace(one, text=re.sub(r"^lưu\s*:?\s*", "", text, flags=re.I).rstrip("./ "))
        return _passage(kept, WordPart.ARCHIVE)
    if one.label in ("-", "+", "•", "*"):
        return _passage(replace(one, text=text.rstrip(";. /")), WordPart.RECIPIENT)
    if _AUTHORITY.match(text):
        return _passage(one, WordPart.AUTHORITY)
    whole = f"{one.label} {text}".strip()
    if _SIGNS_FOR.match(whole):
        return _passage(replace(one, text=whole, label=""), WordPart.SIGNER_TITLE)
    if is_name:
        return _passage(one, WordPart.SIGNER_NAME)
    if not _has_letters(one):
        return _passage(one, WordPart.LEFT_OUT, reason=NO_WORDS)
    return _passage(one, WordPart.PARAGRAPH)


def _body(lines: Sequence[LabelledLine], finder: LevelFinder | None = None) -> Iterator[Passage]:
    finder = finder or LevelFinder()
    lines = list(_with_titles(lines))
    placed: list[Placed] = []
    for one in lines:
        if _APPENDIX.match(one.lines[0]) and not one.label:
            finder.restart()
            placed.append(Placed(1, "appendix"))
        elif placed and placed[-1].form in _APPENDIX_HEAD and _ATTACHED.match(one.text):
            placed.append(Placed(1, "attached"))
        elif one.line.where == Where.TABLE:
            placed.append(Placed(1))
        else:
            placed.append(finder.place(one))
    tops = [
        bool(one.line.outline)
        for one, place in zip(lines, placed, strict=True)
        if one.label and place.level == 1 and place.form not in ("-", "+", "*", "•")
    ]
    is_outlined = sum(tops) * 2 > len(tops)
    last = _closing_at(lines)
    for at, (one, place) in enumerate(zip(lines, placed, strict=True)):
        follower = placed[at + 1] if at + 1 < len(placed) else None
        yield _body_passage(one, place, follower, is_outlined, at == last)


def _with_titles(lines: Sequence[LabelledLine]) -> Iterator[LabelledLine]:
    """The lines, each appendix with the title that stands below its number."""
    head: LabelledLine | None = None
    for one in lines:
        is_title = not one.label and (one.line.centred or one.line.bold or one.text.isupper())
        if head is not None and is_title and not _ATTACHED.match(one.text):
            titled = "" if _APPENDIX.match(head.text) else f"{head.text} "
            head = replace(head, text=titled + one.text, lines=(*head.lines, one.text))
            continue
        if head is not None:
            yield head
            head = None
        if _APPENDIX.match(one.text) and not one.label:
            head = one
        else:
            yield one
    if head is not None:
        yield head


def _closing_at(lines: Sequence[LabelledLine]) -> int:
    found = [at for at, one in enumerate(lines) if _CLOSING.match(one.text) and not one.label]
    if found:
        return found[-1]
    ended = [at for at, one in enumerate(lines) if one.text.endswith("./.") and not one.label]
    return ended[-1] if ended and ended[-1] == len(lines) - 1 else -1


def _body_passage(
    one: LabelledLine, place: Placed, follower: Placed | None, is_outlined: bool, is_closing: bool
) -> Passage:
    if one.line.where == Where.TABLE:
        return _passage(one, WordPart.LEFT_OUT, reason=IN_TABLE)
    if not _has_letters(one) and not any(letter.isdigit() for letter in one.text):
        return _passage(one, WordPart.LEFT_OUT, reason=NO_WORDS)
    if place.form == "attached":
        return _passage(one, WordPart.LEFT_OUT, reason=BY_PROGRAM)
    if place.form == "appendix":
        return _passage(one, WordPart.APPENDIX)
    if is_closing:
        return _passage(replace(one, text=one.text.rstrip("./ ")), WordPart.CLOSING)
    part = _part(one, place, follower, is_outlined)
    level = min(_own_level(one, part) or place.level, DEEPEST)
    return _passage(one, part, level=level, remark=place.remark)


def _own_level(one: LabelledLine, part: WordPart) -> int:
    """How deep a block of ours stood; 0 where it is none, or became another kind in Word."""
    mark = read_mark(one.line.bookmarks)
    return mark.level if mark and mark.kind == part else 0


def _part(one: LabelledLine, place: Placed, follower: Placed | None, is_outlined: bool) -> WordPart:
    if not place.form:
        return WordPart.PARAGRAPH
    if place.form == "+":
        return WordPart.PLUS
    if place.form in ("-", "*", "•"):
        return WordPart.DASH
    return WordPart.HEADING if _is_title(one, place, follower, is_outlined) else WordPart.NUMBERED


def _is_title(one: LabelledLine, place: Placed, follower: Placed | None, is_outlined: bool) -> bool:
    if is_outlined:
        return bool(one.line.outline) or (one.line.bold and len(one.text) <= LONGEST_TITLE)
    if one.line.outline or one.line.bold or one.text.isupper():
        return len(one.text) <= LONGEST_TITLE
    if len(one.text) > LONGEST_PLAIN_TITLE:
        return False
    leads = follower is not None and follower.level > place.level
    is_sentence = one.text.endswith((";", "./.")) or (one.text.endswith(".") and ": " in one.text)
    return leads and not is_sentence
