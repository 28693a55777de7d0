"""Files that people write by hand: YAML read as text, checked whole, every error with its line.

YAML would turn `01` into 1, `no` into False and crash on 2024-02-30. Here every scalar stays the
text that was typed (nothing typed is None), and a pydantic model says what it means. All errors
of a file are reported together, each with its line and path.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from annotated_types import GroupedMetadata, MaxLen
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from povertyplan.core.text.vietnamese import normalise_text

DEEPEST = 40
EMPTY = ""

YamlPath = tuple[str | int, ...]
Tree = dict | list | str | None
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, order=True)
class FileProblem:
    """One error of a file: its line from 1, the path to the value, a sentence."""

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        where = f"dòng {self.line}, {self.path}" if self.path else f"dòng {self.line}"
        return f"{where}: {self.message}"


class FileError(Exception):
    """A file that cannot be used, with everything that is wrong in it."""

    def __init__(self, problems: list[FileProblem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class StructuredText:
    """A parsed file: nested dicts and lists of text, the line of each place, and slips found."""

    tree: Tree
    lines: Mapping[YamlPath, int]
    problems: tuple[FileProblem, ...]

    def problem(self, place: YamlPath, message: str) -> FileProblem:
        """An error at a place; a place that is missing has the line of what should hold it."""
        known, held = self._known(place)
        # A list or a section may be written as one word: the error is then about that word.
        shown = known if isinstance(held, str) else place
        return FileProblem(self.lines.get(known, 1), written(shown), message)

    def _known(self, place: YamlPath) -> tuple[YamlPath, Tree]:
        """The part of a place that the file has, and what stands there."""
        held: Tree = self.tree
        known: YamlPath = ()
        for step in place:
            if (*known, step) not in self.lines:
                break
            held, known = _inside(held, step), (*known, step)
        return known, held


def _inside(held: Tree, step: str | int) -> Tree:
    if isinstance(held, dict) and isinstance(step, str):
        return held[step]
    if isinstance(held, list) and isinstance(step, int):
        return held[step]
    return None


def written(place: YamlPath) -> str:
    """The path as people write it.

    >>> written(("projects", 2, "lead"))
    'projects[2].lead'
    """
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


# Reading ----------------------------------------------------------------------------------


def read_file(path: Path) -> StructuredText:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileError([FileProblem(1, "", f"không mở được tệp {path.name}.")]) from error
    except UnicodeDecodeError as error:
        raise FileError([FileProblem(1, "", "tệp không ở bảng mã UTF-8.")]) from error
    return read(text)


def read(text: str) -> StructuredText:
    """Parse YAML without its type guessing. Raises FileError when it is not YAML at all."""
    try:
        root = _PlainLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = getattr(error, "sentence", "") or (
            f"sai cú pháp YAML ở cột {column}: xem lại dấu hai chấm, dấu ngoặc, dấu nháy "
            "và thụt đầu dòng."
        )
        raise FileError([FileProblem(line, "", message)]) from error
    except yaml.YAMLError as error:
        raise FileError([FileProblem(1, "", "tệp có ký tự không in được.")]) from error
    if root is None:
        raise FileError([FileProblem(1, "", "tệp không có nội dung.")])
    reader = _Reader()
    tree = reader.value(root, ())
    return StructuredText(tree, reader.lines, tuple(reader.problems))


class _Refused(yaml.MarkedYAMLError):
    """Something YAML allows and we do not."""

    def __init__(self, sentence: str, mark: yaml.Mark):
        super().__init__(problem=sentence, problem_mark=mark)
        self.sentence = sentence


class _PlainLoader(yaml.SafeLoader):
    """Composes nodes only: no anchors, which can blow a small file up, and no endless depth."""

    depth = 0

    def compose_node(self, parent, index):
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused("không dùng neo (& và *) trong tệp.", event.start_mark)
        if self.depth == DEEPEST:
            raise _Refused(f"lồng nhau quá {DEEPEST} cấp.", event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Reader:
    """Turns nodes into plain values and remembers the line of each."""

    def __init__(self):
        self.lines: dict[YamlPath, int] = {}
        self.problems: list[FileProblem] = []

    def value(self, node: yaml.Node, place: YamlPath) -> Tree:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return dict(self._items(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [
                self.value(child, (*place, position)) for position, child in enumerate(node.value)
            ]
        is_quoted = isinstance(node, yaml.ScalarNode) and node.style is not None
        typed_nothing = not is_quoted and node.value in (EMPTY, "~", "null")
        return None if typed_nothing else node.value

    def _items(self, node: yaml.MappingNode, place: YamlPath) -> Iterator[tuple[str, Tree]]:
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(FileProblem(line, written(place), "tên mục phải là chữ."))
                continue
            below = (*place, key_node.value)
            if below in self.lines:
                message = f"mục “{key_node.value}” đã có ở dòng {self.lines[below]}."
                self.problems.append(FileProblem(line, written(below), message))
                continue
            self.lines[below] = line
            yield key_node.value, self.value(value_node, below)


# Checking ---------------------------------------------------------------------------------


class Section(BaseModel):
    """Base of what a file may hold: nothing unknown, nothing changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def check(
    model: type[Model],
    text: StructuredText,
    *,
    context: object = None,
    nouns: Mapping[str, str] | None = None,
) -> Model:
    """The file as a model, or FileError with every problem.

    `nouns` names what the unknown keys of a list are ("blocks" → "loại khối").
    """
    try:
        checked = model.model_validate(text.tree, context=context)
    except ValidationError as error:
        found = [
            text.problem(entry["loc"], _sentence(entry, nouns or {}))
            for entry in _causes(error.errors())
        ]
        raise FileError([*text.problems, *found]) from error
    if text.problems:
        raise FileError(list(text.problems))
    return checked


