"""Kinds of needs, supports and rules of publication that name what nobody knows are refused."""

import pytest

from households.models import NeedKind
from households.needs.services.kinds import load_need_kinds
from povertyplan.core.platform.structured_file.places import FileError
from projects.models import PublicationRule, SupportKind
from projects.publicity.services.reference import load_publication_rules
from projects.support.services.reference import load_support_kinds
from tests.factories.households import NeedKindFactory
from tests.factories.projects import ComponentProjectFactory

NEED = """
kinds:
  - code: nha-o
    name: Nhà ở
    indicators: [97]
    causes: [98]
  - code: nha-khac
    name: Nhà ở
"""
SUPPORT = """
kinds:
  - code: nha-o
    name: Nhà ở
    legal_reference: Văn bản
    confidence: low
    recipient: household
    recurrence: once
    projects: {{programme: {programme}, codes: ["{code}", "99"]}}
    needs: [vay-von, nha-moi]
"""
RULE = """
rules:
  - code: nha-o-truoc
    name: Danh sách
    trigger: before_gift
    place: office
    due_days: 0
    support_kinds: [nha-tam]
    legal_reference: Văn bản
    confidence: low
"""


def _problems(load, tmp_path, text):
    path = tmp_path / "tep.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as refused:
        load(path=path, by=None, source="command")
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.django_db
def test_unknown_numbers_and_codes_of_reference_files_are_named_with_their_place(tmp_path):
    NeedKindFactory(code="vay-von")
    project = ComponentProjectFactory(code="3")
    support = SUPPORT.format(programme=project.programme.code, code=project.code)

    assert _problems(load_need_kinds, tmp_path, NEED) == [
        "dòng 5, kinds[0].indicators[0]: không có chỉ số thiếu hụt số 97 trong chuẩn nghèo nào.",
        "dòng 6, kinds[0].causes[0]: không có nguyên nhân nghèo số 98.",
        "dòng 8, kinds[1].name: một loại khác trong tệp đã có tên này.",
    ]
    assert _problems(load_support_kinds, tmp_path, support) == [
        "dòng 9, kinds[0].projects.codes[1]: chương trình không có dự án, tiểu dự án “99”.",
        "dòng 10, kinds[0].needs[1]: không có loại nhu cầu “nha-moi”.",
    ]
    strange = SUPPORT.format(programme="KHONG-CO", code="1").replace("[vay-von, nha-moi]", "[]")
    assert _problems(load_support_kinds, tmp_path, strange) == [
        "dòng 9, kinds[0].projects.programme: không có chương trình “KHONG-CO”."
    ]
    assert _problems(load_publication_rules, tmp_path, RULE) == [
        "dòng 8, rules[0].support_kinds[0]: không có loại hỗ trợ “nha-tam”."
    ]
    assert not SupportKind.objects.exists()
    assert not PublicationRule.objects.exists()
    assert NeedKind.objects.count() == 1
