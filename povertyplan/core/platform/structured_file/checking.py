"""A file as a model, or all its errors together."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from povertyplan.core.platform.structured_file.places import FileError, StructuredText

Model = TypeVar("Model", bound=BaseModel)


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
