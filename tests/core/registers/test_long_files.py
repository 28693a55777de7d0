"""A long file is looked at and written by the worker; its pages may be closed meanwhile."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from povertyplan.core.choices import JobState, Role
from povertyplan.core.models import Job, JobFile
from povertyplan.core.platform import jobs
from povertyplan.core.registers import jobs as long_work
from projects.models import DonationEntry
from tests.factories.core import GrantFactory, WardFactory, user_with
from tests.pages import NOT_FOUND, heading_of, nothing_written, text_of
from tests.projects.registers import workbook

IMPORT = reverse("projects:donation_register_import")
SAVE = reverse("projects:donation_register_import_save")
ROW = {
    "Ngày": "02/03/2026",
    "Thu, chi": "Thu",
    "Quỹ, nguồn": "Quỹ “Vì người nghèo”",
    "Người ủng hộ, nơi nhận": "Công ty A",
    "Mục đích, nội dung": "Ủng hộ",
    "Số tiền (đồng)": "5.000.000",
}


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch):
    monkeypatch.setattr(long_work, "AT_ONCE", 2)


def rows(count, **more):
    return [ROW | {"Số chứng từ": f"PT {number}"} | more for number in range(count)]


def send(client, content):
    return client.post(IMPORT, {"file": SimpleUploadedFile("so.xlsx", content)})


def run():
    """What the worker does with the one job that waits."""
    job = Job.objects.get(state=JobState.WAITING)
    jobs.run(job)
    job = Job.objects.get(pk=job.pk)
    assert job.state == JobState.DONE, job.error
    return job


def test_a_long_file_is_looked_at_and_written_by_the_worker(coordinator, client_of):
    client = client_of(coordinator)

    waiting = send(client, workbook(*rows(3)))
    with nothing_written():
        looked = run()
    page = client.get(looked.next_path)
    saving = client.post(SAVE, {"job": looked.pk})
    assert not DonationEntry.objects.exists()
    written = run()
    done = client.get(written.next_path, follow=True)

    assert waiting.url == reverse("core:job_detail", args=[looked.pk])
    assert "Thêm 3 khoản" in text_of(page)
    assert saving.url == reverse("core:job_detail", args=[written.pk])
    assert DonationEntry.objects.count() == 3
    assert "Đã ghi tệp: thêm 3 khoản." in text_of(done)


def test_a_short_file_is_looked_at_at_once(coordinator, client_of):
    answer = send(client_of(coordinator), workbook(*rows(2)))

    assert "Thêm 2 khoản" in text_of(answer)
    assert not Job.objects.exists()


def test_the_same_long_file_twice_changes_nothing(coordinator, client_of):
    client, content = client_of(coordinator), workbook(*rows(3))
    for _ in range(2):
        send(client, content)
        looked = run()
        page = client.get(looked.next_path)

        if "Không có gì thay đổi" not in text_of(page):
            client.post(SAVE, {"job": looked.pk})
            run()

    assert DonationEntry.objects.count() == 3
    assert "Không có gì thay đổi" in text_of(page)


def test_work_that_died_after_writing_and_runs_again_writes_nothing_twice(coordinator, client_of):
    client = client_of(coordinator)
    send(client, workbook(*rows(3)))
    looked = run()
    client.post(SAVE, {"job": looked.pk})
    job = Job.objects.get(state=JobState.WAITING)
    kept = bytes(JobFile.objects.get(job=job).content)
    jobs.run(job)

    JobFile.objects.filter(job=job).update(content=kept)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    run()

    assert DonationEntry.objects.count() == 3


def test_every_wrong_line_of_a_long_file_is_named_after_the_work(coordinator, client_of):
    client = client_of(coordinator)
    send(client, workbook(*rows(20, **{"Số tiền (đồng)": "1,5"})))

    with nothing_written():
        looked = run()
    page = text_of(client.get(looked.next_path))

    assert all(f"Dòng {line}, cột “Số tiền (đồng)”" in page for line in range(2, 22))
    assert "Ghi 20 khoản" not in page


def test_what_changed_since_the_preview_is_shown_again(coordinator, client_of):
    client = client_of(coordinator)
    send(client, workbook(*rows(3)))
    looked = run()
    client.post(SAVE, {"job": looked.pk})
    job = Job.objects.get(state=JobState.WAITING)
    DonationEntry.objects.create(
        ward=job.ward, fund="for_the_poor", way="in", amount=5_000_000, dated="2026-03-02",
        party="Công ty A", purpose="Ủng hộ", document_number="PT 0",
    )  # fmt: skip

    with nothing_written():
        jobs.run(job)
    page = text_of(client.get(job.next_path))

    assert "Số liệu trong hệ thống vừa thay đổi" in page
    assert "Thêm 2 khoản" in page


def test_a_preview_is_its_owners_and_of_its_register(coordinator, client_of):
    send(client_of(coordinator), workbook(*rows(3)))
    looked = run()
    colleague = user_with(Role.COORDINATOR, looked.ward)
    stranger = user_with(Role.COORDINATOR, WardFactory())
    other = reverse("projects:activity_list_import")

    answers = [
        client_of(colleague).get(looked.next_path),
        client_of(stranger).post(SAVE, {"job": looked.pk}),
        client_of(coordinator).get(other, {"job": looked.pk}),
        client_of(coordinator).get(reverse("core:job_file", args=[looked.pk])),
    ]

    assert {heading_of(answer) for answer in answers} == {NOT_FOUND}
    assert not DonationEntry.objects.exists()


def test_what_was_looked_at_for_one_ward_is_not_written_in_another(coordinator, client_of):
    client = client_of(coordinator)
    send(client, workbook(*rows(3)))
    looked = run()
    other = WardFactory()
    GrantFactory(user=coordinator, area=other)

    answers = [
        client.get(IMPORT, {"ward": other.pk, "job": looked.pk}),
        client.post(f"{SAVE}?ward={other.pk}", {"job": looked.pk}),
    ]

    assert [heading_of(answer) for answer in answers] == [NOT_FOUND] * 2
    assert not Job.objects.filter(ward=other).exists()
    assert client.post(f"{SAVE}?ward={looked.ward_id}", {"job": looked.pk}).status_code == 302


def test_a_preview_that_is_gone_says_so(coordinator, client_of):
    client = client_of(coordinator)
    send(client, workbook(*rows(3)))
    looked = run()
    JobFile.objects.all().delete()

    page = client.get(looked.next_path)
    again = client.post(SAVE, {"job": looked.pk}, follow=True)

    assert "chỉ được giữ một ngày" in text_of(page)
    assert "chỉ được giữ một ngày" in text_of(again)


def test_who_lost_the_right_meanwhile_gets_nothing(coordinator, client_of):
    send(client_of(coordinator), workbook(*rows(3)))
    coordinator.grants.update(valid_from="2026-01-01", valid_to="2026-01-02")

    job = Job.objects.get()
    jobs.run(job)

    assert (job.state, job.error) == (JobState.FAILED, jobs.NO_RIGHT)


def test_progress_counts_the_lines(coordinator, client_of):
    send(client_of(coordinator), workbook(*rows(3)))
    job = Job.objects.select_related("ward").get()
    told = []

    long_work._look_at(
        long_work.registers.find("donation_register"),
        job.ward,
        long_work.result_of(job).table,
        coordinator,
        lambda *step: told.append(step),
    )

    assert told == [("Xem từng dòng", done, 3) for done in (1, 2, 3)]
