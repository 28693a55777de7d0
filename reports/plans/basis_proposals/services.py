"""Bases of a draft proposed by who does not write them; accepted, refused or taken back."""

from dataclasses import asdict

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import submissions, versions
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import ProposalAct, ProposalOutcome
from reports.models import BasisProposal, Document, DocumentBasis
from reports.plans.builder import basis_text
from reports.plans.frame.services.bases import (
    BasisInput,
    basis_faults,
    basis_inputs,
    set_bases,
)
from reports.plans.naming import name_document
from reports.plans.proposing.services.proposing import LONGEST_REASON, REASON_TOO_LONG
from reports.plans.proposing.stale import unit_of
from reports.plans.sections import editor_of
from reports.plans.services import lock_document, refuse_step
from reports.plans.workflow import WorkflowStep
from reports.plans.writing.services.draft import lock_draft

WRITES_THEM = "Bạn ghi căn cứ của dự thảo này: sửa thẳng ở phần Căn cứ."
NOT_THERE = "Căn cứ này không còn trong dự thảo."
KIND_MISSING = "Nhập loại văn bản của căn cứ, ví dụ: Quyết định."
SAME_BASIS = "Đề nghị giống căn cứ hiện có."
THERE_ALREADY = "Dự thảo đã có căn cứ này."
IS_SETTLED = "Đề nghị này đã được xử lý."
NOT_YOURS = "Cán bộ giảm nghèo xử lý đề nghị về căn cứ."
NOT_YOUR_PROPOSAL = "Chỉ người đề nghị rút được đề nghị của mình."


@audit.business_act(label="Đề nghị về căn cứ của dự thảo")
def propose_basis(
    *,
    document: Document,
    act: str,
    basis: DocumentBasis | None,
    details: BasisInput,
    reason: str = "",
    key: str | None = None,
    by: User,
) -> BasisProposal:
    """Propose a basis more, other words for one, or to leave one out. `key` makes it once."""
    why = normalise_text(reason)

    def create() -> BasisProposal:
        current = lock_document(document)
        refuse_step(WorkflowStep.COMMENT, current)
        if editor_of(by, current.ward).writes_all:
            raise ValidationError(WRITES_THEM)
        proposal = _create(current, act, basis, details, why, by)
        summary = f"{by} đề nghị {proposal.get_act_display().lower()} căn cứ “{proposal}”"
        audit.record(current, f"{summary} của {name_document(current)}", ward=current.ward)
        return proposal

    content = {"document": document.pk, "act": act, "basis": basis.pk if basis else 0}
    return submissions.once(
        key=key,
        act="propose_basis",
        content={**content, "reason": why, **{k: str(v) for k, v in asdict(details).items()}},
        model=BasisProposal,
        create=create,
        by=by,
    )


def _create(
    document: Document,
    act: str,
    basis: DocumentBasis | None,
    details: BasisInput,
    why: str,
    by: User,
) -> BasisProposal:
    standing = _standing(document, basis) if act != ProposalAct.ADD else None
    faults = _faults(document, act, standing, details)
    if len(why) > LONGEST_REASON:
        faults["reason"] = REASON_TOO_LONG
    if faults:
        raise ValidationError(faults)
    said = {} if act == ProposalAct.REMOVE else asdict(details)
    said.pop("pk", None)
    return BasisProposal.objects.create(
        document=document,
        act=act,
        basis=standing,
        was=basis_words(standing) if standing else "",
        reason=why,
        author=by,
        unit=unit_of(by, document),
        proposed_at=clock.now(),
        **said,
    )


@audit.business_act(label="Chấp nhận đề nghị về căn cứ")
def accept_basis_proposal(
    *, proposal: BasisProposal, version: int, document_version: int | None, by: User
) -> BasisProposal:
    """Write what was proposed into the bases of the draft in the version that was looked at."""
    document = lock_draft(proposal.document)
    current = _waiting(proposal, version)
    _refuse_other(document, by)
    versions.check(document, document_version)
    bases = _with_proposal(document, current)
    set_bases(document=document, bases=bases, version=document.version, by=by)
    # The basis that was left out is gone by now: what it said stays in the proposal.
    current.refresh_from_db()
    return _settle(document, current, ProposalOutcome.ACCEPTED, by, "chấp nhận")


