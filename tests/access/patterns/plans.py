"""Plan documents and how they are written, reviewed and issued."""

from collections.abc import Callable

from povertyplan.core.choices import Role
from reports.models import BlockProposal, Document
from reports.plans.builder import build_with_links
from reports.plans.plan_facts import findings
from tests.access.patterns.addresses import FORM_KEY, REASON, document
from tests.access.patterns.pattern import FORM, Pattern, Place


def _document_version(name: str, **more) -> Callable[[Place], dict]:
    def payload(place: Place) -> dict:
        document = Document.objects.get(pk=place.ward.documents[name].pk)
        return {"version": document.version, **more}

    return payload


def _passage(place: Place) -> dict:
    """The first paragraph of a Word file made another part; the others as they were shown."""
    sent: dict = {"act": "save"}
    for row in place.ward.word_upload.passages.order_by("order"):
        is_first = len(sent) == 1
        part = "dash" if is_first else row.part
        was = f"{row.part}:{row.level}:{row.version}"
        own = {"part": part, "level": str(row.level), "was": was}
        sent |= {f"p{row.order}-{name}": value for name, value in own.items()}
    return sent


def _basis_proposal(place: Place) -> dict:
    """What a unit proposed for the bases of a draft, refused."""
    proposal = place.ward.documents["draft plan"].basis_proposals.get()
    return {"act_on": f"refuse:{proposal.pk}", "version": proposal.version}


def _block_words(place: Place) -> dict:
    """Other words for the first block of a draft."""
    block = place.ward.documents["draft plan"].blocks.earliest("order")
    prefix = f"b{block.key.hex}"
    version = {f"{prefix}-version": block.version, f"{prefix}-was": "khác"}
    return {**version, f"{prefix}-text": "Viết lại.", "act": "save"}


def _finding(place: Place) -> dict:
    """Why the first finding of a draft stands."""
    document = place.ward.documents["draft plan"]
    found = findings(document, build_with_links(document))
    return {"key": found[0].key, **REASON}


def _block_comment(place: Place) -> dict:
    """Something said about the first block of a draft."""
    block = place.ward.documents["draft plan"].blocks.earliest("order")
    return {"key": FORM_KEY, "text": "Ghi rõ nguồn.", "act": f"add:{block.key.hex}"}


def _proposal(place: Place) -> dict:
    """What a unit proposed for the first block of a draft, refused."""
    rows = BlockProposal.objects.filter(block__document=place.ward.documents["draft plan"])
    proposal = rows.get()
    return {"act": f"refuse:{proposal.pk}", "version": proposal.version}


def _document_duty(place: Place) -> dict:
    more = {"n0-unit": place.ward.unit.pk, "n0-tasks": "Chủ trì."}
    own = {f"d{place.ward.unit.pk}-gone": "on"}
    return _document_version("draft plan", **more, **own)(place)


PLANS: dict[str, Pattern] = {
    "reports:plan_result_list": Pattern(),
    "reports:plan_result_detail": Pattern(reach="ward", address=document("plan")),
    "reports:plan_result_file": Pattern(
        reach="ward",
        address=lambda place: {
            "pk": place.ward.documents["plan"].pk,
            "year": place.ward.documents["plan"].year_from,
            "ending": "xlsx",
        },
    ),
    "reports:plan_list": Pattern(),
    "reports:plan_new": Pattern(
        methods=FORM,
        payload=lambda place: {
            "key": FORM_KEY,
            "start": "yearly",
            "year_from": "2027",
            "year_to": "2027",
        },
        shows=False,
    ),
    "reports:plan_word": Pattern(methods=FORM, payload=lambda place: {"key": FORM_KEY}, posted=422),
    "reports:plan_word_review": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.word_upload.pk},
        payload=_passage,
    ),
    "reports:plan_word_discard": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.word_upload.pk},
        payload=lambda place: {"version": place.ward.word_upload.version},
    ),
    "reports:plan_detail": Pattern(
        reach="ward", address=document("plan"), draft=document("draft plan")
    ),
    "reports:plan_pdf": Pattern(
        reach="ward", address=document("plan"), draft=document("draft plan"), is_slow=True
    ),
    "reports:plan_docx": Pattern(
        reach="ward", address=document("plan"), draft=document("draft plan")
    ),
    "reports:document_text": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_block_words,
    ),
    "reports:document_heading": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_document_version("draft plan", subject="giảm nghèo năm 2027"),
    ),
    "reports:document_bases": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_document_version("draft plan", **{"n0-kind": "Luật", "n0-role": "basis"}),
    ),
    "reports:document_duties": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_document_duty,
    ),
    "reports:document_recipients": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_document_version("draft plan", recipients="Như trên"),
    ),
    "reports:document_submit": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_document_version("draft plan"),
    ),
    "reports:document_issue": Pattern(
        methods=FORM,
        reach="ward",
        address=document("submitted plan"),
        payload=_document_version(
            "submitted plan",
            number="7",
            issued_on="19/11/2026",
            signer_title="CHỦ TỊCH",
            signer_name="Y Ký",
        ),
    ),
    "reports:document_findings": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_finding,
    ),
    "reports:document_ask": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_document_version("draft plan", until="20/11/2099"),
    ),
    "reports:document_comments": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_block_comment,
    ),
    "reports:legal_list": Pattern(),
    "reports:legal_new": Pattern(
        methods=FORM, payload=lambda place: {"key": FORM_KEY, "kind": "Luật", "number": "1/QH"}
    ),
    "reports:legal_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.legal_document.pk},
        payload=lambda place: {
            "version": place.ward.legal_document.version,
            "kind": "Luật",
            "number": "2/QH",
        },
    ),
    "reports:document_library": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=lambda place: {"role": "basis", "acts": [place.ward.legal_document.pk]},
    ),
    "reports:document_proposals": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_proposal,
        doers=frozenset({Role.COORDINATOR}),
    ),
    "reports:document_basis_proposals": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=_basis_proposal,
        doers=frozenset({Role.COORDINATOR}),
    ),
    "reports:document_preview": Pattern(reach="ward", address=document("draft plan")),
    "reports:document_word": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=lambda place: {"key": FORM_KEY},
        posted=422,
    ),
    "reports:document_versions": Pattern(
        methods=FORM,
        reach="ward",
        address=document("draft plan"),
        payload=lambda place: {"key": FORM_KEY, "note": "Trước cuộc họp"},
    ),
    "reports:document_compare": Pattern(reach="ward", address=document("draft plan")),
    "reports:document_amend": Pattern(
        methods=FORM,
        reach="ward",
        address=document("plan"),
        payload=lambda place: {"key": FORM_KEY, "kind": "amends", **REASON},
    ),
    "reports:document_abolish": Pattern(
        methods=FORM,
        reach="ward",
        address=document("plan"),
        payload=_document_version(
            "plan", ended_text="Quyết định số 9", ended_on="17/05/2026", **REASON
        ),
    ),
    "reports:document_return": Pattern(
        methods=FORM,
        reach="ward",
        address=document("submitted plan"),
        payload=_document_version("submitted plan", **REASON),
    ),
}
