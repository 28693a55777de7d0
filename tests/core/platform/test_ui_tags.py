from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

TODAY = date(2026, 11, 20)


class VillageForm(forms.Form):
    name = forms.CharField(label="Tên thôn", help_text="như trong quyết định")
    setting = forms.ChoiceField(
        label="Khu vực",
        choices=[("rural", "nông thôn"), ("urban", "thành thị")],
        widget=forms.RadioSelect,
    )
    remote = forms.BooleanField(label="Thôn đặc biệt khó khăn", required=False)

    def clean(self):
        if self.cleaned_data.get("name") == "Thôn 0":
            raise forms.ValidationError("Thôn này đã giải thể.")


def draw(source, **context):
    return Template("{% load ui %}" + source).render(Context({"today": TODAY, **context}))


def bound(**data):
    return VillageForm(MultiValueDict({name: [value] for name, value in data.items()}))


def test_field_ties_label_hint_and_error_to_the_input():
    html = draw("{% field form.name 'name' %}", form=bound(setting="rural"))

    assert '<label class="field__label" for="id_name">Tên thôn</label>' in html
    assert '<p class="hint" id="id_name_helptext">như trong quyết định</p>' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "field--name" in html


def test_field_without_error_shows_none():
    html = draw("{% field form.name %}", form=bound(name="Thôn 1", setting="rural"))

    assert "field--error" not in html
    assert "aria-invalid" not in html


def test_field_optional_says_so():
    html = draw("{% field form.name optional=True %}", form=VillageForm())

    assert "(không bắt buộc)" in html


def test_field_of_radio_buttons_is_a_fieldset():
    html = draw("{% field form.setting %}", form=VillageForm())

    assert '<legend class="field__label">Khu vực</legend>' in html
    assert html.count('type="radio"') == 2


def test_field_of_checkbox_puts_the_label_around_the_box():
    html = draw("{% field form.remote %}", form=VillageForm())

    assert html.count("<label") == 1
    assert "<legend" not in html
    assert "Thôn đặc biệt khó khăn" in html


def test_check_row_shows_number_and_last_answer():
    html = draw("{% check_row form.remote number=7 note='2025: thiếu hụt' %}", form=VillageForm())

    assert '<span class="check-row__number">7</span>' in html
    assert '<span class="check-row__note">2025: thiếu hụt</span>' in html
    assert 'for="id_remote"' in html


def test_choice_pair_has_one_label_per_answer():
    html = draw("{% choice_pair form.setting %}", form=VillageForm())

    assert 'for="id_setting_0"' in html
    assert 'for="id_setting_1"' in html


def test_error_summary_counts_and_links_each_error():
    html = draw("{% error_summary form %}", form=bound())

    assert "Có 2 lỗi cần sửa" in html
    assert 'href="#id_name">Tên thôn: ' in html
    assert 'href="#id_setting_0"' in html


def test_error_summary_shows_errors_of_the_whole_form_without_link():
    html = draw("{% error_summary form %}", form=bound(name="Thôn 0", setting="rural"))

    assert "Có 1 lỗi cần sửa" in html
    assert "<li>Thôn này đã giải thể.</li>" in html


def test_error_summary_reads_formsets():
    formset = forms.formset_factory(VillageForm, extra=0)(
        {
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1",
            "form-0-name": "Thôn 1",
            "form-0-setting": "",
        }
    )

    html = draw("{% error_summary formset %}", formset=formset)

    assert "Có 1 lỗi cần sửa" in html
    assert 'href="#id_form-0-setting_0"' in html


@pytest.mark.parametrize("form", [VillageForm(), bound(name="Thôn 1", setting="rural")])
def test_error_summary_without_errors_is_empty(form):
    assert draw("{% error_summary form %}", form=form).strip() == ""


def test_tag_escapes_its_label():
    html = draw("{% tag label tone %}", label="<Hộ nghèo>", tone="poor")

    assert html == '<span class="tag tag--poor">&lt;Hộ nghèo&gt;</span>'


@pytest.mark.parametrize(
    ("due", "tone", "words"),
    [
        pytest.param(date(2026, 10, 10), "overdue", "quá hạn 41 ngày", id="long past"),
        pytest.param(date(2026, 11, 19), "overdue", "quá hạn 1 ngày", id="yesterday"),
        pytest.param(date(2026, 11, 20), "soon", "hạn hôm nay", id="today"),
        pytest.param(date(2026, 11, 27), "soon", "còn 7 ngày", id="in a week"),
        pytest.param(date(2026, 11, 28), "later", "còn 8 ngày", id="after a week"),
    ],
)
def test_days_left_says_it_in_words(due, tone, words):
    html = draw("{% days_left due %}", due=due)

    assert html == f'<span class="days-left days-left--{tone}">{words}</span>'


def test_days_left_without_date_is_empty():
    assert draw("{% days_left due %}", due=None) == ""


@pytest.mark.parametrize(
    ("done", "total", "is_done"), [(59, 60, False), (60, 60, True), (0, 0, False)]
)
def test_progress_tells_count_and_completion(done, total, is_done):
    html = draw("{% progress done total %}", done=done, total=total)

    assert f"<span>{done}/{total}</span>" in html
    assert ("progress--done" in html) is is_done


def test_task_shows_reason_deadline_progress_and_button():
    task = {
        "title": "Nhập kết quả rà soát",
        "reason": "còn 18 hộ",
        "url": "/reviews/",
        "action": "Nhập tiếp",
        "due_on": date(2026, 11, 25),
        "done": 42,
        "total": 60,
    }

    html = draw("{% include 'components/task.html' %}", task=task)

    assert "task--soon" in html
    assert all(words in html for words in ["còn 18 hộ", "còn 5 ngày", "42/60", "Nhập tiếp"])


@pytest.mark.parametrize(
    ("address", "state", "link"),
    [
        ("/?village=3&page=2", "ascending", "?village=3&amp;sort=-name"),
        ("/?sort=-name", "descending", "?sort=name"),
        ("/?sort=size", "none", "?sort=name"),
    ],
)
def test_sort_head_turns_the_order_and_keeps_the_filters(rf, address, state, link):
    html = draw("{% sort_head 'Chủ hộ' 'name' default=True %}", request=rf.get(address))

    assert f'aria-sort="{state}"' in html
    assert f'href="{link}"' in html


def test_pagination_keeps_the_filters_and_marks_the_page(rf):
    page = Paginator(range(1234), 100).get_page(2)

    html = draw("{% pagination page 'hộ' %}", page=page, request=rf.get("/?village=3&page=2"))

    assert "1.234 hộ · trang 2/13" in html
    assert 'href="?village=3&amp;page=3" rel="next"' in html
    assert html.count('aria-current="page"') == 1


def test_pagination_of_one_page_shows_only_the_count(rf):
    page = Paginator(range(3), 100).get_page(1)

    html = draw("{% pagination page %}", page=page, request=rf.get("/"))

    assert "3 dòng" in html
    assert "<nav" not in html
