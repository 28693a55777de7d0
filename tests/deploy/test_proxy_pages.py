"""What nginx says by itself while the site cannot answer."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

DEPLOY = Path(settings.BASE_DIR) / "deploy"
SITE = (DEPLOY / "nginx.conf").read_text()
PAGES = re.findall(r"error_page ([\d ]+) /(faults/\w+\.html);", SITE)


def test_everything_that_nginx_answers_itself_has_a_page():
    codes = {code for said, _page in PAGES for code in said.split()}

    assert codes == {"413", "429", "502", "503", "504"}


@pytest.mark.parametrize("page", [page for _codes, page in PAGES])
def test_a_page_is_vietnamese_and_asks_nothing_of_the_site(page):
    text = (DEPLOY / page).read_text()

    assert '<html lang="vi">' in text
    assert set(re.findall(r'(?:href|src)="([^"]+)"', text)) == {"/faults/page.css", "/"}
    assert (DEPLOY / "faults/page.css").exists()


def test_log_ins_are_counted_where_they_are_sent():
    place = SITE.partition(f"location = {reverse('core:login')} {{")[2].partition("}")[0]

    assert "limit_req zone=signing_in" in place


def test_the_page_of_a_file_too_large_names_the_limit():
    most = re.search(r"client_max_body_size (\d+)m;", SITE)[1]

    assert f"không quá {most} MB" in (DEPLOY / "faults/too_large.html").read_text()
