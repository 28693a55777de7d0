"""The chains over the history: one for each ward, and one over them, show what was touched."""

import pytest
from django.core.management import CommandError, call_command

from households.register.services.villages import rename_village
from povertyplan.core.choices import Role
from povertyplan.core.journal import audit, chains, triggers, verification
from povertyplan.core.models import (
    Area,
    ChainHead,
    ChainLink,
    HeadRecord,
    RowChange,
    UnsealedChange,
)
from tests.factories.core import UserFactory, VillageFactory, WardFactory, user_with
from tests.factories.households import ReviewFactory, StatusFactory


@audit.business_act()
def rename_ward(*, ward, name, by):
    Area.objects.filter(pk=ward.pk).update(name=name)
    return audit.record(ward, f"Đổi tên thành {name}.", ward=ward, act=rename_village)


@audit.business_act()
def add_many_villages(*, ward, count, by):
    Area.objects.bulk_create(
        Area(kind="village", parent=ward, name=f"Thôn {n}", setting="rural") for n in range(count)
    )


@pytest.fixture
def one(db):
    """A ward with some sealed changes, and triggers out of the way of somebody with DDL rights."""
    officer, ward = UserFactory(), WardFactory(name="Phường Một")
    for number in range(5):
        rename_ward(ward=ward, name=f"Phường {number}", by=officer)
    rename_ward(ward=WardFactory(name="Phường Hai"), name="Phường Ba", by=officer)
    chains.seal_waiting()
    assert verification.verify().faults == ()
    triggers.drop()
    return ward


@pytest.fixture
def links(one):
    return list(ChainLink.objects.filter(chain=one.pk).order_by("position"))


def faults():
    return verification.verify().faults


def test_each_ward_has_a_chain_of_its_own(db):
    officer, first, second = UserFactory(), WardFactory(), WardFactory()
    chains.seal_waiting()
    before = {head.chain: head.length for head in ChainHead.objects.all()}

    rename_ward(ward=first, name="Phường Một", by=officer)

    after = {head.chain: head.length for head in ChainHead.objects.all()}
    # The ward's row, and the line of the journal.
    assert after == before | {first.pk: before[first.pk] + 2}
    assert ChainLink.objects.filter(chain=second.pk).count() == before[second.pk]
    assert faults() == ()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(WardFactory, id="a ward itself"),
        pytest.param(lambda: VillageFactory().parent, id="a village"),
        pytest.param(lambda: user_with(Role.LEADER, WardFactory()).grants.get().area, id="a role"),
        pytest.param(lambda: StatusFactory().ward, id="a row that names its ward"),
        pytest.param(lambda: _review_with_a_cause().ward, id="a row below such a row"),
    ],
)
def test_a_change_goes_into_the_chain_of_its_ward(db, make):
    ward = make()

    last = UnsealedChange.objects.latest("pk")
    assert last.chain == ward.pk
    assert RowChange.objects.filter(pk=last.pk).exists()


def _review_with_a_cause():
    review = ReviewFactory()
    review.causes.create(number=1, name="Nguyên nhân")
    return review


def test_a_user_lies_in_no_ward(db):
    UserFactory()

    assert UnsealedChange.objects.latest("pk").chain == chains.INSTALLATION


def test_a_waiting_change_is_no_fault(db):
    WardFactory()

    assert UnsealedChange.objects.exists()
    assert faults() == ()


@pytest.mark.django_db(transaction=True)
def test_a_long_act_is_sealed_in_parts_once_it_is_done(monkeypatch):
    monkeypatch.setattr(chains, "PART", 4)
    ward, officer = WardFactory(), UserFactory()
    sizes = []
    seal_part = chains._seal_part
    monkeypatch.setattr(
        chains, "_seal_part", lambda chain: sizes.append(seal_part(chain)) or sizes[-1]
    )

    add_many_villages(ward=ward, count=10, by=officer)

    assert max(sizes) == 4
    assert not UnsealedChange.objects.exists()
    assert faults() == ()


def test_what_a_dead_process_left_is_sealed_by_the_acts_that_follow(db, monkeypatch):
    monkeypatch.setattr(chains, "PART", 4)
    ward, officer = WardFactory(), UserFactory()
    add_many_villages(ward=ward, count=10, by=officer)  # its commit never comes
    assert UnsealedChange.objects.filter(chain=ward.pk).count() > 10

    rename_ward(ward=ward, name="Phường Mới", by=officer)

    assert not UnsealedChange.objects.filter(chain=ward.pk).exists()
    assert faults() == ()


def test_an_edited_change_is_found(one, links):
    RowChange.objects.filter(pk=links[2].change_id).update(actor="khac")

    assert faults() == (f"Phường 4: mắt xích 3: thay đổi {links[2].change_id} đã bị sửa.",)