def refuse(sentence: str) -> PydanticCustomError:
    """The exception a validator raises, with our sentence and nothing of the library's."""
    return PydanticCustomError("refused", "{sentence}", {"sentence": sentence})


SENTENCES = {
    "missing": "thiếu mục này.",
    "list_type": "phải là một danh sách (mỗi dòng mở đầu bằng dấu gạch ngang).",
    "tuple_type": "phải là một danh sách (mỗi dòng mở đầu bằng dấu gạch ngang).",
    "dict_type": "phải gồm các mục “tên: giá trị”.",
    "model_type": "phải gồm các mục “tên: giá trị”.",
    "string_type": "phải là một dòng chữ.",
    "string_too_short": "không được để trống.",
    "string_too_long": "dài quá {max_length} ký tự.",
    "too_short": "phải có ít nhất {min_length} mục.",
    "greater_than_equal": "không được nhỏ hơn {ge}.",
    "less_than_equal": "không được lớn hơn {le}.",
    "decimal_max_digits": "có quá {max_digits} chữ số.",
    "decimal_max_places": "chỉ được {decimal_places} chữ số thập phân.",
    "decimal_whole_digits": "có quá {whole_digits} chữ số ở phần nguyên.",
    "enum": "giá trị phải là một trong: {expected}.",
    "literal_error": "giá trị phải là một trong: {expected}.",
    "bool_parsing": "phải là true hoặc false.",
    "bool_type": "phải là true hoặc false.",
    "refused": "{sentence}",
}


def _causes(entries: list) -> list:
    """Without lists called too short only because what they hold was refused."""
    places = [entry["loc"] for entry in entries]
    return [
        entry
        for entry in entries
        if entry["type"] != "too_short"
        or all(place[:-1][: len(entry["loc"])] != entry["loc"] for place in places)
    ]


def _sentence(entry, nouns: Mapping[str, str]) -> str:
    place = entry["loc"]
    if entry["type"] == "extra_forbidden":
        holder = next((step for step in reversed(place[:-1]) if isinstance(step, str)), "")
        return f"không có {nouns.get(holder, 'mục')} “{place[-1]}”."
    sentence = SENTENCES.get(entry["type"], "giá trị không dùng được.")
    return sentence.format(**{key: _quoted(value) for key, value in entry.get("ctx", {}).items()})


def _quoted(value: object) -> str:
    return str(value).replace("'", "").replace(" or ", ", ")


# Kinds of values --------------------------------------------------------------------------


def matching(pattern: str, sentence: str):
    """Refuse text that is not written as `pattern`; the library is more generous than we are."""
    shape = re.compile(pattern)

    def matched(value: object) -> object:
        if isinstance(value, str) and not shape.fullmatch(value):
            raise refuse(sentence)
        if not isinstance(value, str):
            raise refuse(sentence)
        return value

    return BeforeValidator(matched)


def _a_day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refuse(f"không có ngày “{value}”.") from None
    raise refuse("ngày phải viết theo dạng năm-tháng-ngày, ví dụ 2024-12-31.")


def _some_text(value: str) -> str:
    tidy = normalise_text(value)
    if not tidy:
        raise refuse("không được để trống.")
    return tidy


Day = Annotated[date, BeforeValidator(_a_day)]
Whole = Annotated[int, matching(r"\d{1,9}", "phải là số nguyên không âm, không có dấu chấm.")]
Number = Annotated[
    Decimal,
    matching(r"\d{1,10}(\.\d+)?", "phải là số không âm, phần thập phân sau dấu chấm (0.27)."),
    Field(max_digits=12, decimal_places=2),
]
Year = Annotated[int, matching(r"\d{4}", "năm phải có bốn chữ số."), Field(ge=2000, le=2100)]
LineOfText = Annotated[str, AfterValidator(_some_text)]
"""Text on one line, composed and trimmed."""


@dataclass(frozen=True)
class OneLine(GroupedMetadata):
    """Marks a line of text with the length of the column that stores it."""

    longest: int

    def __iter__(self) -> Iterator[object]:
        yield MaxLen(self.longest)
        yield AfterValidator(_some_text)


# Writing ----------------------------------------------------------------------------------


class _Writer(yaml.SafeDumper):
    """Quotes only what another reader would take for something else than text."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, indentless=False)


def _write_text(writer: _Writer, value: str) -> yaml.Node:
    # Other readers of YAML disagree on whether 08 is a number.
    style = "'" if value.isdigit() else None
    return writer.represent_scalar("tag:yaml.org,2002:str", str(value), style=style)


def _write_number(writer: _Writer, value: Decimal) -> yaml.Node:
    kind = "int" if value == value.to_integral_value() else "float"
    return writer.represent_scalar(f"tag:yaml.org,2002:{kind}", f"{value.normalize():f}")


_Writer.add_representer(str, _write_text)
# Members of closed vocabularies are text of a class of their own.
_Writer.add_multi_representer(str, _write_text)
_Writer.add_representer(Decimal, _write_number)


def write(tree: Tree) -> str:
    """The tree as YAML: the same tree always gives the same text."""
    return yaml.dump(tree, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=100, indent=2)