@audit.business_act(label="Không chấp nhận đề nghị về căn cứ")
def refuse_basis_proposal(*, proposal: BasisProposal, version: int, by: User) -> BasisProposal:
    document = lock_document(proposal.document)
    refuse_step(WorkflowStep.COMMENT, document)
    current = _waiting(proposal, version)
    _refuse_other(document, by)
    return _settle(document, current, ProposalOutcome.REFUSED, by, "không chấp nhận")


@audit.business_act(label="Rút đề nghị về căn cứ")
def withdraw_basis_proposal(*, proposal: BasisProposal, version: int, by: User) -> BasisProposal:
    document = lock_document(proposal.document)
    refuse_step(WorkflowStep.COMMENT, document)
    current = _waiting(proposal, version)
    if current.author_id != by.pk:
        raise ValidationError(NOT_YOUR_PROPOSAL)
    return _settle(document, current, ProposalOutcome.WITHDRAWN, by, "rút")


def basis_words(basis: DocumentBasis) -> str:
    """A basis as it is printed, without its closing mark."""
    return f"{basis.get_role_display()} {basis_text(basis)}"[:700]


def _standing(document: Document, basis: DocumentBasis | None) -> DocumentBasis:
    found = document.bases.filter(pk=basis.pk).first() if basis else None
    if found is None:
        raise ValidationError(NOT_THERE, code="gone")
    return found


def _faults(
    document: Document, act: str, standing: DocumentBasis | None, details: BasisInput
) -> dict[str, str]:
    """What cannot be proposed, by field."""
    if act == ProposalAct.REMOVE:
        return {}
    if not details.kind:
        return {"kind": KIND_MISSING}
    others = [each for each in basis_inputs(document) if not standing or each.pk != standing.pk]
    own = [each for each in basis_inputs(document) if standing and each.pk == standing.pk]
    if own and asdict(own[0]) == {**asdict(details), "pk": own[0].pk}:
        return {"kind": SAME_BASIS}
    return {"number": THERE_ALREADY} if basis_faults([*others, details]) else {}


def _with_proposal(document: Document, proposal: BasisProposal) -> list[BasisInput]:
    """The bases with the proposal in its place; a new one comes last."""
    bases = basis_inputs(document)
    names = ("role", "kind", "number", "dated_on", "issuer", "title")
    said = {name: getattr(proposal, name) for name in names}
    if proposal.act == ProposalAct.ADD:
        return [*bases, BasisInput(**said)]
    if proposal.basis_id not in {each.pk for each in bases}:
        raise ValidationError(NOT_THERE, code="gone")
    if proposal.act == ProposalAct.REMOVE:
        return [each for each in bases if each.pk != proposal.basis_id]
    changed = BasisInput(proposal.basis_id, **said)
    return [changed if each.pk == proposal.basis_id else each for each in bases]


def _waiting(proposal: BasisProposal, version: int) -> BasisProposal:
    current = BasisProposal.objects.select_related("document__ward").get(pk=proposal.pk)
    if current.outcome:
        raise ValidationError(IS_SETTLED, code="settled")
    versions.check(current, version)
    return current


def _refuse_other(document: Document, by: User) -> None:
    if not editor_of(by, document.ward).writes_all:
        raise ValidationError(NOT_YOURS)


def _settle(
    document: Document, proposal: BasisProposal, outcome: ProposalOutcome, by: User, did: str
) -> BasisProposal:
    settled = {"outcome": outcome, "settled_by": by, "settled_at": clock.now()}
    versions.update(proposal, version=proposal.version, **settled)
    summary = f"{by} {did} đề nghị về căn cứ “{proposal}” của {name_document(document)}"
    audit.record(document, summary, ward=document.ward)
    return proposal
