"""YAML as the text that was typed, with the line of each place."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from povertyplan.core.platform.structured_file.places import (
    FileError,
    FileProblem,
    StructuredText,
    Tree,
    YamlPath,
    written,
)

DEEPEST = 40
EMPTY = ""


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
