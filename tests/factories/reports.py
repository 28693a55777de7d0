"""Documents without content."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from reports.choices import BlockKind, DocumentKind
from reports.models import Block, Document


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    kind = DocumentKind.PLAN
    code = factory.Sequence(lambda n: f"document-{n}")
    year_from = 2025
    year_to = 2030
    subject = "giảm nghèo bền vững"
    symbol = "KH-UBND"
    place_line = "Đăk Cấm"
    issuer = "ỦY BAN NHÂN DÂN\nPHƯỜNG ĐĂK CẤM"
    data_on = date(2025, 12, 31)
    issued_year = factory.LazyAttribute(
        lambda made: getattr(made, "issued_on", None) and made.issued_on.year
    )
    authority = "TM. ỦY BAN NHÂN DÂN"
    signer_title = "CHỦ TỊCH"


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = Block

    document = factory.SubFactory(DocumentFactory)
    order = factory.Sequence(lambda n: n)
    kind = BlockKind.PARAGRAPH
    text = "Nội dung thử."
