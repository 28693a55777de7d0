"""Two who number certificates at one moment never give one number twice."""

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError

from households.campaign.recognition.services.recognising import recognise_results
from households.certificates.services import CertificateBatch, issue_certificates
from households.models import Certificate
from tests.concurrency.crowd import together
from tests.households.campaigns import DECIDED_ON, POOR, submitted_campaign

pytestmark = pytest.mark.django_db(transaction=True)

HOUSEHOLDS = 6


def test_certificates_are_numbered_once_whoever_is_first(ward, village, coordinator, leader):
    sent = submitted_campaign(ward, village, by=coordinator, said=(POOR,) * HOUSEHOLDS)
    recognise_results(
        campaign=sent, number="300", decided_on=DECIDED_ON, version=sent.version, by=leader
    )
    batch = CertificateBatch(sent, None, DECIDED_ON)

    def number():
        try:
            return issue_certificates(batch=batch, by=coordinator)
        except (ValidationError, OperationalError) as refused:
            return refused

    outcomes = together([number] * 4)

    assert sum(isinstance(each, Certificate) for each in outcomes) == 1
    numbers = Certificate.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, HOUSEHOLDS + 1))
