"""Who issues a paper, as it stands at the top left."""

from povertyplan.core.models import Area


def issuer_lines(issuer: str, area_name: str) -> tuple[str, ...]:
    """The issuing body as it breaks at the top left: the area's name opens the second line.

    >>> issuer_lines("Ủy ban nhân dân phường Đăk Cấm", "Phường Đăk Cấm")
    ('Ủy ban nhân dân', 'phường Đăk Cấm')
    """
    start = issuer.lower().find(area_name.lower())
    if start <= 0:
        return tuple(issuer.splitlines())
    return (issuer[:start].strip(), issuer[start:].strip())


def issuer_of(ward: Area) -> str:
    """The body whose form it is; by its usual name where none was given."""
    return ward.signing_body
