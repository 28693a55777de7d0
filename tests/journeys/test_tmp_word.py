from django.urls import reverse
from tests.reports.plans.word.word_files import sample_plan, typed
from reports.plans.word.services import read_upload

def test_look(ward, coordinator, open_page, settings):
    settings.DEMO = False
    settings.SECOND_FACTOR_REQUIRED = False
    from tests.reports.plans.word.word_files import Expected
    plan = [Expected(1,"x","",t) for t in ("",)]
    up = read_upload(ward=ward, content=typed(sample_plan()), name="Kế hoạch giảm nghèo 2026.docx", by=coordinator)
    up.notes = ["2 hình ảnh không đọc được."]; up.save()
    p = up.passages.get(text="Mục đích"); p.remark="Số thứ tự lặp lại."; p.save()
    a = reverse("reports:plan_word_review", args=[up.pk])
    open_page(a, coordinator).screenshot(path="/tmp/wt/w1.png", full_page=True)
    open_page(a, coordinator, width=360, height=740, scheme="dark").screenshot(path="/tmp/wt/w2.png", full_page=True)
    open_page(reverse("reports:plan_word"), coordinator).screenshot(path="/tmp/wt/w3.png")
    open_page(reverse("reports:plan_word"), coordinator, width=360, height=740).screenshot(path="/tmp/wt/w4.png")
    open_page(reverse("reports:plan_new"), coordinator).screenshot(path="/tmp/wt/w5.png")
