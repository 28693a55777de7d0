"""A progress report by its people: asked, written on phones, sent back, consolidated, signed."""

import pytest

from povertyplan.core import clock
from reports.models import Document, UnitReport
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.journeys.steps.signing_in import given_signed_in
from tests.journeys.windows import PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.drawn(one_of=3, family="long stories"),
]
MOST_CLICKS = 12
INDICATORS = 6
# Each press of a finger or a mouse; a click on a label is two events, and one press.
COUNTED = """addEventListener('pointerdown', event => {
  if (event.isTrusted) {
    sessionStorage.setItem('presses', +(sessionStorage.getItem('presses') || 0) + 1)
  }
}, true)"""


@pytest.fixture
def year(ward, reporter):
    """The year that runs, in which the unit owns six indicators with targets."""
    year = clock.today().year
    for number in range(INDICATORS):
        indicator = IndicatorFactory(
            ward=ward, owner=reporter.grants.get().unit, name=f"Chỉ tiêu mẫu {number + 1}"
        )
        TargetFactory(indicator=indicator, year=year, low=12)
    return year


def on_the_phone(window):
    window.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    window.page.add_init_script(COUNTED)
    return window


def presses_of(window):
    return int(window.page.evaluate("sessionStorage.getItem('presses') || 0"))


def type_into(window, name, text):
    window.page.locator(f"[name={name}]").click()
    window.page.keyboard.type(text)


def test_a_report_goes_from_its_request_to_its_signature(
    window_of, ward, village, year, coordinator, reporter, village_head, leader
):
    office = given_signed_in(window_of(coordinator.username))
    unit = on_the_phone(given_signed_in(window_of(reporter.username)))
    head = on_the_phone(given_signed_in(window_of(village_head.username)))
    chief = given_signed_in(window_of(leader.username))

    when_units_and_villages_are_asked(office, year)
    then_the_unit_writes_in_few_presses(unit)
    report = UnitReport.objects.get(unit__isnull=False)
    when_the_office_sends_back(office, report)
    then_the_unit_answers_at_that_part(unit, report)
    then_the_village_head_sends_from_the_list(head)
    when_all_is_received_and_consolidated(office)
    document = Document.objects.get()
    office.open(f"/documents/{document.pk}/submit/")
    office.press("Trình ký")
    then_the_leader_signs(chief, document)


def when_units_and_villages_are_asked(office, year):
    office.open(f"/reports/years/{year}/new/")
    office.look("ask for a report")
    office.page.select_option("[name=period]", "month-1")
    office.page.fill("[name=data_on]", f"31/01/{year}")
    office.page.fill("[name=due_on]", clock.today().strftime("%d/%m/%Y"))
    for box in office.page.locator("[name=units]").all():
        box.check()
    office.page.check("[name=all_villages]")
    office.press("Mở kỳ báo cáo")


def then_the_unit_writes_in_few_presses(unit):
    """From the page of the report: begin, six answers, three texts, check, send."""
    unit.open("/")
    follow(unit, "Soạn báo cáo")
    unit.page.evaluate("sessionStorage.clear()")
    unit.press("Lấy số liệu và bắt đầu soạn")
    unit.look("write the unit's report")
    on_the_phone_again(unit)
    for answer in unit.page.locator("label").filter(has_text="Đồng ý").all():
        answer.click()
    for name in ("results", "difficulties", "proposals"):
        type_into(unit, name, "Không có")
    unit.press("Lưu và kiểm tra để gửi")
    unit.press("Gửi báo cáo")
    answered = list(UnitReport.objects.get(unit__isnull=False).figures.values_list("answer"))
    assert answered == [("agreed",)] * INDICATORS
    assert presses_of(unit) <= MOST_CLICKS


def when_the_office_sends_back(office, report):
    office.open(f"/reports/units/{report.pk}/")
    office.press("Trả lại")
    office.page.fill("[name=results]", "Nêu số hộ tham gia.")
    office.press("Trả lại đơn vị")


def then_the_unit_answers_at_that_part(unit, report):
    unit.open("/")
    follow(unit, "Sửa và gửi lại")
    assert "Trả lại: Nêu số hộ tham gia." in unit.text
    unit.page.fill("[name=results]", "Đã họp thôn, 40 hộ tham gia.")
    unit.press("Lưu và kiểm tra để gửi")
    unit.press("Gửi báo cáo")
    report.refresh_from_db()
    assert (report.state, report.sendings.count()) == ("sent", 2)


def then_the_village_head_sends_from_the_list(head):
    head.open("/")
    follow(head, "Viết báo cáo")
    head.look("write the village's part")
    on_the_phone_again(head)
    head.page.evaluate("sessionStorage.clear()")
    type_into(head, "results", "Thôn đã họp 2 lần.")
    type_into(head, "difficulties", "Đường lầy.")
    type_into(head, "proposals", "Không có")
    head.press("Gửi báo cáo")
    assert presses_of(head) == 4
    assert "Đã gửi" in head.text
    head.look("the village's part is sent")


def when_all_is_received_and_consolidated(office):
    for report in UnitReport.objects.by_author():
        office.open(f"/reports/units/{report.pk}/")
        if report.unit_id:
            assert "Khác so với lần gửi trước" in office.text
        office.press("Tiếp nhận")
    office.open(f"/reports/periods/{report.request_id}/consolidate/")
    office.press("Lập dự thảo báo cáo")
    office.look("consolidate")
    office.press("Đưa cả phần: Kết quả")
    office.press("Đưa cả phần: Khó khăn, vướng mắc")
    assert "Đã đưa vào" in office.text


def then_the_leader_signs(chief, document):
    chief.open(f"/documents/{document.pk}/issue/")
    chief.page.fill("[name=number]", "31")
    chief.page.fill("[name=issued_on]", clock.today().strftime("%d/%m/%Y"))
    chief.page.fill("[name=signer_name]", "Trần Thị Ủy")
    chief.press("Ký ban hành")
    document.refresh_from_db()
    assert (document.is_issued, document.number) == (True, 31)
    assert "Thôn đã họp 2 lần." in chief.text
    assert "Đã họp thôn, 40 hộ tham gia." in chief.text
    pdf = chief.page.request.get(f"{chief.server}/reports/{document.pk}/pdf/")
    assert pdf.body()[:4] == b"%PDF"


def on_the_phone_again(window):
    """A look leaves the window wide."""
    window.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})


def follow(window, action):
    """Open the task with this button."""
    with window.page.expect_event("load"):
        window.page.locator("a.button").filter(has_text=action).first.click()