def test_a_removed_change_is_found(links):
    RowChange.objects.filter(pk=links[2].change_id).delete()

    assert len(faults()) == 1


def test_a_removed_link_is_found(links):
    links[2].delete()

    assert faults()


def test_two_swapped_changes_are_found(links):
    first, second = links[1], links[2]
    second.delete()
    ChainLink.objects.filter(pk=first.pk).update(change_id=second.change_id)
    ChainLink.objects.create(
        chain=first.chain,
        position=second.position,
        change_id=first.change_id,
        digest=second.digest,
    )

    assert len(faults()) == 2


def test_a_cut_tail_is_found(links):
    RowChange.objects.filter(pk=links[-1].change_id).delete()
    links[-1].delete()

    assert faults() == (
        f"Phường 4: chuỗi dài {len(links) - 1} mắt xích, nhưng đã từng dài {len(links)}: "
        "phần cuối bị cắt.",
    )


def test_a_cut_tail_with_its_head_is_found_back_to_the_last_check(one, links):
    verification.record_unrecorded(verification.verify())
    RowChange.objects.filter(pk=links[-1].change_id).delete()
    links[-1].delete()
    ChainHead.objects.filter(chain=one.pk).update(
        length=links[-2].position, digest=links[-2].digest
    )

    assert len(faults()) == 1


def test_a_ward_taken_out_whole_is_found(one, links):
    RowChange.objects.filter(pk__in=[each.change_id for each in links]).delete()
    ChainLink.objects.filter(chain=one.pk).delete()
    ChainHead.objects.filter(chain=one.pk).delete()

    assert faults() == ("Phường 4: mất cả chuỗi.",)


def test_a_ward_taken_out_of_the_chain_over_the_heads_is_found(one):
    HeadRecord.objects.filter(chain=one.pk).delete()

    assert "Phường 4: chuỗi không có trong chuỗi của các chuỗi." in faults()


def test_a_forged_record_of_the_heads_is_found(one):
    HeadRecord.objects.filter(chain=one.pk).update(head="0" * 64)

    assert len(faults()) == 1


@pytest.mark.parametrize("cut", [0, 1])
def test_a_lost_head_of_the_chain_over_the_heads_is_found(one, cut):
    verification.record_unrecorded(verification.verify())
    ChainHead.objects.filter(chain=chains.HEADS).delete()
    length = HeadRecord.objects.count()
    HeadRecord.objects.filter(position__gt=length - cut).delete()

    assert faults() == ("Chuỗi của các chuỗi: mất dòng cuối chuỗi.",)


def test_a_head_of_the_chain_over_the_heads_that_was_set_back_is_found(one):
    verification.record_unrecorded(verification.verify())
    *_, before, last = HeadRecord.objects.order_by("position")
    ChainHead.objects.filter(chain=chains.HEADS).update(
        length=before.position, digest=before.digest
    )

    assert faults() == (
        f"Chuỗi của các chuỗi: có mắt xích sau dòng cuối chuỗi, từ {last.position}.",
    )


def test_a_link_added_behind_the_head_is_found(one, links):
    change = RowChange.objects.get(pk=links[2].change_id)
    change.pk = None
    change.save(force_insert=True)
    ChainLink.objects.create(
        chain=one.pk, position=len(links) + 1, change_id=change.pk, digest="0" * 64
    )

    assert len(faults()) == 1


def test_a_change_slipped_in_is_found(links):
    copy = RowChange.objects.get(pk=links[2].change_id)
    copy.pk = None
    copy.save(force_insert=True)

    assert faults() == ("Có 1 thay đổi nằm ngoài chuỗi.",)


def test_a_change_removed_while_it_waits_is_found(one):
    triggers.install()
    UserFactory()
    triggers.drop()
    RowChange.objects.latest("pk").delete()

    assert faults() == ("Có 1 thay đổi đang chờ vào chuỗi đã bị xóa.",)
    assert chains.seal_waiting() == 0


def test_the_check_names_each_chain_and_one_last_link_for_all(links, capsys):
    call_command("verify_audit")
    first = capsys.readouterr().out

    assert f"Phường 4: {len(links)} thay đổi, {links[-1].digest[:12]}" in first
    assert f"Mắt xích cuối: {HeadRecord.objects.latest('position').digest}" in first

    call_command("verify_audit")
    assert capsys.readouterr().out == first


def test_one_ward_is_checked_alone(one, links, capsys):
    other = ChainLink.objects.exclude(chain__in=[one.pk, chains.INSTALLATION]).first()
    RowChange.objects.filter(pk=links[2].change_id).update(actor="khac")

    call_command("verify_audit", "--ward", str(other.chain))

    assert "Phường 4" not in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 chỗ"):
        call_command("verify_audit", "--ward", str(one.pk))
