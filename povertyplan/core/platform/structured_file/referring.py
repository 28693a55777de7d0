"""What a file names of rows that other files load: it has to be there, or the file is refused."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from povertyplan.core.platform.structured_file.places import (
    FileError,
    FileProblem,
    StructuredText,
    YamlPath,
)


def unknown_values(
    text: StructuredText,
    place: YamlPath,
    named: Sequence[object],
    known: Collection[object],
    sentence: str,
) -> Iterator[FileProblem]:
    """An error for each value of a list that nothing is known by; `sentence` takes the value."""
    for at, value in enumerate(named):
        if value not in known:
            yield text.problem((*place, at), sentence.format(value))


def refuse_file(problems: Iterable[FileProblem]) -> None:
    """Raises FileError where there is a problem, with all of them."""
    if found := list(problems):
        raise FileError(found)
