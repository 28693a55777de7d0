"""What somebody wants remembered of a household's survey form, beside its answers."""

from dataclasses import dataclass

LONGEST_NOTE = 500
NOTE_TOO_LONG = f"Ghi chú dài nhất {LONGEST_NOTE} ký tự."


@dataclass(frozen=True)
class ReviewNote:
    """A note, and the flag "cần kiểm tra". Sensitive: the note."""

    note: str = ""
    needs_check: bool = False
