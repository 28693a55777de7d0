"""What is read from a file, and its errors: each with its line and its path."""

from collections.abc import Mapping
from dataclasses import dataclass

YamlPath = tuple[str | int, ...]
Tree = dict | list | str | None


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
